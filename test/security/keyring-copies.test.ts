import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { keyringIn, keyringText, makeSlot, sealKeyring, type Keyring } from '#main/centre/crypto/keyring.ts'
import type { Files } from '#main/centre/ports.ts'
import { writeKeyring } from '#main/centre/features/security/keyring-file.ts'
import { Refusal } from '#shared/result.ts'
import { cheapSecrets, seededRandom } from '#test/support/fake-ports.ts'
import {
  acceptUndertaking,
  addCase,
  openTestCentre,
  testLogin,
  testPassword,
  type TestCentre,
} from '#test/support/open-test-centre.ts'

const first = 'keyring.json'
const second = 'keyring.copy.json'
const newPassword = 'les-pluies-de-juin'
const inData = (desk: TestCentre, name: string) => path.join(desk.folder, 'data', name)
const textOf = (desk: TestCentre, name: string) => readFileSync(inData(desk, name), 'utf8')
const unlockedWith = (desk: TestCentre, password = testPassword) =>
  desk.refusal('security.unlock', { login: testLogin, password })

/** A desk with one case that is closed now; `code` opens it without its password. */
async function closedDesk(): Promise<{ desk: TestCentre; code: string }> {
  const desk = await openTestCentre({ setup: 'none' })
  const { recoveryCode } = await desk.get('security.beginSetup', {
    language: 'fr',
    siteCode: 'MOR',
    userName: 'Aminatou B.',
    login: testLogin,
    password: testPassword,
    deskPhone: '',
    roles: ['SUP', 'CW'],
  })
  await desk.get('security.confirmRecoveryCode', { code: recoveryCode })
  await acceptUndertaking(desk)
  await addCase(desk)
  await desk.centre.close()
  return { desk, code: recoveryCode }
}

/** Every text that differs from a keyring's by one changed character, at some places of the whole. */
function oneCharacterAway(text: string): readonly string[] {
  return Array.from({ length: 40 }, (_, i) => {
    const at = Math.floor(((i + 0.5) / 40) * text.length)
    return `${text.slice(0, at)}${text[at] === '7' ? '8' : '7'}${text.slice(at + 1)}`
  })
}

describe('the two copies of the keyring', () => {
  it('no changed character and no cut passes for a whole keyring, so that none is told as a wrong password', async () => {
    const { desk } = await closedDesk()
    const text = textOf(desk, first)
    expect(keyringIn(text)?.n).toBe(1)
    for (const damaged of oneCharacterAway(text)) {
      let ring: Keyring | undefined
      try {
        ring = keyringIn(damaged)
      } catch (error) {
        // the changed character was the version itself
        expect(error).toMatchObject({ code: 'database-newer' })
      }
      expect(ring).toBeUndefined()
    }
    for (let cut = 0; cut < text.length - 1; cut += 7) expect(keyringIn(text.slice(0, cut))).toBeUndefined()
  })

  it.each([
    ['damaged', first],
    ['damaged', second],
    ['cut', first],
    ['cut', second],
    ['empty', first],
    ['missing', second],
  ] as const)('opens with the other when one is %s (%s), and makes it good again', async (how, name) => {
    const { desk } = await closedDesk()
    const whole = textOf(desk, first)
    const hex = whole.indexOf('"ct"') + 10
    const broken = {
      damaged: `${whole.slice(0, hex)}${whole[hex] === '0' ? '1' : '0'}${whole.slice(hex + 1)}`,
      cut: whole.slice(0, whole.length / 2),
      empty: '',
      missing: '',
    }[how]
    if (how === 'missing') rmSync(inData(desk, name))
    else writeFileSync(inData(desk, name), broken)
    const again = await desk.restart()
    expect(await again.get('security.status', {})).toMatchObject({ phase: 'locked' })
    expect(await unlockedWith(again)).toBe('accepted')
    expect([textOf(desk, first), textOf(desk, second)]).toEqual([whole, whole])
  })

  it('says keyring-damaged, never wrong-password, when both are damaged; the keys of a backup open again', async () => {
    const { desk } = await closedDesk()
    const whole = textOf(desk, first)
    for (const name of [first, second]) writeFileSync(inData(desk, name), whole.replace(/"salt": "./, '"salt": "g'))
    const broken = await desk.restart()
    expect(await broken.get('security.status', {})).toMatchObject({ phase: 'blocked', problem: 'keyring-damaged' })
    expect(await unlockedWith(broken)).toBe('keyring-damaged')
    writeFileSync(inData(desk, first), whole)
    // the page asks again; nothing has to be started anew
    expect(await broken.get('security.status', {})).toMatchObject({ phase: 'locked' })
    expect(await unlockedWith(broken)).toBe('accepted')
  })

  it('goes by the newer one when the plug was pulled between the two writes, wherever the older lies', async () => {
    const { desk, code } = await closedDesk()
    const older = textOf(desk, first)
    const changed = await desk.restart()
    await changed.get('security.recover', { code, login: testLogin, newPassword })
    await changed.centre.close()
    const newer = textOf(desk, first)
    expect(newer).not.toBe(older)
    for (const old of [first, second]) {
      writeFileSync(inData(desk, old), older)
      const again = await desk.restart()
      expect(await unlockedWith(again)).toBe('wrong-password')
      expect(await unlockedWith(again, newPassword)).toBe('accepted')
      await again.centre.close()
      expect([textOf(desk, first), textOf(desk, second)]).toEqual([newer, newer])
    }
  })

  it('passes over a copy that belongs to another desk, and says so when both do', async () => {
    const { desk } = await closedDesk()
    const other = await openTestCentre({ seed: 5 })
    await other.centre.close()
    const own = textOf(desk, first)
    const foreign = textOf(other, first)
    writeFileSync(inData(desk, first), foreign)
    const again = await desk.restart()
    expect(await unlockedWith(again)).toBe('accepted')
    await again.centre.close()
    expect(textOf(desk, first)).toBe(own)
    for (const name of [first, second]) writeFileSync(inData(desk, name), foreign)
    const mixed = await desk.restart()
    expect(await mixed.get('security.status', {})).toMatchObject({ phase: 'blocked', problem: 'keyring-mismatch' })
    expect(await unlockedWith(mixed)).toBe('keyring-mismatch')
  })

  it('opens with the other copy when the list of slots was changed without the key', async () => {
    const { desk } = await closedDesk()
    const ring = keyringIn(textOf(desk, second))!
    const forged = { ...sealKeyring(ring.db, ring.slots.slice(0, 1), seededRandom(9).bytes(32), ring.n + 5) }
    writeFileSync(inData(desk, first), keyringText(forged))
    const again = await desk.restart()
    expect(await unlockedWith(again)).toBe('accepted')
    expect(textOf(desk, first)).toBe(textOf(desk, second))
  })

  it('names a keyring of a later version as that', async () => {
    const { desk } = await closedDesk()
    for (const name of [first, second]) writeFileSync(inData(desk, name), textOf(desk, name).replace('"v": 1', '"v": 2'))
    const older = await desk.restart()
    expect(await older.get('security.status', {})).toMatchObject({ phase: 'blocked', problem: 'database-newer' })
  })

  it('H31 refuses a cost that would hang the PC before trying it', async () => {
    const key = seededRandom(3).bytes(32)
    const db = '0'.repeat(32)
    const random = seededRandom(4)
    const opener = { kind: 'user', login: testLogin, password: testPassword } as const
    const costly = async (memoryKiB: number, passes: number) => {
      const secrets = { ...cheapSecrets, passwordKey: async () => seededRandom(1).bytes(32) }
      const slot = await makeSlot({ secrets, random }, { db, key, opener, cost: { memoryKiB, passes }, now: 1 })
      return keyringIn(new TextDecoder().decode(keyringText(sealKeyring(db, [slot], key)))) !== undefined
    }
    expect(await costly(65_536, 24)).toBe(true)
    expect(await costly(262_144, 7)).toBe(true)
    expect(await costly(262_144, 8)).toBe(false)
    expect(await costly(262_145, 1)).toBe(false)
    expect(await costly(65_536, 25)).toBe(false)
    expect(await costly(4_194_304, 64)).toBe(false)
  })

  it('is written first copy first, and stands once that one does', async () => {
    const { desk } = await closedDesk()
    const ring = keyringIn(textOf(desk, first))!
    const written: string[] = []
    const filesThatFail = (at: number): Files => ({
      ...desk.files,
      replace(name, bytes) {
        written.push(name)
        if (written.length === at) throw new Refusal('disk-full')
        desk.files.replace(name, bytes)
      },
    })
    const renewed = { ...ring, n: ring.n + 1 }
    expect(() => writeKeyring(filesThatFail(1), renewed)).toThrow('disk-full')
    expect(keyringIn(textOf(desk, first))?.n).toBe(ring.n)
    written.length = 0
    writeKeyring(filesThatFail(2), renewed)
    expect(written).toEqual([first, second])
    expect([keyringIn(textOf(desk, first))?.n, keyringIn(textOf(desk, second))?.n]).toEqual([ring.n + 1, ring.n])
  })
})
