import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { openSealed, sealFor } from '#main/centre/crypto/age-file.ts'
import { readIdentity } from '#main/centre/crypto/device-identity.ts'
import { bytesOf } from '#test/formats/outside-centre.ts'
import { auditEvents } from '#test/support/audit-events.ts'
import { openDatabaseCopy, openRealDatabase } from '#test/support/database-dump.ts'
import { deviceOf, pass } from '#test/support/exchange.ts'
import { inPieces } from '#test/support/in-pieces.ts'
import {
  addCase,
  openTestCentre,
  openTwoCentres,
  testLogin,
  testPassword,
  type TestCentre,
} from '#test/support/open-test-centre.ts'
import { rewriteAudit } from '#test/support/rewrite-audit.ts'
import { diskOf, setBack } from '#test/support/set-back.ts'

const note = 'le bailleur attend'
let files = 0
async function takeOut(desk: TestCentre, site = 'BUE'): Promise<string> {
  files += 1
  const file = path.join(desk.folder, `PSRL-${files}.psrlreg`)
  await desk.get('audit.takeOut', { site, file: desk.token(file), job: 'out' })
  return file
}
const check = (at: TestCentre, file: string) => at.get('audit.check', { file: at.token(file), job: 'check' })
const refusal = (at: TestCentre, file: string) => at.refusal('audit.check', { file: at.token(file), job: 'check' })

/** The secret keys of a desk, to look into what was sealed for it. */
async function keysOf(desk: TestCentre) {
  const db = await openDatabaseCopy(desk)
  const kept = db.prepare<[], { value: string }>("SELECT value FROM setting WHERE key = 'device.keys'").get()!.value
  db.close()
  return readIdentity(kept)
}
async function plainOf(desk: TestCentre, file: string): Promise<string> {
  const bytes = readFileSync(file)
  const opened = await openSealed((await keysOf(desk)).ageIdentities, bytes.length, inPieces(bytes))
  return Buffer.from(await bytesOf(opened.plaintext)).toString('utf8')
}

/** Mora, whose second file Buéa has taken in; the register holds a note that somebody wrote. */
async function heard() {
  const { mora, buea } = await openTwoCentres()
  const caseId = await addCase(mora)
  await pass(mora, buea)
  await mora.get('screen.reveal', { caseId, reason: 'other', note })
  await pass(mora, buea)
  await addCase(mora)
  return { mora, buea }
}

describe('a register checked on another computer', () => {
  it('H33 is the one whose head reached it, with the day and the number of the file; both registers keep that it was checked', async () => {
    const { mora, buea } = await heard()
    const file = await takeOut(mora)
    const device = await deviceOf(mora)
    expect(await check(buea, file)).toMatchObject({ verdict: 'goes-on', device, siteName: 'Mora', head: { counter: 2 } })
    expect(await check(mora, file)).toMatchObject({ verdict: 'own', head: null })
    expect((await auditEvents(mora)).findLast((e) => e.action === 'audit.takeOut')?.object).toBe(await deviceOf(buea))
    expect((await auditEvents(buea)).findLast((e) => e.action === 'audit.check')).toMatchObject({
      object: device,
      details: { verdict: 'goes-on' },
    })
  })

  it('H7 H33 the file holds no word that somebody wrote, no name, and opens for nobody else', async () => {
    const { mora, buea } = await heard()
    const file = await takeOut(mora)
    expect(path.basename(file)).toMatch(/^PSRL-/)
    const text = await plainOf(buea, file)
    expect(text).toMatch(/^\{"psrl":"register"/)
    expect(text).toMatch(/\n~[0-9a-f]{64}\n/)
    expect(text).not.toMatch(/bailleur|Ŋgono|Aïssatou|Aminatou|600000042/i)
    expect((await auditEvents(mora)).some((e) => e.details?.['note'] === note)).toBe(true)
    const other = await openTestCentre({ site: 'YDE', seed: 99 })
    expect(await refusal(other, file)).toBe('sync-not-for-you')
  })

  it('H33 a past event that was written anew, and a register that was put back, are another register', async () => {
    const { mora, buea } = await heard()
    const { desk, disk } = await diskOf(mora)
    await desk.get('security.lock', {})
    const { db, close } = await openRealDatabase(desk)
    rewriteAudit(db, 8, (line) => line.replace(/"app":"[^"]*"/, '"app":"another"'))
    close()
    await desk.get('security.unlock', { login: testLogin, password: testPassword })
    expect((await desk.get('audit.verify', {})).brokenAt).toBeNull()
    expect(await check(buea, await takeOut(desk))).toMatchObject({ verdict: 'differs', head: { counter: 1 } })
    const back = await setBack(desk, disk)
    for (let i = 0; i < 3; i += 1) await addCase(back)
    await pass(back, buea)
    const later = await setBack(back, disk)
    expect(await check(buea, await takeOut(later))).toMatchObject({ verdict: 'ends-before', head: { counter: 3 } })
    for (let i = 0; i < 9; i += 1) await addCase(later)
    const file = await takeOut(later)
    expect(await check(buea, file)).toMatchObject({ verdict: 'differs', head: { counter: 3 } })
    expect(await check(later, file)).toMatchObject({ verdict: 'own' })
  })

  it('H33 of a computer that was never heard of nothing is claimed, and what is no register or not whole is refused', async () => {
    const { mora, buea } = await openTwoCentres()
    const file = await takeOut(mora)
    expect(await check(buea, file)).toMatchObject({ verdict: 'never-heard', siteName: 'Mora', head: null })
    const { ageRecipient } = await keysOf(buea)
    const changed = async (change: (text: string) => string) => {
      files += 1
      const name = path.join(buea.folder, `changed-${files}.psrlreg`)
      const text = Buffer.from(change(await plainOf(buea, file)))
      writeFileSync(name, await bytesOf(await sealFor([ageRecipient], inPieces(text))))
      return refusal(buea, name)
    }
    expect(await changed((t) => t)).toBe('accepted')
    expect(await changed((t) => t.replace('"action":"setup"', '"action":"Setup"'))).toBe('register-not-whole')
    expect(await changed((t) => t.split('\n').toSpliced(2, 1).join('\n'))).toBe('register-not-whole')
    expect(await changed((t) => t.trimEnd())).toBe('register-not-whole')
    expect(await changed((t) => `${t.trimEnd()}\n{}\n`)).toBe('register-not-whole')
    expect(await changed((t) => t.replace(/\n.*\n/, '\n~00\n'))).toBe('register-not-whole')
    expect(await changed((t) => t.replace('"v":1', '"v":2'))).toBe('register-not-a-register')
    expect(await changed(() => '')).toBe('register-not-a-register')
    const plain = path.join(buea.folder, 'plain.psrlreg')
    writeFileSync(plain, 'Bonjour')
    expect(await refusal(buea, plain)).toBe('register-not-a-register')
    expect(await mora.refusal('audit.takeOut', { site: 'YDE', file: mora.token(plain), job: 'out' })).toBe('not-found')
  })
})
