import { readFileSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { openTestCentre, testLogin, testPassword, type TestCentre } from '#test/support/open-test-centre.ts'
import { addUser, signInAs } from '#test/support/test-users.ts'

const vaultOf = (desk: Pick<TestCentre, 'folder'>) => path.join(desk.folder, 'data/vault.db')

/** Chi-square of the frequencies of bytes, 255 degrees of freedom: 160 to 380 for random bytes but once in a million. */
function chiSquare(bytes: Uint8Array): number {
  const counts = new Float64Array(256)
  for (const b of bytes) counts[b]! += 1
  const expected = bytes.length / 256
  return counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)
}

/** How many bytes two files have in common at the same place; one in 256 for unrelated ones. */
function commonBytes(a: Uint8Array, b: Uint8Array): number {
  let same = 0
  for (let i = 0; i < a.length; i += 1) if (a[i] === b[i]) same += 1
  return same
}

describe('the vault of a desk', () => {
  it('H12 is there from the first sign-in, and after each lock no byte is what it was but by chance', async () => {
    const desk = await openTestCentre({ roles: ['SUP', 'CW'] })
    const seen: Uint8Array[] = [readFileSync(vaultOf(desk))]
    for (let day = 0; day < 2; day += 1) {
      await desk.get('security.lock', {})
      seen.push(readFileSync(vaultOf(desk)))
      await desk.get('security.unlock', { login: testLogin, password: testPassword })
    }
    for (const [i, file] of seen.entries()) {
      expect(file).toHaveLength(1_048_576)
      expect(chiSquare(file)).toBeGreaterThan(160)
      expect(chiSquare(file)).toBeLessThan(380)
      if (i > 0) expect(commonBytes(seen[i - 1]!, file)).toBeLessThan(5000)
    }
  })

  it('H12 the slot of a focal point is as long as everybody’s, and every user has a public value in the database', async () => {
    const desk = await openTestCentre({ roles: ['SUP', 'CW'] })
    await addUser(desk, 'ngono', ['GBV', 'CW'])
    await addUser(desk, 'bello', ['REG'])
    const ring = JSON.parse(readFileSync(path.join(desk.folder, 'data/keyring.json'), 'utf8')) as {
      readonly slots: readonly { readonly ct: string }[]
    }
    expect(new Set(ring.slots.map((s) => s.ct.length))).toEqual(new Set([160]))
    expect(ring.slots).toHaveLength(4)
  })

  it('a file that is gone is made again while nobody could have used it, and never once somebody could', async () => {
    const desk = await openTestCentre({ roles: ['SUP', 'CW'] })
    await addUser(desk, 'bello', ['REG'])
    await desk.get('security.lock', {})
    rmSync(vaultOf(desk))
    await signInAs(desk, 'bello')
    expect(statSync(vaultOf(desk)).size).toBe(1_048_576)
    await desk.get('security.unlock', { login: testLogin, password: testPassword })
    await addUser(desk, 'ngono', ['GBV', 'CW'])
    await desk.get('security.lock', {})
    rmSync(vaultOf(desk))
    await signInAs(desk, 'bello')
    expect(() => statSync(vaultOf(desk))).toThrow('ENOENT')
  })
})
