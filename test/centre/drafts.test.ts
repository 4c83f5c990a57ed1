import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { draftForms } from '#shared/cases/draft.ts'
import { databaseDump } from '#test/support/database-dump.ts'
import {
  addCase,
  addCaseForm,
  addDirectory,
  addIssuedReferral,
  fullConsent,
  openTestCentre,
  openTwoCentres,
  testLogin,
  testPassword,
} from '#test/support/open-test-centre.ts'

const card = (subject: string) => ({ form: 'quick-card', subject }) as const
const reception = { form: 'new-case', subject: 'reception-1' } as const

describe('drafts', () => {
  it('a refused text stays as typed, with the field that had the focus, after a restart', async () => {
    const desk = await openTestCentre()
    const id = await addCase(desk)
    await desk.get('cases.keepDraft', { ...card(id), texts: { birth_date: '31/02/2026' }, focused: 'birth_date' })
    await desk.get('cases.keepDraft', { ...card(id), texts: { family_name: `Ɓ${'a'.repeat(299)}` } })
    const again = await desk.restart()
    await again.get('security.unlock', { login: testLogin, password: testPassword })
    expect(await again.get('cases.draft', card(id))).toMatchObject({
      texts: { birth_date: '31/02/2026', family_name: `Ɓ${'a'.repeat(299)}` },
      focused: 'birth_date',
    })
    expect((await again.get('cases.drafts', {})).rows).toMatchObject([
      { form: 'quick-card', subject: id, caseId: id, name: 'Ŋgono Ɓello Aïssatou', fields: 2 },
    ])
  })

  it('an answer that is stored ends the draft of its field in the same step, and tells where the user is', async () => {
    const desk = await openTestCentre()
    const id = await addCase(desk)
    await desk.get('cases.keepDraft', { ...card(id), texts: { birth_date: '31/02/2026', phone: '6 00' }, focused: 'birth_date' })
    await desk.get('cases.saveAnswers', { caseId: id, answers: { birth_date: '1980' }, focused: 'phone' })
    expect(await desk.get('cases.draft', card(id))).toMatchObject({ texts: { phone: '6 00' }, focused: 'phone' })
    await desk.get('cases.keepDraft', { ...card(id), texts: { phone: null } })
    expect(await desk.get('cases.draft', card(id))).toMatchObject({ texts: {}, focused: 'phone' })
    await desk.get('cases.dropDraft', card(id))
    expect(await desk.get('cases.draft', card(id))).toBeNull()
  })

  it('H1 an unfinished reception keeps no free text about people before the consent allows it', async () => {
    const desk = await openTestCentre()
    const keep = (texts: Record<string, string>) => desk.get('cases.keepDraft', { ...reception, texts })
    const kept = async () => (await desk.get('cases.draft', reception))?.texts
    await keep({ intake_channel: 'arrival', safe_contact_notes: 'chez Moussa', consent_witness: 'Ali' })
    expect(await kept()).toEqual({ intake_channel: 'arrival' })
    await keep({ consent_status: 'given', consent_witness: 'Ali' })
    expect(await kept()).toEqual({ intake_channel: 'arrival', consent_status: 'given', consent_witness: 'Ali' })
    await keep({ consent_status: 'refused' })
    expect(await kept()).toEqual({ intake_channel: 'arrival', consent_status: 'refused' })
    expect(await desk.refusal('cases.keepDraft', { ...reception, texts: { family_name: 'Bello' } })).toBe('bad-input')
  })

  it('H1 once consent is taken back, no identity text is kept of the card either', async () => {
    const desk = await openTestCentre()
    const { id } = await desk.get('cases.create', { consent: fullConsent })
    await desk.get('cases.saveAnswers', { caseId: id, answers: { consent_status: 'refused' } })
    expect(await desk.refusal('cases.keepDraft', { ...card(id), texts: { family_name: 'Bello' } })).toBe('consent-missing')
    expect(await desk.get('cases.draft', card(id))).toBeNull()
  })

  it('H6 the reception ends with its case or its session: nothing of the unfinished form is left', async () => {
    const desk = await openTestCentre()
    for (const subject of ['reception-1', 'reception-2'])
      await desk.get('cases.keepDraft', { form: 'new-case', subject, texts: { interview_language: 'fra' } })
    expect((await desk.get('cases.drafts', {})).rows).toMatchObject([{ name: '', caseId: null }, { name: '' }])
    await desk.get('cases.create', { consent: fullConsent, draft: 'reception-1' })
    await desk.get('cases.recordInformationSession', {
      consentStatus: 'refused',
      on: '2026-11-24',
      language: 'fra',
      draft: 'reception-2',
    })
    expect((await desk.get('cases.drafts', {})).rows).toEqual([])
  })

  it('H28 a draft is on the disk only inside the encrypted database, and no journal or file carries it', async () => {
    const { mora, buea } = await openTwoCentres()
    const id = await addCase(mora)
    const { device } = await buea.get('sync.ownCard', {})
    const toSend = await mora.get('sync.exportPreview', { device })
    const before = await databaseDump(mora)
    await mora.get('cases.keepDraft', { ...card(id), texts: { family_name: 'Maïramou-brouillon' }, focused: 'family_name' })
    const changed = (await databaseDump(mora)).split('\n').filter((line) => !before.includes(line))
    expect(changed).toHaveLength(1)
    expect(changed[0]).toContain('"form":"quick-card"')
    expect(await mora.get('sync.exportPreview', { device })).toEqual(toSend)
    const files = readdirSync(mora.folder, { recursive: true, withFileTypes: true }).filter((e) => e.isFile())
    expect(files.length).toBeGreaterThan(3)
    for (const file of files)
      expect(readFileSync(path.join(file.parentPath, file.name)).includes('Maïramou-brouillon')).toBe(false)
  })

  it('S19 takes only fields of the form, of a case or referral of this desk', async () => {
    const desk = await openTestCentre()
    await addDirectory(desk)
    const id = await addCase(desk)
    const referral = await addIssuedReferral(desk, id)
    const plan = await addCaseForm(desk, id, 'plan', {})
    for (const form of draftForms) {
      const draft = { form, subject: form === 'case-form' ? plan : id, texts: { age_of_the_moon: 'x' } }
      expect(`${form} ${await desk.refusal('cases.keepDraft', draft)}`).toBe(`${form} bad-input`)
    }
    expect(await desk.refusal('cases.keepDraft', { form: 'case-form', subject: id, texts: { sex: 'F' } })).toBe('not-found')
    expect(await desk.refusal('cases.keepDraft', { ...card('nobody'), texts: { sex: 'F' } })).toBe('not-found')
    const step = { form: 'referral-step', subject: referral } as const
    await desk.get('cases.keepDraft', { ...step, texts: { to: 'cancelled', reason: 'partie à Maroua' }, focused: 'reason' })
    await desk.get('cases.keepDraft', { form: 'referral-consent', subject: referral, texts: { given: 'yes' } })
    // its consent was given long ago: nothing is left to finish there
    expect((await desk.get('cases.drafts', {})).rows).toMatchObject([{ ...step, caseId: id, name: 'Ŋgono Ɓello Aïssatou' }])
  })
})
