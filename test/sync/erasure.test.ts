import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDatabaseCopy, openRealDatabase } from '#test/support/database-dump.ts'
import { meet, pass } from '#test/support/exchange.ts'
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
import { placesOf } from '#test/support/readable-places.ts'
import { revealAll } from '#test/support/test-users.ts'

const day = 86_400_000
const list = { text: '', after: null, limit: 50 } as const
const numberOf = async (desk: TestCentre, caseId: string) => (await desk.get('cases.get', { caseId })).row.number

async function erase(desk: TestCentre, caseId: string) {
  return desk.get('erasure.erase', { caseId, ground: 'consent-withdrawn', caseNumber: await numberOf(desk, caseId) })
}

/** Everybody else of a desk that has worked, so that pages, segments and the log of writes are as in life. */
async function busyDesk(desk: TestCentre): Promise<void> {
  for (let n = 0; n < 30; n += 1) await addCase(desk, { identity: { family_name: `Autre${n}`, given_names: 'Personne' } })
}

const marked = {
  family_name: 'Zqxnomfamille',
  given_names: 'Zqxprenom',
  usual_name: 'Zqxsurnom',
  safe_contact_notes: 'Zqxnote chez la tante',
}
/** As they stand in rows and journal, and folded as the search index has them. */
const markers = [
  'Zqxnomfamille',
  'Zqxprenom',
  'Zqxsurnom',
  'Zqxnote',
  'zqxnomfamille',
  'qxnomfamille',
  'zqxprenom',
  'zqxsurnom',
  'Zqxrendezvous',
  'Zqxbrouillon',
]

describe('erasing everything about a person', () => {
  it('H43 leaves no trace of her in any file of the data folder, but the certificate without a name', async () => {
    const { mora, buea } = await openTwoCentres()
    await addDirectory(mora)
    await busyDesk(mora)
    const caseId = await addCase(mora, { identity: marked })
    const referralId = await addIssuedReferral(mora, caseId)
    await mora.get('referrals.step', {
      referralId,
      to: 'accepted',
      on: '2026-11-24',
      toldBy: 'provider',
      reason: 'Zqxrendezvous',
    })
    await mora.get('cases.keepDraft', { form: 'quick-card', subject: caseId, texts: { phone: 'Zqxbrouillon' } })
    await pass(mora, buea)
    await mora.get('cases.saveAnswers', { caseId, answers: { family_name: 'Zqxnomfamilletwo' } })
    await busyDesk(mora)
    await mora.get('cases.saveAnswers', { caseId, answers: { usual_name: 'Zqxsurnom' } })
    const before = await placesOf(mora, markers)
    expect(before).toContain('store.db: zqxnomfamille')
    expect(before.filter((p) => p.startsWith('store.db-wal'))).not.toEqual([])
    const number = await numberOf(mora, caseId)
    const certificate = await erase(mora, caseId)
    expect(await placesOf(mora, markers)).toEqual([])
    expect(certificate).toMatchObject({
      caseNumber: number,
      ground: 'consent-withdrawn',
      by: { name: 'Aminatou B.', role: 'SUP' },
      backupsUntil: '2027-02-22',
      sites: [
        { name: 'Mora', confirmed: true },
        { name: 'Buéa', confirmed: false },
      ],
    })
    expect(certificate.certificate).toMatch(/^MOR-26-[0-9A-Z]{6}$/)
    expect(await mora.refusal('cases.get', { caseId })).toBe('not-found')
    expect(await mora.refusal('referrals.get', { referralId })).toBe('not-found')
    expect((await mora.get('cases.list', { ...list, text: 'Zqxnomfamille' })).rows).toEqual([])
    expect((await mora.get('audit.verify', {})).brokenAt).toBeNull()
  })

  it('H43 reaches the centres that got a copy, which confirm with their next file', async () => {
    const { mora, buea } = await openTwoCentres()
    await addDirectory(mora)
    const caseId = await addCase(mora, { identity: marked })
    const kept = await addCase(mora, { identity: { family_name: 'Autre' } })
    await addIssuedReferral(mora, caseId)
    await pass(mora, buea)
    expect((await buea.get('cases.list', list)).rows).toHaveLength(2)
    expect(await mora.get('erasure.preview', { caseId })).toMatchObject({ referrals: 1, sites: ['Buéa'] })
    const { certificate } = await erase(mora, caseId)
    const progress = async () => (await mora.get('erasure.list', {})).map((c) => c.sites.filter((s) => s.confirmed).length)
    await pass(mora, buea)
    expect(await placesOf(buea, markers)).toEqual([])
    await revealAll(buea)
    expect((await buea.get('cases.list', list)).rows.map((r) => r.name)).toEqual(['Autre Aïssatou'])
    expect((await buea.get('referrals.list', { caseId: null, show: 'all', after: null, limit: 9 })).rows).toEqual([])
    // told elsewhere by its number and ground alone
    expect(await buea.get('erasure.list', {})).toMatchObject([{ certificate, caseNumber: null, by: null, sites: [] }])
    expect(await progress()).toEqual([1])
    await pass(buea, mora)
    expect(await progress()).toEqual([2])
    // and it stays so: what is written and exchanged later brings nothing back
    await mora.get('cases.saveAnswers', { caseId: kept, answers: { sex: 'M' } })
    await pass(mora, buea)
    expect((await buea.get('cases.list', list)).rows).toHaveLength(1)
  })

  it('H5 H43 erases the closed copies of somebody who had withdrawn before', async () => {
    const { mora, buea } = await openTwoCentres()
    const caseId = await addCase(mora, { identity: marked })
    await pass(mora, buea)
    await mora.get('cases.saveAnswers', { caseId, answers: { consent_other_centre: 'no' } })
    await pass(mora, buea)
    await mora.get('cases.saveAnswers', { caseId, answers: { consent_other_centre: 'yes' } })
    await pass(mora, buea)
    expect((await buea.get('cases.list', list)).rows).toHaveLength(2)
    await erase(mora, caseId)
    await pass(mora, buea)
    expect((await buea.get('cases.list', list)).rows).toEqual([])
    expect(await placesOf(buea, markers)).toEqual([])
    expect(await placesOf(mora, markers)).toEqual([])
  })

  it('I3 what another PC of the centre wrote before it heard of it goes too, and nothing comes back', async () => {
    const first = await openTestCentre({ site: 'MOR', seed: 11 })
    const second = await openTestCentre({ site: 'MOR', seed: 33, machineId: 'second' })
    const buea = await openTestCentre({ site: 'BUE', seed: 22, roles: ['SUP', 'COO'] })
    await meet(first, second, buea)
    await addDirectory(first)
    const caseId = await addCase(first, { identity: marked })
    await pass(first, second)
    await erase(first, caseId)
    // the second PC has not heard of it: it writes on, and hands her over
    await second.get('cases.saveAnswers', { caseId, answers: { usual_name: 'Zqxsurnom' } })
    await addIssuedReferral(second, caseId)
    await pass(second, buea)
    await pass(second, first)
    expect((await first.get('cases.list', list)).rows).toEqual([])
    expect((await first.get('referrals.list', { caseId: null, show: 'all', after: null, limit: 9 })).rows).toEqual([])
    expect(await placesOf(first, markers)).toEqual([])
    await pass(first, second)
    expect(await placesOf(second, markers)).toEqual([])
    expect((await second.get('referrals.list', { caseId: null, show: 'all', after: null, limit: 9 })).rows).toEqual([])
    // and either of them tells the centre that had got the copy
    await pass(second, buea)
    expect((await buea.get('cases.list', list)).rows).toEqual([])
    expect(await placesOf(buea, markers)).toEqual([])
    // all meet again
    for (const [from, to] of [
      [buea, first],
      [first, second],
      [second, first],
      [first, buea],
    ] as const)
      await pass(from, to)
    for (const desk of [first, second, buea]) expect((await desk.get('cases.list', list)).rows).toEqual([])
  })

  it('asks for the right number, a role that decides, and a case of its own', async () => {
    const { mora, buea } = await openTwoCentres()
    const caseId = await addCase(mora)
    await pass(mora, buea)
    const copy = (await buea.get('cases.list', list)).rows[0]!
    const input = { caseId, ground: 'right-to-erasure' as const, caseNumber: 'MOR-26-000009-00' }
    expect(await mora.refusal('erasure.erase', input)).toBe('bad-input')
    expect(await buea.refusal('erasure.erase', { ...input, caseId: copy.id, caseNumber: copy.number })).toBe('read-only-copy')
    expect(await buea.refusal('erasure.preview', { caseId: copy.id })).toBe('read-only-copy')
    expect(await mora.refusal('erasure.erase', { ...input, caseId: 'none' })).toBe('not-found')
    expect(await mora.refusal('erasure.erase', { ...input, ground: 'because' as never })).toBe('bad-input')
    expect((await mora.get('cases.list', list)).rows).toHaveLength(1)
    expect(await mora.get('erasure.list', {})).toEqual([])
  })

  it('what was left of an interrupted one is done at the next sign-in', async () => {
    const desk = await openTestCentre()
    const caseId = await addCase(desk, { identity: marked })
    await busyDesk(desk)
    await erase(desk, caseId)
    await desk.get('security.lock', {})
    const due = async () => {
      const db = await openDatabaseCopy(desk)
      const value = db.prepare("SELECT value FROM setting WHERE key = 'scrub.due'").pluck().get()
      db.close()
      return value
    }
    expect(await due()).toBeUndefined()
    // as after a kill between the transaction and the tidying
    const { db, close } = await openRealDatabase(desk)
    db.prepare("INSERT INTO setting (key, value) VALUES ('scrub.due', '1')").run()
    db.prepare("INSERT INTO case_search (rowid, text) VALUES (999, 'zqxnomfamille')").run()
    db.prepare('DELETE FROM case_search WHERE rowid = 999').run()
    close()
    expect(await placesOf(desk, markers)).not.toEqual([])
    await desk.get('security.unlock', { login: testLogin, password: testPassword })
    expect(await due()).toBeUndefined()
    expect(await placesOf(desk, markers)).toEqual([])
  })

  it('the printed certificate names centre, number and progress, and is asked for by its number', async () => {
    const desk = await openTestCentre()
    const caseId = await addCase(desk, { identity: marked })
    const { certificate } = await erase(desk, caseId)
    const { job } = await desk.get('printing.prepareCertificate', { certificate, language: 'fr' })
    const printed = await desk.get('printing.job', { job })
    expect(printed).toMatchObject({ kind: 'certificate', siteName: 'Mora', certificate: { certificate } })
    expect(JSON.stringify(printed)).not.toMatch(/zqx/i)
    expect(await desk.refusal('printing.prepareCertificate', { certificate: 'MOR-26-OTHER', language: 'fr' })).toBe('not-found')
  })
})

describe('old backups', () => {
  const backups = (desk: TestCentre) => readdirSync(path.join(desk.folder, 'data/backups')).filter((f) => f.endsWith('.db'))
  const signIn = (desk: TestCentre) => desk.get('security.unlock', { login: testLogin, password: testPassword })

  it('go after 90 days, but never before a younger one stands', async () => {
    const { mora, buea } = await openTwoCentres()
    await addCase(mora)
    await pass(mora, buea)
    expect(backups(buea)).toHaveLength(1)
    const [before] = backups(buea)
    buea.ports.clock.advance(89 * day)
    await buea.get('security.lock', {})
    await signIn(buea)
    expect(backups(buea)).toEqual([before])
    buea.ports.clock.advance(day)
    await buea.get('security.lock', {})
    await signIn(buea)
    expect(backups(buea)).toEqual([expect.stringMatching(/^000002-\d{8}-renewal\.db$/)])
    // the copy, its keyring and its vault
    expect(readdirSync(path.join(buea.folder, 'data/backups'))).toHaveLength(3)
  })
})
