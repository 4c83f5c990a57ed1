import { describe, expect, it } from 'vitest'
import type { PasswordCost } from '#main/centre/ports.ts'
import { openTestCentre, testLogin, type TestCentre } from '#test/support/open-test-centre.ts'
import { addUser } from '#test/support/test-users.ts'

const tries = 41
/** How far the quickest of two may be apart: one derivation more or less would be a multiple. */
const tolerance = 0.25
const nobody = 'fatimatou'
const counsellor = 'hadja'

interface Work {
  readonly code: string
  readonly derivations: readonly PasswordCost[]
  /** Milliseconds by the clock: of many tries the quickest is one that nobody else on the machine held up (processor time is counted in ticks as long). */
  readonly ms: number
}

/** A desk that counts what it derives; somebody waits for a starting code. */
async function countingDesk(): Promise<{ desk: TestCentre; work: (attempt: () => Promise<string>) => Promise<Work> }> {
  const desk = await openTestCentre()
  await addUser(desk, counsellor, ['CW'])
  await desk.get('users.create', { name: 'Bouba', login: 'bouba', roles: ['CW'], password: 'le-mil-pousse-vite' })
  await desk.get('security.lock', {})
  const derived: PasswordCost[] = []
  const { secrets } = desk.ports
  Object.assign(desk.ports, {
    secrets: {
      ...secrets,
      passwordKey: (password: string, salt: Uint8Array, cost: PasswordCost) => {
        derived.push(cost)
        return secrets.passwordKey(password, salt, cost)
      },
    },
  })
  return {
    desk,
    async work(attempt) {
      // nobody has to wait: only the work is looked at
      desk.ports.clock.advance(4_000_000)
      derived.length = 0
      const before = performance.now()
      const code = await attempt()
      return { code, derivations: [...derived], ms: performance.now() - before }
    },
  }
}

describe('who has an account', () => {
  for (const [way, known, attempt] of [
    [
      'a password',
      [testLogin, counsellor],
      (desk: TestCentre, login: string) => desk.refusal('security.unlock', { login, password: 'pas-le-bon-mot' }),
    ],
    [
      'a starting code',
      ['bouba', counsellor],
      (desk: TestCentre, login: string) =>
        desk.refusal('security.start', { login, code: 'ABCDE-FGHJK', newPassword: 'le-sorgho-est-mur' }),
    ],
  ] as const) {
    it(`S47 H30 is not told by trying ${way}: the same answer after the same work, known or unknown, first or last in the list`, async () => {
      const { desk, work } = await countingDesk()
      const logins = [...known, nobody]
      const done = new Map<string, Work[]>(logins.map((login) => [login, []]))
      // one after the other, so that a slower hour of the machine is everybody's
      for (let i = 0; i < tries; i += 1) for (const login of logins) done.get(login)!.push(await work(() => attempt(desk, login)))
      const all = [...done.values()].flat()
      expect(new Set(all.map((w) => w.code)).size).toBe(1)
      expect(new Set(all.map((w) => JSON.stringify(w.derivations)))).toEqual(new Set([JSON.stringify(all[0]!.derivations)]))
      expect(all[0]!.derivations).toHaveLength(1)
      const quickest = logins.map((login) => Math.min(...done.get(login)!.map((w) => w.ms)))
      expect(Math.max(...quickest) / Math.min(...quickest)).toBeLessThan(1 + tolerance)
    })
  }
})
