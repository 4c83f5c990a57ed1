import { existsSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { bytesToHex } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import { readIdentity, type DeviceIdentity } from '#main/centre/crypto/device-identity.ts'
import { openSyncFile } from '#main/centre/crypto/sync-file-reader.ts'
import { openDatabaseCopy } from '#test/support/database-dump.ts'
import { deviceOf } from '#test/support/exchange.ts'
import {
  addCase,
  addDirectory,
  addIssuedReferral,
  openTestCentre,
  openTwoCentres,
  testLogin,
  testPassword,
  type TestCentre,
} from '#test/support/open-test-centre.ts'
import { revealAll } from '#test/support/test-users.ts'

const list = { text: '', after: null, limit: 50 }

/** The keys of a desk's computer. */
async function identityOf(desk: TestCentre): Promise<DeviceIdentity> {
  const db = await openDatabaseCopy(desk)
  try {
    return readIdentity(
      db.prepare<[], { value: string }>("SELECT value FROM setting WHERE key = 'device.keys'").get()?.value ?? '',
    )
  } finally {
    db.close()
  }
}

async function sentFile(): Promise<{ mora: TestCentre; buea: TestCentre; file: string }> {
  const { mora, buea } = await openTwoCentres()
  await addDirectory(mora)
  const agreed = await addCase(mora)
  await addIssuedReferral(mora, agreed)
  const refused = await addCase(mora, { consent: { consent_other_centre: 'no' }, identity: { family_name: 'Zx9RESTEICI' } })
  await addIssuedReferral(mora, refused)
  const file = path.join(mora.folder, 'PSRL-aaaaaaaa.age')
  const receipt = await mora.get('sync.export', { device: await deviceOf(buea), file: mora.token(file), job: 'export' })
  expect(receipt).toMatchObject({
    people: 1,
    referrals: 1,
    counter: 1,
    fileName: 'PSRL-aaaaaaaa.age',
    bytes: statSync(file).size,
  })
  return { mora, buea, file }
}

/** What a desk shows and keeps, for "nothing was changed". */
async function dump(desk: TestCentre): Promise<string> {
  const cases = await desk.get('cases.list', list)
  const referrals = await desk.get('referrals.list', { caseId: null, show: 'all', after: null, limit: 50 })
  const services = await desk.get('directory.search', { text: '', sector: null, pcode: null, after: null, limit: 100 })
  const { centres } = await desk.get('sync.centres', {})
  return JSON.stringify([cases, referrals, services, centres.map((c) => [c.siteCode, c.lastSent, c.lastReceived])])
}

describe('a file between two centres', () => {
  it('brings the agreed person and her referral, and nobody else', async () => {
    const { buea, file } = await sentFile()
    const preview = await buea.get('sync.preview', { file: buea.token(file), job: 'preview' })
    expect(preview).toMatchObject({
      fromSite: 'Mora',
      fileCounter: 1,
      people: 1,
      referrals: 1,
      knownChanges: 0,
      clockOffMinutes: null,
    })
    const receipt = await buea.get('sync.import', { previewId: preview.previewId, job: 'import' })
    expect(receipt).toMatchObject({ newPeople: 1, newReferrals: 1, changedPeople: 0 })
    await revealAll(buea)
    const { rows } = await buea.get('cases.list', list)
    expect(rows.map((r) => [r.name, r.receivedFrom])).toEqual([['Ŋgono Ɓello Aïssatou', 'Mora']])
    const { rows: referrals } = await buea.get('referrals.list', { caseId: null, show: 'all', after: null, limit: 50 })
    expect(referrals.map((r) => [r.status, r.personName, r.receivedFrom])).toEqual([['issued', 'Ŋgono Ɓello Aïssatou', 'Mora']])
    const whole = await buea.get('referrals.get', { referralId: referrals[0]!.id })
    expect(whole.next).toEqual([])
    expect(whole.history.map((h) => h.to)).toEqual(['ready', 'issued'])
    expect(await buea.refusal('cases.saveAnswers', { caseId: rows[0]!.id, answers: { sex: 'M' } })).not.toBe('accepted')
    expect(readdirSync(path.join(buea.folder, 'data/backups')).some((f) => f.endsWith('-import.db'))).toBe(true)
  })

  it('H8 H9 leaves category, place of origin and contact notes at the desk', async () => {
    const { buea, file } = await sentFile()
    const preview = await buea.get('sync.preview', { file: buea.token(file), job: 'p' })
    await buea.get('sync.import', { previewId: preview.previewId, job: 'i' })
    await revealAll(buea)
    const { rows } = await buea.get('cases.list', list)
    const { answers } = await buea.get('cases.get', { caseId: rows[0]!.id })
    expect(answers['family_name']).toBe('Ŋgono Ɓello')
    for (const kept of ['programme_category', 'origin_place', 'safe_contact_notes', 'intake_channel'])
      expect(answers).not.toHaveProperty(kept)
  })

  it('I4 H38 a second import changes nothing and says when it was taken in', async () => {
    const { buea, file } = await sentFile()
    const preview = await buea.get('sync.preview', { file: buea.token(file), job: 'p' })
    await buea.get('sync.import', { previewId: preview.previewId, job: 'i' })
    const before = await dump(buea)
    const again = await buea.ask('sync.preview', { file: buea.token(file), job: 'p' })
    expect(again).toEqual({
      ok: false,
      error: { code: 'sync-already-imported', details: { at: expect.stringMatching(/^2026-11-24T/) as string } },
    })
    expect(await buea.refusal('sync.import', { previewId: preview.previewId, job: 'i' })).toBe('not-found')
    expect(await dump(buea)).toBe(before)
  })

  it('takes a later file that holds the same changes and more', async () => {
    const { mora, buea, file } = await sentFile()
    const first = await buea.get('sync.preview', { file: buea.token(file), job: 'p' })
    await buea.get('sync.import', { previewId: first.previewId, job: 'i' })
    const { rows } = await mora.get('referrals.list', { caseId: null, show: 'all', after: null, limit: 50 })
    const shared = rows.find((r) => r.personName.startsWith('Ŋgono Ɓello'))!
    await mora.get('referrals.step', { referralId: shared.id, to: 'accepted', on: '2026-11-24', toldBy: 'provider', reason: '' })
    const later = path.join(mora.folder, 'later.age')
    await mora.get('sync.export', { device: await deviceOf(buea), file: mora.token(later), job: 'e' })
    const preview = await buea.get('sync.preview', { file: buea.token(later), job: 'p' })
    expect(preview).toMatchObject({ fileCounter: 2, people: 0, referrals: 1 })
    expect(preview.knownChanges).toBeGreaterThan(0)
    const receipt = await buea.get('sync.import', { previewId: preview.previewId, job: 'i' })
    expect(receipt).toMatchObject({ newPeople: 0, newReferrals: 0, changedReferrals: 1 })
    const { rows: there } = await buea.get('referrals.list', { caseId: null, show: 'all', after: null, limit: 50 })
    expect(there.map((r) => r.status)).toEqual(['accepted'])
    expect(await buea.refusal('sync.preview', { file: buea.token(file), job: 'p' })).toBe('sync-already-imported')
  })

  it('I9 refuses a wrong recipient, a cut file, a flipped byte and an unknown sender, each in its own words, and changes nothing', async () => {
    const { mora, buea, file } = await sentFile()
    const bytes = readFileSync(file)
    const write = (name: string, content: Uint8Array): string => {
      const made = path.join(buea.folder, name)
      writeFileSync(made, content)
      return buea.token(made)
    }
    const flipped = Buffer.from(bytes)
    flipped[bytes.length - 100]! ^= 1
    const before = await dump(buea)
    const codes: Record<string, string> = {}
    codes['cut'] = await buea.refusal('sync.preview', {
      file: write('cut.age', bytes.subarray(0, bytes.length - 1000)),
      job: 'p',
    })
    codes['cut in the header'] = await buea.refusal('sync.preview', { file: write('head.age', bytes.subarray(0, 120)), job: 'p' })
    codes['flipped'] = await buea.refusal('sync.preview', { file: write('flip.age', flipped), job: 'p' })
    codes['empty'] = await buea.refusal('sync.preview', { file: write('empty.age', new Uint8Array()), job: 'p' })
    codes['a letter'] = await buea.refusal('sync.preview', {
      file: write('letter.age', Buffer.from('Bonjour, voici la liste.')),
      job: 'p',
    })
    codes['own'] = await mora.refusal('sync.preview', { file: mora.token(file), job: 'p' })
    const third = await openTestCentre({ site: 'BDA', seed: 33, roles: ['SUP', 'COO'] })
    codes['third centre'] = await third.refusal('sync.preview', { file: third.token(file), job: 'p' })
    const stranger = await openTestCentre({ site: 'MRA', seed: 44 })
    await addDirectory(stranger)
    const card = path.join(buea.folder, 'own.psrlcard')
    await buea.get('sync.saveOwnCard', { file: buea.token(card) })
    const read = await stranger.get('sync.readCard', { file: stranger.token(card) })
    await stranger.get('sync.trustCard', { previewId: read.previewId })
    const strange = path.join(stranger.folder, 'x.age')
    await stranger.get('sync.export', { device: await deviceOf(buea), file: stranger.token(strange), job: 'e' })
    codes['unknown sender'] = await buea.refusal('sync.preview', { file: buea.token(strange), job: 'p' })
    expect(codes).toEqual({
      cut: 'sync-incomplete',
      'cut in the header': 'sync-incomplete',
      flipped: 'sync-damaged',
      empty: 'sync-not-a-sync-file',
      'a letter': 'sync-not-a-sync-file',
      own: 'sync-unknown-sender',
      'third centre': 'sync-not-for-you',
      'unknown sender': 'sync-unknown-sender',
    })
    expect(await dump(buea)).toBe(before)
  })

  it('S36 I6 no marker is readable in any file that either desk wrote', async () => {
    const { mora, buea, file } = await sentFile()
    const preview = await buea.get('sync.preview', { file: buea.token(file), job: 'p' })
    await buea.get('sync.import', { previewId: preview.previewId, job: 'i' })
    const written = [mora.folder, buea.folder].flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((e) => e.isFile())
        .map((e) => path.join(e.parentPath, e.name)),
    )
    expect(written.length).toBeGreaterThan(8)
    for (const name of written) {
      const text = readFileSync(name).toString('latin1')
      for (const marker of ['Zx9RESTEICI', 'ssatou', '600000042', 'Aminatou', 'CREATE TABLE']) {
        expect(`${path.basename(name)}: ${text.includes(marker)}`).toBe(`${path.basename(name)}: false`)
      }
    }
  })

  it('H41 holds no user, role, password or key of the desk, as its reader sees it', async () => {
    const { mora, buea, file } = await sentFile()
    const identity = await identityOf(buea)
    const bytes = readFileSync(file)
    const opened = await openSyncFile(identity.ageIdentities, bytes.length, Readable.from([bytes]))
    const lines: string[] = []
    for await (const section of opened.sections()) for await (const batch of section.lines) lines.push(...batch)
    const text = [JSON.stringify(opened.manifest), ...lines].join('\n')
    expect(lines.length).toBeGreaterThan(5)
    const own = await identityOf(mora)
    const ring = readFileSync(path.join(mora.folder, 'data/keyring.json'), 'utf8')
    const salt = /"salt": *"([^"]+)"/.exec(ring)?.[1] ?? ''
    expect(salt.length).toBeGreaterThan(10)
    for (const secret of [
      'Aminatou B.',
      testLogin,
      testPassword,
      'argon2id',
      salt,
      ...own.ageIdentities,
      bytesToHex(own.signSecret),
    ])
      expect([secret, text.includes(secret)]).toEqual([secret, false])
  })

  it('leaves no file and no count behind when the stick cannot be written', async () => {
    const { mora, buea } = await openTwoCentres()
    await addDirectory(mora)
    await addCase(mora)
    const before = await dump(mora)
    const full = path.join(mora.folder, 'no-such-folder', 'x.age')
    expect(await mora.refusal('sync.export', { device: await deviceOf(buea), file: mora.token(full), job: 'e' })).toBe(
      'disk-read-only',
    )
    expect(existsSync(full)).toBe(false)
    expect(await dump(mora)).toBe(before)
  })

  it('leaves no file and no count behind when the disk is full: the real error of a device without space', async () => {
    const { mora, buea } = await openTwoCentres()
    await addDirectory(mora)
    await addCase(mora)
    const before = await dump(mora)
    const target = path.join(mora.folder, 'full.age')
    symlinkSync('/dev/full', `${target}.part`)
    expect(await mora.refusal('sync.export', { device: await deviceOf(buea), file: mora.token(target), job: 'e' })).toBe(
      'disk-full',
    )
    expect(readdirSync(mora.folder).filter((f) => f.startsWith('full'))).toEqual([])
    expect(await dump(mora)).toBe(before)
  })

  it('H37 U25 nothing of exercise mode leaves or enters', async () => {
    const { mora, buea, file } = await sentFile()
    await mora.get('security.enterTraining', {})
    const token = mora.token(path.join(mora.folder, 'exercise.age'))
    const codes = [
      await mora.refusal('sync.export', { device: await deviceOf(buea), file: token, job: 'e' }),
      await mora.refusal('sync.preview', { file: mora.token(file), job: 'p' }),
      await mora.refusal('sync.saveOwnCard', { file: token }),
    ]
    expect(codes).toEqual(['training-no-exchange', 'training-no-exchange', 'training-no-exchange'])
    expect(existsSync(path.join(mora.folder, 'exercise.age'))).toBe(false)
    await mora.get('security.leaveTraining', {})
  })
})

describe('what a file must never do', () => {
  it('H5 a person who withdrew before the file arrived is not in the next file', async () => {
    const { mora, buea } = await sentFile()
    const { rows } = await mora.get('cases.list', { ...list, text: 'ngono' })
    const agreed = rows.find((r) => r.name.startsWith('Ŋgono Ɓello'))!
    await mora.get('cases.saveAnswers', { caseId: agreed.id, answers: { consent_other_centre: 'no' } })
    expect(await mora.get('sync.exportPreview', { device: await deviceOf(buea) })).toMatchObject({ people: 0, withheld: 2 })
    const file = path.join(mora.folder, 'b.age')
    await mora.get('sync.export', { device: await deviceOf(buea), file: mora.token(file), job: 'e' })
    const preview = await buea.get('sync.preview', { file: buea.token(file), job: 'p' })
    await buea.get('sync.import', { previewId: preview.previewId, job: 'i' })
    expect((await buea.get('cases.list', list)).rows).toEqual([])
    expect((await buea.get('referrals.list', { caseId: null, show: 'all', after: null, limit: 50 })).rows).toEqual([])
  })

  it('H5 a desk that has the copy learns that it is closed, and a new agreement makes a new copy', async () => {
    const { mora, buea, file } = await sentFile()
    const take = async (name: string) => {
      const preview = await buea.get('sync.preview', { file: buea.token(name), job: 'p' })
      return buea.get('sync.import', { previewId: preview.previewId, job: 'i' })
    }
    await take(file)
    const { rows } = await mora.get('cases.list', { ...list, text: 'ngono' })
    for (const [agrees, name] of [
      ['no', 'b.age'],
      ['yes', 'c.age'],
    ] as const) {
      await mora.get('cases.saveAnswers', { caseId: rows[0]!.id, answers: { consent_other_centre: agrees } })
      const next = path.join(mora.folder, name)
      await mora.get('sync.export', { device: await deviceOf(buea), file: mora.token(next), job: 'e' })
      await take(next)
    }
    await revealAll(buea)
    const there = await buea.get('cases.list', list)
    expect(there.rows.map((r) => [r.status, r.name]).toSorted()).toEqual([
      ['active', 'Ŋgono Ɓello Aïssatou'],
      ['closed', 'Ŋgono Ɓello Aïssatou'],
    ])
  })
})
