import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { settableClock, type SettableClock } from '#test/support/fake-ports.ts'
import { addCase, openTestCentre, openTwoCentres, testLogin, testPassword } from '#test/support/open-test-centre.ts'
import { expectTidy, startAgain, wholeDump } from './after-death.ts'
import { copyOf } from './victims.ts'

/** A clock on which every piece of work takes long, so that a job lets other messages in as often as it can; calls back `at` each time. */
function slowClock(at: (breath: number) => void): SettableClock {
  const plain = settableClock()
  let steady = 0
  let breath = 0
  return {
    ...plain,
    steady: () => (steady += 1000),
    after(milliseconds, callback) {
      breath += 1
      at(breath)
      return plain.after(milliseconds, callback)
    },
  }
}

describe('locked in the midst of an import', () => {
  it('S46 the import finishes or leaves no trace, at whatever moment the desk locks', async () => {
    const { mora, buea } = await openTwoCentres()
    await addCase(mora)
    const file = path.join(mora.folder, 'PSRL-aaaaaaaa.age')
    await mora.get('sync.export', { device: (await buea.get('sync.ownCard', {})).device, file: mora.token(file), job: 'e' })
    await buea.centre.close()
    const before = await wholeDump(buea.folder)
    const outcomes: string[] = []
    for (let lockAt = 1; !outcomes.includes('finished'); lockAt += 1) {
      const folder = copyOf(buea)
      let locked: Promise<void> | undefined
      const clock = slowClock((breath) => {
        if (breath === lockAt) locked = desk.centre.lock()
      })
      const desk = await openTestCentre({ folder, clock, seed: 77, setup: 'none' })
      await desk.get('security.unlock', { login: testLogin, password: testPassword })
      const preview = await desk.ask('sync.preview', { file: desk.token(file), job: 'p' })
      const result = preview.ok ? await desk.ask('sync.import', { previewId: preview.value.previewId, job: 'i' }) : preview
      await locked
      const isOpen = (await desk.get('security.status', {})).phase === 'unlocked'
      await desk.centre.close()
      const changed = (await wholeDump(folder)) !== before
      // said to be done, and done; or refused, and nothing done
      expect([changed, isOpen]).toEqual([result.ok, locked === undefined])
      if (!result.ok) expect(['cancelled', 'locked']).toContain(result.error.code)
      outcomes.push(isOpen ? 'finished' : result.ok ? 'locked after' : preview.ok ? 'locked in import' : 'locked in preview')
      await (await startAgain(folder)).centre.close()
      expectTidy(folder)
    }
    expect(new Set(outcomes)).toEqual(new Set(['locked in preview', 'locked in import', 'finished']))
  }, 180_000)
})
