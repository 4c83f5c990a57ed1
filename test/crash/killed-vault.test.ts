import { describe, expect, it } from 'vitest'
import { addEnvelope, focalLogin, openEnvelopes, openFocalDesk } from '#test/support/focal-point.ts'
import { openTestCentre } from '#test/support/open-test-centre.ts'
import { userPassword } from '#test/support/test-users.ts'
import { closed, expectTidy } from './after-death.ts'
import { buildVictims, killAtEveryOperation, type VictimJob } from './victims.ts'

buildVictims()

describe('killed at every operation', { timeout: 400_000 }, () => {
  it('I2 an envelope is erased or it is there, never half; once answered, it is gone, and the vault opens', async () => {
    const { desk, caseId } = await openFocalDesk()
    await openEnvelopes(desk)
    const { id } = await addEnvelope(desk, caseId)
    await addEnvelope(desk, caseId)
    const dead = await closed(desk)
    const calls: VictimJob['calls'] = [
      ['security.unlock', { login: focalLogin, password: userPassword }],
      ['envelope.open', { password: userPassword }],
      ['envelope.erase', { id }],
    ]
    const seen = new Set<number>()
    await killAtEveryOperation(
      dead,
      () => ({ calls, armAt: 2 }),
      async (folder, { answered }) => {
        const again = await openTestCentre({ folder, seed: 5000, setup: 'none' })
        await again.get('security.unlock', { login: focalLogin, password: userPassword })
        await openEnvelopes(again)
        const { rows } = await again.get('envelope.list', { text: '' })
        expect(answered.length === 3 ? [1] : [1, 2]).toContain(rows.length)
        seen.add(rows.length)
        expect((await again.get('envelope.audit', {})).whole).toBe(true)
        await again.centre.close()
        expectTidy(folder)
      },
    )
    expect([...seen].toSorted()).toEqual([1, 2])
  })
})
