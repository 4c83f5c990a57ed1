import { describe, expect, it } from 'vitest'
import type { DraftChanges } from '#shared/cases/draft.ts'
import type { Answers } from '#shared/forms/form-definition.ts'
import { formKeeper, type KeeperParts } from './form-keeper.ts'

/** A keeper over a hand-wound clock and a centre that answers as told. */
function stage(options: { readonly refuses?: string; readonly drafted?: readonly string[]; readonly whole?: boolean } = {}) {
  let nowMs = 0
  let timers: { readonly at: number; readonly action: () => void }[] = []
  let broken = false
  const log: (readonly [call: string, batch: Answers | DraftChanges, focused: string | undefined])[] = []
  const parts: KeeperParts = {
    saveAnswers: options.whole
      ? undefined
      : async (answers, focused) => {
          if (broken) throw new Error('disk')
          if (options.refuses !== undefined && options.refuses in answers) throw new RangeError(options.refuses)
          log.push(['save', answers, focused])
        },
    keepDraft: async (texts, focused) => {
      if (broken) throw new Error('disk')
      log.push(['keep', texts, focused])
    },
    dropDraft: async () => void log.push(['drop', {}, undefined]),
    refusedAnswer: (e) => (e instanceof RangeError ? { question: e.message, problem: 'too-long' } : undefined),
    after(delayMs, action) {
      const timer = { at: nowMs + delayMs, action }
      timers.push(timer)
      return () => {
        timers = timers.filter((t) => t !== timer)
      }
    },
    now: () => nowMs,
  }
  const keeper = formKeeper(parts, options.drafted)
  return {
    keeper,
    log,
    state: keeper.state,
    breakDown: (yes: boolean) => {
      broken = yes
    },
    /** Lets time pass, and everything that it sets going. */
    async pass(ms: number) {
      nowMs += ms
      const due = timers.filter((t) => t.at <= nowMs)
      timers = timers.filter((t) => t.at > nowMs)
      for (const t of due) t.action()
      for (let i = 0; i < 20; i += 1) await Promise.resolve()
    },
  }
}

describe('form keeper', () => {
  it('U2 stores within half a second although typing never pauses', async () => {
    const s = stage()
    for (let i = 1; i <= 10; i += 1) {
      s.keeper.put('family_name', 'x'.repeat(i))
      await s.pass(100)
    }
    expect(s.log.map(([, batch]) => batch)).toEqual([{ family_name: 'xxxx' }, { family_name: 'xxxxxxxx' }])
    await s.pass(400)
    expect(s.log.at(-1)).toEqual(['save', { family_name: 'x'.repeat(10) }, undefined])
    expect(s.state()).toMatchObject({ state: 'saved', savedAt: 1400 })
  })

  it('a refused answer goes into the draft as typed, the others are stored', async () => {
    const s = stage({ refuses: 'family_name' })
    s.keeper.focus('given_names')
    s.keeper.put('family_name', 'y'.repeat(300))
    s.keeper.put('given_names', 'Ali')
    await s.pass(400)
    expect(s.log).toEqual([
      ['save', { given_names: 'Ali' }, 'given_names'],
      ['keep', { family_name: 'y'.repeat(300) }, 'given_names'],
    ])
    expect(s.state().problems).toEqual({ family_name: 'too-long' })
    s.keeper.put('family_name', 'Bello')
    expect(s.state().problems).toEqual({})
  })

  it('text that is no answer is kept, and taken back once it is one', async () => {
    const s = stage()
    s.keeper.keep('birth_date', '31/02/2026')
    await s.pass(400)
    s.keeper.put('birth_date', '2026-02-28')
    await s.pass(400)
    expect(s.log).toEqual([
      ['keep', { birth_date: '31/02/2026' }, undefined],
      ['save', { birth_date: '2026-02-28' }, undefined],
    ])
    await s.keeper.leave()
    expect(s.log.at(-1)?.[0]).toBe('drop')
  })

  it('after a failure everything still waits and is tried again', async () => {
    const s = stage()
    s.breakDown(true)
    s.keeper.put('sex', 'F')
    s.keeper.keep('phone', '6 00')
    await s.pass(400)
    expect(s.state().state).toBe('failed')
    s.keeper.put('family_name', 'Ɓello')
    s.breakDown(false)
    await s.pass(4000)
    expect(s.log).toEqual([
      ['save', { sex: 'F', family_name: 'Ɓello' }, undefined],
      ['keep', { phone: '6 00' }, undefined],
    ])
    expect(s.state()).toMatchObject({ state: 'saved', failure: undefined })
  })

  it('tells the field where the user is without calling it a save', async () => {
    const s = stage()
    s.keeper.focus('sex')
    s.keeper.focus('phone')
    await s.pass(400)
    s.keeper.focus('phone')
    await s.pass(400)
    expect(s.log).toEqual([['keep', {}, 'phone']])
    expect(s.state().state).toBe('idle')
  })

  it('U2 what is typed while the focus alone is being told is stored with it, and called a save', async () => {
    const s = stage()
    s.keeper.focus('family_name')
    const told = s.keeper.flush()
    s.keeper.put('family_name', 'Bello')
    await told
    expect(s.log.map(([call, batch]) => [call, batch])).toEqual([
      ['keep', {}],
      ['save', { family_name: 'Bello' }],
    ])
    expect(s.state()).toMatchObject({ state: 'saved' })
  })

  it('leaving sends what waits; the draft stays only if a text is in it', async () => {
    const left = stage({ drafted: ['birth_date'] })
    left.keeper.put('sex', 'F')
    await left.keeper.leave()
    expect(left.log).toEqual([['save', { sex: 'F' }, undefined]])

    const clean = stage()
    clean.keeper.put('sex', 'F')
    await clean.keeper.leave()
    expect(clean.log.map(([call]) => call)).toEqual(['save', 'drop'])

    const untouched = stage()
    await untouched.keeper.leave()
    expect(untouched.log).toEqual([])

    const locked = stage()
    locked.keeper.put('sex', 'F')
    locked.breakDown(true)
    await locked.keeper.leave()
    expect(locked.log).toEqual([])
  })

  it('once its form was stored nothing is sent any more', async () => {
    const s = stage({ whole: true })
    s.keeper.keep('consent_status', 'given')
    s.keeper.abandon()
    await s.pass(400)
    await s.keeper.leave()
    expect(s.log).toEqual([])
  })

  it('a form that was stored loses its draft and may be filled anew', async () => {
    const s = stage({ whole: true })
    s.keeper.keep('to', 'served')
    await s.pass(400)
    s.keeper.keep('reason', 'x')
    await s.keeper.done()
    await s.pass(400)
    expect(s.log.map(([call]) => call)).toEqual(['keep', 'drop'])
    s.keeper.keep('to', 'confirmed')
    await s.pass(400)
    expect(s.log.at(-1)).toEqual(['keep', { to: 'confirmed' }, undefined])
  })

  it('a form that is stored at its end keeps all of its fields', async () => {
    const s = stage({ whole: true })
    s.keeper.keep('consent_status', 'given')
    s.keeper.keep('consent_method', null)
    s.keeper.focus('consent_status')
    await s.pass(400)
    await s.keeper.leave()
    expect(s.log).toEqual([['keep', { consent_status: 'given' }, 'consent_status']])
  })
})
