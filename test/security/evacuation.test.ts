import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { keyringIn, sealKeyring, type NationalSlot } from '#main/centre/crypto/keyring.ts'
import { ringForRecovery, wayBack } from '#main/centre/features/security/evacuation.ts'
import { auditEvents } from '#test/support/audit-events.ts'
import { addCase, openTestCentre, testLogin, testPassword, type TestCentre } from '#test/support/open-test-centre.ts'

const setup = {
  language: 'fr' as const,
  siteCode: 'MOR',
  userName: 'Aminatou B.',
  login: testLogin,
  password: testPassword,
  deskPhone: '',
  roles: ['SUP', 'CW', 'DIR'] as const,
}

async function deskWithCode(): Promise<{ desk: TestCentre; code: string }> {
  const desk = await openTestCentre({ setup: 'none' })
  const { recoveryCode } = await desk.get('security.beginSetup', { ...setup, roles: [...setup.roles] })
  await desk.get('security.confirmRecoveryCode', { code: recoveryCode })
  await desk.get('security.acceptUndertaking', { name: setup.userName })
  return { desk, code: recoveryCode }
}
const ringOf = (desk: TestCentre) => keyringIn(readFileSync(path.join(desk.folder, 'data/keyring.json'), 'utf8'))!
/** Every byte of the data folder as text. */
const bytesOf = (desk: TestCentre) =>
  readdirSync(path.join(desk.folder, 'data'), { recursive: true, withFileTypes: true })
    .filter((f) => f.isFile())
    .map((f) => readFileSync(path.join(f.parentPath, f.name), 'latin1'))
    .join('\n')

describe('evacuation', () => {
  it('H52 asks for password and name of the place, then no password opens, in the copies neither; the paper brings everything back', async () => {
    const { desk, code } = await deskWithCode()
    const caseId = await addCase(desk)
    // a copy of the database with a keyring of its own
    desk.files.replace('backups/000001-20261124-import.db', new Uint8Array(4096))
    desk.files.replace('backups/000001-20261124-import.keyring.json', desk.files.read('keyring.json'))
    expect(await desk.get('security.evacuationPlan', {})).toEqual({ wayBack: 'paper' })
    const old = ringOf(desk)
    const secret = old.slots.find((s) => s.kind === 'user')!.ct
    expect(bytesOf(desk)).toContain(secret)
    const evacuate = { password: testPassword, siteName: 'Mora' }
    expect(await desk.refusal('security.evacuate', { ...evacuate, siteName: 'Mokolo' })).toBe('bad-input')
    expect(await desk.refusal('security.evacuate', { ...evacuate, password: 'pas-le-bon-mot' })).toBe('wrong-password')
    expect(bytesOf(desk)).toContain(secret)

    expect(await desk.get('security.evacuate', evacuate)).toMatchObject({ phase: 'locked' })
    expect(bytesOf(desk)).not.toContain(secret)
    const again = await desk.restart()
    expect(await again.refusal('security.unlock', { login: testLogin, password: testPassword })).toBe('wrong-password')
    expect(again.files.list('backups').filter((f) => f.endsWith('.keyring.json'))).toEqual([])
    await again.get('security.recover', { code, login: testLogin, newPassword: 'un-autre-mot-de-passe' })
    expect((await again.get('cases.get', { caseId })).row.name).toContain('Ŋgono')
    await again.get('security.lock', {})
    expect(await again.refusal('security.unlock', { login: testLogin, password: 'un-autre-mot-de-passe' })).toBe('accepted')
  })

  it('H52 its work does not grow with the database', async () => {
    const worked = async (cases: number): Promise<string[]> => {
      const { desk } = await deskWithCode()
      for (let i = 0; i < cases; i += 1) await addCase(desk)
      const done: string[] = []
      const files = desk.files as unknown as Record<string, (...args: unknown[]) => unknown>
      for (const name of ['replace', 'destroy', 'remove', 'rename', 'read', 'pieces']) {
        const work = files[name]!
        files[name] = (...args) => {
          done.push(`${name} ${String(args[0])}`)
          return work(...args)
        }
      }
      await desk.get('security.evacuate', { password: testPassword, siteName: 'Mora' })
      return done
    }
    const small = await worked(1)
    expect(small.filter((w) => w.startsWith('destroy'))).toEqual(['destroy keyring.copy.json', 'destroy keyring.json'])
    expect(await worked(40)).toEqual(small)
    expect(small.join()).not.toContain('store.db')
  })

  it('H52 with a national key even the paper opens nothing any more', () => {
    const key = new Uint8Array(32).fill(7)
    const hex = (bytes: number) => '0a'.repeat(bytes)
    const national: NationalSlot = {
      id: hex(8),
      kind: 'national',
      recipient: `age1${'q'.repeat(58)}`,
      wrap: 'age',
      ct: hex(40),
      created: 1,
    }
    const paper = {
      id: hex(8),
      kind: 'recovery' as const,
      who: hex(16),
      kdf: { alg: 'hkdf-sha256' as const, salt: hex(16) },
      wrap: 'xchacha20poly1305' as const,
      nonce: hex(24),
      ct: hex(48),
      created: 1,
    }
    const both = sealKeyring(hex(16), [paper, national], key)
    expect([wayBack(both), ringForRecovery(both, key).slots.map((s) => s.kind)]).toEqual(['national', ['national']])
    const alone = sealKeyring(hex(16), [paper], key)
    expect([wayBack(alone), ringForRecovery(alone, key).slots.map((s) => s.kind)]).toEqual(['paper', ['recovery']])
  })

  it('H52 in exercise mode it is rehearsed: the exercise is gone, the real keys are untouched', async () => {
    const { desk } = await deskWithCode()
    await desk.get('security.enterTraining', {})
    const before = ringOf(desk)
    expect(await desk.get('security.evacuate', { password: 'x', siteName: 'Mora' })).toMatchObject({ phase: 'locked' })
    expect(ringOf(desk)).toEqual(before)
    expect(desk.files.exists('training.db')).toBe(false)
    await desk.get('security.unlock', { login: testLogin, password: testPassword })
    expect((await auditEvents(desk)).filter((e) => e.action === 'evacuate')).toEqual([])
  })
})
