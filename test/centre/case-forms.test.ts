import { describe, expect, it } from 'vitest'
import type { Answers } from '#shared/forms/form-definition.ts'
import type { FormPack } from '#shared/forms/form-pack.ts'
import { roles } from '#shared/permissions.ts'
import { auditEvents } from '#test/support/audit-events.ts'
import { aChild, deskOfTen } from '#test/support/desk-of-ten.ts'
import { pass } from '#test/support/exchange.ts'
import { checkForm, formFile, nextForm, publishForm, shippedForm } from '#test/support/form-files.ts'
import { ceremony, joinNetwork, openOffice } from '#test/support/national.ts'
import { addCase, addCaseForm, openTestCentre, testLogin, testPassword, type TestCentre } from '#test/support/open-test-centre.ts'
import { revealAll, signInAs } from '#test/support/test-users.ts'

const visit: Answers = {
  fu_date: '2026-11-20',
  fu_round: 'm1',
  fu_mode: 'centre',
  fu_seen: 'yes',
  fu_work_status: 'own',
  fu_accept_family: '4',
  fu_next_step: 'continue',
  fu_next_date: '2026-12-20',
}
const plan: Answers = {
  plan_date: '2026-11-24',
  plan_goal: 'Ouvrir un atelier',
  plan_domain: 'economic',
  plan_agreed: 'yes',
  plan_review_date: '2027-02-24',
}
const fileOf = (desk: TestCentre, caseFormId: string) => desk.get('caseForms.get', { caseFormId })
const listOf = async (desk: TestCentre, caseId: string) => (await desk.get('caseForms.list', { caseId })).rows
const refused = async (desk: TestCentre, caseFormId: string, answers: Answers) => {
  const result = await desk.ask('caseForms.save', { caseFormId, answers })
  return result.ok ? 'accepted' : (result.error.details?.['problem'] ?? result.error.code)
}

describe('forms of a case', () => {
  it('a plan, sessions and visits are begun for a case, as many as there were; nothing of the anonymous or of referrals', async () => {
    const desk = await openTestCentre()
    const caseId = await addCase(desk)
    const { forms } = await desk.get('caseForms.offered', {})
    expect(forms.map((f) => f.form)).toEqual(['plan', 'counselling', 'follow-up'])
    expect(forms[2]?.title).toEqual({ fr: 'Visite de suivi', en: 'Follow-up visit' })
    for (const form of ['feedback', 'profile', 'closure', 'referral', 'counter-referral', 'nothing', '__proto__'])
      expect(await desk.refusal('caseForms.create', { caseId, form })).toMatch(/not-found|bad-input/)
    await addCaseForm(desk, caseId, 'follow-up', { ...visit, fu_date: '2026-10-20' })
    const second = await addCaseForm(desk, caseId, 'follow-up', visit)
    await addCaseForm(desk, caseId, 'counselling', { session_date: '2026-11-23T10:00:00.000+01:00' })
    expect((await listOf(desk, caseId)).map((r) => [r.form, r.on, r.author, r.state, r.formVersion])).toEqual([
      ['counselling', '2026-11-23', 'Aminatou B.', 'draft', '1'],
      ['follow-up', '2026-11-20', 'Aminatou B.', 'draft', '1'],
      ['follow-up', '2026-10-20', 'Aminatou B.', 'draft', '1'],
    ])
    expect((await desk.get('caseForms.pack', { form: 'plan', version: '1' })).id).toBe('plan')
    for (const form of ['profile', 'feedback'])
      expect(await desk.refusal('caseForms.pack', { form, version: '1' })).toBe('not-found')
    expect((await auditEvents(desk)).findLast((e) => e.action === 'caseForms.save')?.object).not.toBe(second)
  })

  it('answers are checked as those of a case: what does not fit changes nothing, what the form reads of the case comes from there', async () => {
    const desk = await openTestCentre()
    const caseId = await addCase(desk, { consent: { consent_home_visit: 'no' } })
    const child = await addCase(desk, { ...aChild, identity: { ...aChild.identity, birth_date: '2016' } })
    const id = await addCaseForm(desk, caseId, 'follow-up', visit)
    const before = (await fileOf(desk, id)).answers
    expect(before).toMatchObject(visit)
    expect((await fileOf(desk, id)).facts).toEqual({ age_years: 31, consent_home_visit: 'no' })
    // nobody visits who was not asked to
    expect(await refused(desk, id, { fu_mode: 'home' })).toBe('constraint')
    expect(await refused(desk, id, { fu_rcsi_borrow: 8 })).toBe('constraint')
    expect(await refused(desk, id, { fu_next_date: 'demain' })).toBe('type')
    expect(await refused(desk, id, { fu_note: 'bien', family_name: 'Autre' })).toBe('not-a-question')
    expect(await refused(desk, id, { age_years: 3 })).toBe('not-a-question')
    expect((await fileOf(desk, id)).answers).toEqual(before)
    const { file, warnings } = await desk.get('caseForms.save', {
      caseFormId: id,
      answers: {
        fu_rcsi_less_preferred: 1,
        fu_rcsi_borrow: 1,
        fu_rcsi_portion: 1,
        fu_rcsi_adults: 1,
        fu_rcsi_meals: 1,
        'fu_referral_checks[k1]': 'here',
        'fu_referral_checks[k1].fu_referral_checks_attended': 'yes',
        fu_note: 'Appeler le 677 00 00 00',
      },
    })
    expect(file.answers).toMatchObject({ fu_rcsi: 8, 'fu_referral_checks[k1].fu_referral_checks_attended': 'yes' })
    expect(file.answers).not.toHaveProperty('age_years')
    expect(warnings).toEqual([{ question: 'fu_note', findings: ['phone'] }])
    // a child of ten is not asked about work: the visit is complete without
    const { fu_work_status: _work, ...ofChild } = visit
    const done = await addCaseForm(desk, child, 'follow-up', ofChild)
    expect((await desk.get('caseForms.setState', { caseFormId: done, state: 'done' })).row.state).toBe('done')
  })

  it('one that is not complete is not finished; a finished one is read, taken up again, or set aside', async () => {
    const desk = await openTestCentre()
    const caseId = await addCase(desk)
    const { fu_seen: _seen, ...partly } = visit
    const id = await addCaseForm(desk, caseId, 'follow-up', partly)
    const early = await desk.ask('caseForms.setState', { caseFormId: id, state: 'done' })
    expect(early).toMatchObject({ ok: false, error: { details: { question: 'fu_seen', problem: 'required' } } })
    await desk.get('caseForms.save', { caseFormId: id, answers: visit })
    await desk.get('caseForms.setState', { caseFormId: id, state: 'done' })
    expect(await refused(desk, id, { fu_note: 'après' })).toBe('case-form-closed')
    expect(await desk.refusal('caseForms.setState', { caseFormId: id, state: 'void' })).toBe('case-form-closed')
    await desk.get('caseForms.setState', { caseFormId: id, state: 'draft' })
    expect(await refused(desk, id, { fu_note: 'après' })).toBe('accepted')
    const [, , , set] = (await auditEvents(desk)).filter((e) => e.object === id).slice(-4)
    expect(set?.action).toBe('caseForms.save')
    const mistake = await addCaseForm(desk, caseId, 'plan', {})
    expect((await desk.get('caseForms.setState', { caseFormId: mistake, state: 'void' })).row.state).toBe('void')
    expect(await refused(desk, mistake, { plan_goal: 'x' })).toBe('case-form-closed')
  })

  it('H1 nothing is begun or filled once the person took their agreement back, nor in a case that ended', async () => {
    const desk = await openTestCentre()
    const caseId = await addCase(desk)
    const id = await addCaseForm(desk, caseId, 'counselling', { session_decisions: 'cherche une formation' })
    await desk.get('rights.withdraw', { caseId, on: '2026-11-24', scopes: ['all'] })
    expect(await desk.refusal('caseForms.create', { caseId, form: 'plan' })).toBe('consent-missing')
    expect(await refused(desk, id, { session_note: 'encore' })).toBe('consent-missing')
    expect(await desk.refusal('cases.keepDraft', { form: 'case-form', subject: id, texts: { session_note: 'encore' } })).toBe(
      'consent-missing',
    )
    expect((await fileOf(desk, id)).answers['session_note']).toBeUndefined()

    const other = await addCase(desk)
    const late = await addCaseForm(desk, other, 'plan', plan)
    await desk.get('cases.proposeClosing', {
      caseId: other,
      answers: { close_date: '2026-11-24', close_reason: 'achieved', close_checks: ['plan', 'return'], close_agreed: 'yes' },
    })
    await desk.get('cases.decideClosing', { caseId: other, approve: true })
    expect(await refused(desk, late, { plan_goal: 'x' })).toBe('case-closed')
    expect(await desk.refusal('caseForms.create', { caseId: other, form: 'plan' })).toBe('case-closed')
    expect((await fileOf(desk, late)).editable).toBe(false)
  })

  it('a supervisor’s word on a plan is nobody else’s, and is asked for anew when the plan is taken up again', async () => {
    const desk = await openTestCentre()
    const caseId = await addCase(desk)
    const id = await addCaseForm(desk, caseId, 'plan', plan)
    expect(await refused(desk, id, { plan_supervisor_ok: 'ok' })).toBe('not-a-question')
    expect(await desk.refusal('caseForms.approve', { caseFormId: id, approve: true })).toBe('not-found')
    const done = await desk.get('caseForms.setState', { caseFormId: id, state: 'done' })
    expect(done).toMatchObject({ approvable: true, answers: { plan_supervisor_ok: 'pending' } })
    const back = await desk.get('caseForms.approve', { caseFormId: id, approve: false })
    expect(back).toMatchObject({ row: { state: 'draft' }, answers: { plan_supervisor_ok: 'back' } })
    await desk.get('caseForms.setState', { caseFormId: id, state: 'done' })
    const ok = await desk.get('caseForms.approve', { caseFormId: id, approve: true })
    expect(ok).toMatchObject({ row: { state: 'done' }, answers: { plan_supervisor_ok: 'ok' } })
    const again = await desk.get('caseForms.setState', { caseFormId: id, state: 'draft' })
    expect(again.answers).not.toHaveProperty('plan_supervisor_ok')
    expect(
      await desk.refusal('caseForms.approve', { caseFormId: await addCaseForm(desk, caseId, 'follow-up', visit), approve: true }),
    ).toBe('not-found')
  })

  it('a form keeps the version that it was filled with, another is begun in the newest', async () => {
    const desk = await openOffice()
    await ceremony(desk)
    const caseId = await addCase(desk)
    const early = await addCaseForm(desk, caseId, 'plan', plan)
    await publishForm(
      desk,
      nextForm(shippedForm('plan'), '2', (survey) =>
        survey.flatMap((row) => (row.name === 'plan_goal' ? [row, { ...row, name: 'plan_wish', required: undefined }] : [row])),
      ),
    )
    const late = await addCaseForm(desk, caseId, 'plan', { ...plan, plan_wish: 'revoir la famille' })
    expect((await fileOf(desk, late)).row.formVersion).toBe('2')
    expect((await fileOf(desk, early)).row.formVersion).toBe('1')
    expect(await refused(desk, early, { plan_wish: 'revoir la famille' })).toBe('not-a-question')
    expect((await desk.get('caseForms.pack', { form: 'plan', version: '1' })).version).toBe('1')
  })

  it('a form that was published beside those that ship is filled at every centre that got it, and is never one of the reserved', async () => {
    const desk = await openOffice()
    await ceremony(desk)
    const buea = await openTestCentre({ site: 'BUE', seed: 22, roles: ['SUP', 'COO', 'CW'] })
    await joinNetwork(desk, buea)
    const harvest = {
      ...shippedForm('plan'),
      id: 'extreme_nord_2',
      title: { fr: 'Suivi des récoltes', en: 'Harvest follow-up' },
      survey: shippedForm('plan').survey.flatMap((row) =>
        row.name === 'plan_supervisor_ok' ? [] : [{ ...row, name: row.name.replace('plan_', 'rec_') }],
      ),
    }
    const faultsOf = async (pack: FormPack) => (await checkForm(desk, await formFile(desk.folder, pack))).faults
    expect((await faultsOf({ ...harvest, id: 'envelope' })).map((f) => f.words.fr).join(' ')).toContain('réservé')
    const loose = harvest.survey.filter((row) => !/group/.test(row.type))
    expect((await faultsOf({ ...harvest, survey: loose })).map((f) => f.words.fr).join(' ')).toContain('dans aucun groupe')
    await publishForm(desk, harvest)
    expect(await desk.refusal('forms.publish', { previewId: 'none' })).toBe('not-found')
    expect((await faultsOf(harvest)).map((f) => f.words.fr).join(' ')).toContain('existe déjà')
    expect((await desk.get('forms.versions', {})).forms.at(-1)).toMatchObject({
      form: 'extreme_nord_2',
      title: { fr: 'Suivi des récoltes' },
      versions: [{ version: '1', isNewest: true }],
    })
    await pass(desk, buea)
    const caseId = await addCase(buea)
    expect((await buea.get('caseForms.offered', {})).forms.at(-1)?.title.fr).toBe('Suivi des récoltes')
    const id = await addCaseForm(buea, caseId, 'extreme_nord_2', { rec_goal: 'dix sacs de mil' })
    expect((await fileOf(buea, id)).answers).toEqual({ rec_goal: 'dix sacs de mil' })
    expect((await listOf(buea, caseId))[0]?.title.en).toBe('Harvest follow-up')
    expect((await buea.get('caseForms.pack', { form: 'extreme_nord_2', version: '1' })).id).toBe('extreme_nord_2')
  })

  it('what was typed and is no answer yet is there after a restart, for its user alone', async () => {
    const desk = await openTestCentre()
    const caseId = await addCase(desk)
    const id = await addCaseForm(desk, caseId, 'follow-up', visit)
    expect(await desk.refusal('cases.keepDraft', { form: 'case-form', subject: id, texts: { family_name: 'x' } })).toBe(
      'bad-input',
    )
    expect(await desk.refusal('cases.keepDraft', { form: 'case-form', subject: 'none', texts: { fu_note: 'x' } })).toBe(
      'not-found',
    )
    await desk.get('cases.keepDraft', {
      form: 'case-form',
      subject: id,
      texts: { fu_next_date: '31/02/2026' },
      focused: 'fu_next_date',
    })
    const after = await desk.restart()
    await after.get('security.unlock', { login: testLogin, password: testPassword })
    expect((await after.get('cases.drafts', {})).rows).toMatchObject([{ form: 'case-form', subject: id, caseId, fields: 1 }])
    const left = await after.get('cases.draft', { form: 'case-form', subject: id })
    expect(left).toMatchObject({ texts: { fu_next_date: '31/02/2026' }, focused: 'fu_next_date' })
    // the answer that is stored takes the text's place
    await after.get('caseForms.save', { caseFormId: id, answers: { fu_next_date: '2026-12-24' }, focused: 'fu_note' })
    expect((await after.get('cases.draft', { form: 'case-form', subject: id }))?.texts).toEqual({})
    await after.get('caseForms.setState', { caseFormId: id, state: 'done' })
    expect(await after.get('cases.draft', { form: 'case-form', subject: id })).toBeNull()
  })
})

describe('whose forms of a case', () => {
  it('E.1 H33 each role sees of them what it may read of the case, never more by having received the person today', async () => {
    const { desk } = await deskOfTen()
    const seen: Record<string, string> = {}
    await signInAs(desk, 'cw')
    const cases = { adult: await addCase(desk), child: await addCase(desk, aChild) }
    const forms = {
      adult: await addCaseForm(desk, cases.adult, 'follow-up', visit),
      child: await addCaseForm(desk, cases.child, 'follow-up', visit),
    }
    for (const role of roles) {
      await signInAs(desk, role.toLowerCase())
      for (const who of ['adult', 'child'] as const) {
        const file = await desk.ask('caseForms.get', { caseFormId: forms[who] })
        const list = await desk.ask('caseForms.list', { caseId: cases[who] })
        const save = await desk.refusal('caseForms.save', { caseFormId: forms[who], answers: { fu_note: role } })
        const said = !file.ok
          ? file.error.code
          : [
              file.value.name.includes('Aïssatou') && 'identity',
              file.value.answers['fu_round'] === 'm1' && 'restricted',
              file.value.answers['fu_accept_family'] === '4' && 'confidential',
              file.value.editable && 'fills',
            ]
              .filter(Boolean)
              .join(' ')
        expect(list.ok ? list.value.rows.length > 0 : false).toBe(file.ok)
        expect(save === 'accepted', `${role} ${who}`).toBe(said.includes('fills'))
        seen[`${role} ${who}`] = said
      }
    }
    const all = 'identity restricted confidential fills'
    expect(seen).toEqual({
      'REG adult': 'forbidden',
      'CW adult': all,
      'GBV adult': 'not-found',
      'CPF adult': 'not-found',
      'DIR adult': 'forbidden',
      'SUP adult': 'restricted',
      'COO adult': 'restricted',
      'NAT adult': 'forbidden',
      'ADM adult': 'forbidden',
      'DPO adult': 'forbidden',
      'REG child': 'forbidden',
      'CW child': all,
      'GBV child': 'not-found',
      'CPF child': all,
      'DIR child': 'forbidden',
      'SUP child': 'restricted',
      'COO child': 'restricted',
      'NAT child': 'forbidden',
      'ADM child': 'forbidden',
      'DPO child': 'forbidden',
    })
  })

  it('E.1 a supervisor and a focal point who received the person themselves see no more of its forms', async () => {
    const { desk, made } = await deskOfTen()
    await signInAs(desk, 'sup')
    const ofSup = await addCase(desk)
    await desk.get('cases.assign', { caseId: ofSup, userId: made.CW })
    await signInAs(desk, 'cw')
    const id = await addCaseForm(desk, ofSup, 'follow-up', visit)
    await desk.get('caseForms.setState', { caseFormId: id, state: 'done' })
    await signInAs(desk, 'sup')
    const plain = await fileOf(desk, id)
    expect(plain.answers).toHaveProperty('fu_round')
    expect(plain.answers).not.toHaveProperty('fu_accept_family')
    await desk.get('screen.reveal', { caseId: ofSup, reason: 'supervision', note: '' })
    expect((await fileOf(desk, id)).answers).toHaveProperty('fu_accept_family')
    // a case that becomes a focal point's own
    await desk.get('cases.assign', { caseId: ofSup, userId: made.GBV })
    await signInAs(desk, 'gbv')
    await desk.get('screen.reveal', { caseId: ofSup, reason: 'identity', note: '' })
    const own = await fileOf(desk, id)
    expect(own).toMatchObject({ masked: false, confidential: false, editable: false })
    expect(own.answers).not.toHaveProperty('fu_accept_family')
  })

  it('H33 opening one and listing them stands in the register under the case', async () => {
    const desk = await openTestCentre({ roles: ['SUP', 'CW'] })
    const caseId = await addCase(desk)
    await revealAll(desk)
    const id = await addCaseForm(desk, caseId, 'counselling', { session_decisions: 'Zqxdecision' })
    await fileOf(desk, id)
    await listOf(desk, caseId)
    const { entries } = await desk.get('audit.list', { caseId, day: null, user: null, kind: null, before: null, limit: 20 })
    const { number } = (await desk.get('cases.get', { caseId })).row
    expect(entries.slice(0, 4).map((e) => [e.action, e.object.kind, e.object.label])).toEqual([
      ['caseForms.list', 'case', number],
      ['caseForms.get', 'case_form', number],
      ['caseForms.save', 'case_form', number],
      ['caseForms.create', 'case_form', number],
    ])
    expect(JSON.stringify(await auditEvents(desk))).not.toContain('Zqxdecision')
  })
})

describe('forms of a case elsewhere', () => {
  it('stand in the history of the case, as far as each who reads it may see them', async () => {
    const { desk, made } = await deskOfTen()
    await signInAs(desk, 'sup')
    const caseId = await addCase(desk)
    await desk.get('cases.assign', { caseId, userId: made.CW })
    await signInAs(desk, 'cw')
    const id = await addCaseForm(desk, caseId, 'follow-up', visit)
    await desk.get('caseForms.save', { caseFormId: id, answers: { fu_round: 'm3', fu_accept_family: '5' } })
    const changesOf = async () =>
      (await desk.get('history.ofCase', { caseId, skip: 0, limit: 3 })).entries
        .filter((e) => e.kind === 'case_form')
        .map((e) => [e.form?.title.fr, e.created, e.changes.map((c) => c.register).filter((r) => r.startsWith('a_'))])
    expect(await changesOf()).toEqual([
      ['Visite de suivi', false, ['a_fu_round', 'a_fu_accept_family']],
      ['Visite de suivi', false, Object.keys(visit).map((q) => `a_${q}`)],
      ['Visite de suivi', true, []],
    ])
    await signInAs(desk, 'sup')
    expect((await changesOf())[0]).toEqual(['Visite de suivi', false, ['a_fu_round']])
    await desk.get('screen.reveal', { caseId, reason: 'supervision', note: '' })
    expect((await changesOf())[0]).toEqual(['Visite de suivi', false, ['a_fu_round', 'a_fu_accept_family']])
    // who received the person is shown the card, and of its forms nothing
    await signInAs(desk, 'reg')
    const own = await addCase(desk)
    expect((await desk.get('history.ofCase', { caseId: own, skip: 0, limit: 9 })).entries.length).toBeGreaterThan(0)
    expect(await changesOf().catch(() => 'not there')).toBe('not there')
  })

  it('H7 H8 H44 are in what a person gets of their record: what is confidential in them is read aloud, never printed', async () => {
    const desk = await openTestCentre()
    const caseId = await addCase(desk)
    await addCaseForm(desk, caseId, 'follow-up', { ...visit, fu_place: 'CM004005002', fu_note: 'Zqxnote' })
    const { job, aloud } = await desk.get('printing.previewOwnRecord', { caseId, language: 'fr' })
    if (job.kind !== 'own-record') throw new Error(job.kind)
    const section = 'Visite de suivi, 20/11/2026'
    expect(job.record.team.filter((l) => l.section === section).map((l) => l.value)).toEqual(
      expect.arrayContaining(['20/11/2026', 'Oui']),
    )
    const said = aloud.filter((l) => l.section === section).map((l) => l.value)
    expect(said).toContain('Zqxnote')
    expect(JSON.stringify(job)).not.toContain('Zqxnote')
    expect(job.record.counsellor.filter((l) => l.section === section)).toEqual([])
  })
})
