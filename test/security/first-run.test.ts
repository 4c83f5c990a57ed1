import { existsSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { Refusal } from '#shared/result.ts'
import {
  acceptUndertaking,
  addCase,
  openTestCentre,
  testLogin,
  testPassword,
  type TestCentre,
} from '#test/support/open-test-centre.ts'

const signIn = { login: testLogin, password: testPassword }
const setup = {
  language: 'fr' as const,
  siteCode: 'MOR',
  userName: 'Aminatou B.',
  ...signIn,
  deskPhone: '',
  roles: ['SUP' as const, 'CW' as const],
}
const data = (desk: TestCentre, name = '') => path.join(desk.folder, 'data', name)
const names = (desk: TestCentre) => readdirSync(data(desk)).filter((f) => /^(?:setup|store|keyring)/.test(f))

/** A desk whose first run was begun; the next `step` (a file operation) of its end fails as if the plug had been pulled there. */
async function begunDesk() {
  const desk = await openTestCentre({ setup: 'none' })
  const { recoveryCode: code } = await desk.get('security.beginSetup', setup)
  return { desk, code }
}

describe('first run, interrupted', () => {
  it('has the whole database in one file before its end, so that it can be renamed', async () => {
    const { desk } = await begunDesk()
    expect(names(desk)).toEqual(['setup.db'])
  })

  it.each([1, 2, 3])(
    'the plug is pulled before write %i of its end: it starts over or signs in, and never stops between',
    async (step) => {
      const { desk, code } = await begunDesk()
      let done = 0
      const pulled = () => {
        done += 1
        if (done >= step) throw new Refusal('disk-full')
      }
      const { replace, rename } = desk.files
      vi.spyOn(desk.files, 'replace').mockImplementation((...args) => {
        pulled()
        replace(...args)
      })
      vi.spyOn(desk.files, 'rename').mockImplementation((...args) => {
        pulled()
        rename(...args)
      })
      const answer = await desk.refusal('security.confirmRecoveryCode', { code })
      vi.restoreAllMocks()
      expect(answer).toBe('disk-full')
      const again = await desk.restart()
      if (step === 1) {
        expect(await again.get('security.status', {})).toMatchObject({ phase: 'first-run' })
        expect(names(again)).toEqual([])
        const { recoveryCode } = await again.get('security.beginSetup', setup)
        expect(await again.refusal('security.confirmRecoveryCode', { code: recoveryCode })).toBe('accepted')
      } else {
        expect(await again.refusal('security.unlock', signIn)).toBe('accepted')
      }
      await acceptUndertaking(again)
      await addCase(again)
    },
  )

  it('can be ended again in the same process, but not begun again once its keys are written', async () => {
    const { desk, code } = await begunDesk()
    const rename = vi.spyOn(desk.files, 'rename').mockImplementationOnce(() => {
      throw new Refusal('store-read-only')
    })
    expect(await desk.refusal('security.confirmRecoveryCode', { code })).toBe('store-read-only')
    rename.mockRestore()
    const keyring = readFileSync(data(desk, 'keyring.json'), 'utf8')
    expect(await desk.refusal('security.beginSetup', setup)).toBe('already-set-up')
    expect(readFileSync(data(desk, 'keyring.json'), 'utf8')).toBe(keyring)
    expect(await desk.refusal('security.confirmRecoveryCode', { code })).toBe('accepted')
  })
})

describe('a store that is not what it was', () => {
  it.each(['empty', 'cut', 'gone'])('is called damaged when it is %s, and nothing is made in its place', async (how) => {
    const desk = await openTestCentre()
    await addCase(desk)
    await desk.centre.close()
    const store = data(desk, 'store.db')
    if (how === 'gone') rmSync(store)
    else truncateSync(store, how === 'empty' ? 0 : 8192)
    const size = () => (existsSync(store) ? readFileSync(store).length : undefined)
    const before = size()
    const again = await desk.restart()
    expect(await again.refusal('security.unlock', signIn)).toBe('database-damaged')
    await again.centre.close()
    expect(size()).toBe(before)
  })

  it('is called damaged when it is emptied behind the lock screen, not filled as a new desk', async () => {
    const desk = await openTestCentre()
    await desk.get('security.lock', {})
    writeFileSync(data(desk, 'store.db'), '')
    expect(await desk.refusal('security.unlock', signIn)).toBe('database-damaged')
    expect(readFileSync(data(desk, 'store.db')).length).toBe(0)
  })

  it('a page that was spoilt while the desk is open is told as damage, not as an unexpected fault', async () => {
    const desk = await openTestCentre()
    for (let i = 0; i < 12; i += 1) await addCase(desk)
    await desk.get('security.lock', {})
    await desk.get('security.unlock', signIn)
    const store = data(desk, 'store.db')
    const bytes = readFileSync(store)
    writeFileSync(store, Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(bytes.length - 4096, 7)]))
    expect(await desk.refusal('cases.list', { text: '', after: null, limit: 50 })).toBe('database-damaged')
    expect(desk.ports.logged.some((e) => e.event === 'unexpected')).toBe(false)
  })

  it.each(['empty', 'spoilt'])(
    'U25 an exercise database that is %s is made anew, and the real one is not touched',
    async (how) => {
      const desk = await openTestCentre()
      await addCase(desk)
      await desk.get('security.enterTraining', {})
      await desk.get('security.lock', {})
      writeFileSync(data(desk, 'training.db'), how === 'empty' ? '' : Buffer.alloc(9000, 7))
      await desk.get('security.unlock', signIn)
      expect(await desk.get('security.enterTraining', {})).toMatchObject({ mode: 'training' })
      expect((await desk.get('cases.list', { text: '', after: null, limit: 50 })).total).toBeGreaterThan(10)
    },
  )
})
