import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { addressFrom, openPrivate, sealPrivate } from '#main/centre/crypto/private-file.ts'
import { readIdentity } from '#main/centre/crypto/device-identity.ts'
import { openSealed } from '#main/centre/crypto/age-file.ts'
import { openDatabaseCopy } from '#test/support/database-dump.ts'
import { meet } from '#test/support/exchange.ts'
import {
  addAgreement,
  addEnvelope,
  focalLogin,
  openEnvelopes,
  openFocalDesk,
  signInSupervisor,
} from '#test/support/focal-point.ts'
import { ownValueOf } from '#test/support/own-value.ts'
import { testLogin, type TestCentre } from '#test/support/open-test-centre.ts'
import { signInAs, userPassword } from '#test/support/test-users.ts'

/** Focal points of Mora and Buéa, whose computers know each other and who have their notes open. */
async function twoFocalPoints() {
  const { desk: mora, caseId } = await openFocalDesk({ site: 'MOR', seed: 11, machineId: 'pc11' })
  const { desk: buea } = await openFocalDesk({ site: 'BUE', seed: 22, machineId: 'pc22' })
  for (const desk of [mora, buea]) await signInSupervisor(desk)
  await meet(mora, buea)
  for (const desk of [mora, buea]) {
    await signInAs(desk, focalLogin)
    await openEnvelopes(desk)
  }
  return { mora, buea, caseId }
}
/** The address of one focal point, kept by another after both compared the words. */
async function keepAddress(at: TestCentre, of: TestCentre, label = 'Collègue'): Promise<string> {
  const file = path.join(of.folder, 'address.txt')
  await of.get('envelope.saveAddress', { file: of.token(file) })
  const { previewId, words } = await at.get('envelope.readAddress', { file: at.token(file) })
  expect(words).toEqual((await of.get('envelope.address', {})).words)
  await at.get('envelope.keepAddress', { previewId, label })
  return (await at.get('envelope.addresses', {})).rows.at(-1)!.id
}
async function handOver(at: TestCentre, id: string, addressId: string, name = 'talk.age'): Promise<string> {
  const file = path.join(at.folder, name)
  await at.get('envelope.handOver', { id, addressId, personAgrees: 'yes', method: 'verbal', file: at.token(file) })
  return file
}
const read = (at: TestCentre, file: string, password = userPassword) =>
  at.get('envelope.readFile', { file: at.token(file), password })
const refusedRead = (at: TestCentre, file: string, password = userPassword) =>
  at.refusal('envelope.readFile', { file: at.token(file), password })
const pieces = async function* (bytes: Uint8Array) {
  yield bytes
}

describe('a talk from one focal point to another', () => {
  it('H18 arrives whole, with what the person agreed to, under the name of the one who received it', async () => {
    const { mora, buea, caseId } = await twoFocalPoints()
    const made = await addEnvelope(mora, caseId, { servicesWanted: ['health'], within72h: '72' })
    const { envelope } = await addAgreement(mora, made.id)
    const file = await handOver(mora, made.id, await keepAddress(mora, buea))
    expect((await mora.get('envelope.handed', { id: made.id })).rows).toMatchObject([{ label: 'Collègue', method: 'verbal' }])
    const preview = await read(buea, file)
    expect(preview).toMatchObject({ site: 'Mora', code: made.code, consents: 1, isHere: false })
    expect((await buea.get('envelope.list', { text: '' })).rows).toEqual([])
    const taken = await buea.get('envelope.takeFile', { previewId: preview.previewId })
    const { user } = await buea.get('security.status', {})
    expect(taken.envelope).toEqual({ ...envelope, id: taken.envelope.id, focalId: user?.id })
    expect(taken.row).toMatchObject({ caseNumber: '', hoursLeft: 72 })
    // a second time nothing changes
    const again = await read(buea, file)
    expect(again.isHere).toBe(true)
    expect(await buea.refusal('envelope.takeFile', { previewId: again.previewId })).toBe('private-already-here')
    expect((await buea.get('envelope.list', { text: '' })).rows).toHaveLength(1)
    expect((await mora.get('envelope.audit', {})).rows.map((r) => r.action)).toContain('handover')
    expect((await buea.get('envelope.audit', {})).rows[0]?.action).toBe('received')
  })

  it('H18 opens for the receiving focal point alone: no computer, no other focal point, not even the sender', async () => {
    const { mora, buea, caseId } = await twoFocalPoints()
    const made = await addEnvelope(mora, caseId)
    const file = await handOver(mora, made.id, await keepAddress(mora, buea))
    const bytes = readFileSync(file)
    const open = (identity: string) => openPrivate(identity, bytes.length, pieces(bytes))
    expect(await open(addressFrom(await ownValueOf(buea, focalLogin)).identity)).toContain(made.code)
    for (const own of [await ownValueOf(mora, focalLogin), await ownValueOf(buea, testLogin)])
      await expect(open(addressFrom(own).identity)).rejects.toMatchObject({ code: 'private-file-not-for-you' })
    for (const desk of [mora, buea]) {
      const db = await openDatabaseCopy(desk)
      const keys = db.prepare<[], { value: string }>("SELECT value FROM setting WHERE key = 'device.keys'").get()?.value ?? ''
      db.close()
      await expect(openSealed(readIdentity(keys).ageIdentities, bytes.length, pieces(bytes))).rejects.toMatchObject({
        code: 'sync-not-for-you',
      })
    }
    expect(await refusedRead(mora, file)).toBe('private-file-not-for-you')
    expect(bytes.includes(made.code)).toBe(false)
  })

  it('H18 is written only when the person agrees to this very hand-over', async () => {
    const { mora, buea, caseId } = await twoFocalPoints()
    const made = await addEnvelope(mora, caseId)
    const addressId = await keepAddress(mora, buea)
    const file = path.join(mora.folder, 'no.age')
    for (const personAgrees of ['no', '', undefined])
      expect(
        await mora.refusal('envelope.handOver', {
          id: made.id,
          addressId,
          personAgrees,
          method: 'verbal',
          file: mora.token(file),
        } as never),
      ).toBe('bad-input')
    expect(existsSync(file)).toBe(false)
    expect((await mora.get('envelope.handed', { id: made.id })).rows).toEqual([])
  })

  it('H18 the size tells nothing of what lies in it, and the file is in no exchange, audit or log', async () => {
    const { mora, buea, caseId } = await twoFocalPoints()
    const addressId = await keepAddress(mora, buea)
    const empty = await addEnvelope(mora, caseId)
    const full = await addEnvelope(mora, caseId, { servicesWanted: ['health'], providerCaseRef: 'x'.repeat(60) })
    for (let i = 0; i < 3; i += 1) await addAgreement(mora, full.id)
    const sizes = [await handOver(mora, empty.id, addressId, 'a.age'), await handOver(mora, full.id, addressId, 'b.age')].map(
      (f) => statSync(f).size,
    )
    expect(sizes[0]).toBe(sizes[1])
    await signInSupervisor(mora)
    const { entries } = await mora.get('audit.list', {
      caseId: null,
      day: null,
      user: null,
      kind: null,
      before: null,
      limit: 100,
    })
    expect(entries.length).toBeGreaterThan(5)
    expect(JSON.stringify([entries, mora.events])).not.toMatch(/envelope|handover|address|age1/i)
  })

  it('a cut, changed or foreign file is refused with words, and changes nothing', async () => {
    const { mora, buea, caseId } = await twoFocalPoints()
    const made = await addEnvelope(mora, caseId)
    const file = await handOver(mora, made.id, await keepAddress(mora, buea))
    const bytes = readFileSync(file)
    const other = (name: string, content: Uint8Array | string) => {
      writeFileSync(path.join(buea.folder, name), content)
      return path.join(buea.folder, name)
    }
    const flipped = Buffer.from(bytes)
    flipped[40_000]! ^= 1
    for (const wrong of [
      other('cut.age', bytes.subarray(0, 30_000)),
      other('flipped.age', flipped),
      other('words.age', 'Bonjour'),
      other('empty.age', ''),
      other('long.age', new Uint8Array(100_000)),
    ])
      expect(await refusedRead(buea, wrong)).toBe('private-file-damaged')
    expect(await refusedRead(buea, file, 'not-the-password')).toBe('wrong-password')
    for (const wrong of [other('no.txt', 'age1xyz'), other('big.txt', 'a'.repeat(300))])
      expect(await buea.refusal('envelope.readAddress', { file: buea.token(wrong) })).toBe('private-not-an-address')
    expect((await buea.get('envelope.list', { text: '' })).rows).toEqual([])
  })

  it('H18 who received it cannot pass it on as if the person had agreed', async () => {
    const { mora, buea, caseId } = await twoFocalPoints()
    const made = await addEnvelope(mora, caseId)
    const bytes = readFileSync(await handOver(mora, made.id, await keepAddress(mora, buea)))
    const text = await openPrivate(addressFrom(await ownValueOf(buea, focalLogin)).identity, bytes.length, pieces(bytes))
    const again = path.join(mora.folder, 'again.age')
    const sealed: Uint8Array[] = []
    for await (const piece of await sealPrivate(addressFrom(await ownValueOf(mora, focalLogin)).recipient, text))
      sealed.push(piece)
    writeFileSync(again, Buffer.concat(sealed))
    expect(await refusedRead(mora, again)).toBe('private-file-not-for-you')
  })

  it('a file of a computer that nobody knows here is not believed', async () => {
    const { mora, buea } = await twoFocalPoints()
    const { desk: stranger, caseId } = await openFocalDesk({ site: 'MEM', seed: 33, machineId: 'pc33' })
    await openEnvelopes(stranger)
    const made = await addEnvelope(stranger, caseId)
    const file = await handOver(stranger, made.id, await keepAddress(stranger, buea))
    expect(await refusedRead(buea, file)).toBe('sync-unknown-sender')
    await signInAs(mora, focalLogin)
    expect(await mora.refusal('envelope.address', {})).toBe('private-closed')
  })

  it('H21 an erased talk is gone from the list of what was handed over', async () => {
    const { mora, buea, caseId } = await twoFocalPoints()
    const made = await addEnvelope(mora, caseId)
    const addressId = await keepAddress(mora, buea)
    await handOver(mora, made.id, addressId)
    await mora.get('envelope.erase', { id: made.id })
    expect(await mora.refusal('envelope.handed', { id: made.id })).toBe('not-found')
    await mora.get('envelope.dropAddress', { id: addressId })
    expect((await mora.get('envelope.addresses', {})).rows).toEqual([])
  })
})
