import { describe, expect, it } from 'vitest'
import type { CallInput } from '#shared/contract.ts'
import type { PaperForm } from '#shared/forms/paper-form.ts'
import { isNeutral } from '#shared/referrals/revealing-words.ts'
import { neverOnForm, neverPrinted } from '#shared/rights/own-record.ts'
import { auditEvents } from '#test/support/audit-events.ts'
import { addCase, addCaseForm, fullIdentity, openTestCentre, type TestCentre } from '#test/support/open-test-centre.ts'
import { addUser, signInAs } from '#test/support/test-users.ts'

const choice = { language: 'fr', tier: 3 } as const

async function jobOf(desk: TestCentre, job: string): Promise<PaperForm> {
  const got = await desk.get('printing.job', { job })
  if (got.kind !== 'form') throw new Error('another job')
  return got.paper
}
const filled = async (desk: TestCentre, input: CallInput<'printing.prepareFilledForm'>) =>
  jobOf(desk, (await desk.get('printing.prepareFilledForm', input)).job)
const rowsOf = (paper: PaperForm) => paper.sections.flatMap((s) => s.rows)
const questionsOf = (paper: PaperForm) =>
  rowsOf(paper).flatMap((row) =>
    row.kind === 'question' ? [row.name] : row.kind === 'table' ? row.columns.map((c) => c.name) : [],
  )

describe('the profile on paper', () => {
  it('H7 H8 a blank form holds nothing of anybody, asks nothing that is never on paper, and is written down', async () => {
    const desk = await openTestCentre()
    await addCase(desk)
    const paper = await jobOf(desk, (await desk.get('printing.prepareBlankForm', choice)).job)
    expect(paper.caseNumber).toBeNull()
    for (const value of Object.values(fullIdentity))
      if (typeof value === 'string' && value.length > 4) expect(JSON.stringify(paper)).not.toContain(value)
    expect(questionsOf(paper).filter((name) => neverOnForm.includes(name))).toEqual([])
    expect(isNeutral(JSON.stringify(paper))).toBe(true)
    expect((await auditEvents(desk)).at(-1)).toMatchObject({ action: 'blank-form.print' })
  })

  it('a form of the exercise says so', async () => {
    const desk = await openTestCentre()
    await desk.get('security.enterTraining', {})
    expect(await jobOf(desk, (await desk.get('printing.prepareBlankForm', choice)).job)).toMatchObject({ exercise: true })
  })

  it('H7 H8 H33 a filled form has what the user sees, but for what is never on paper, and is written down', async () => {
    const desk = await openTestCentre()
    const caseId = await addCase(desk, {
      identity: { safe_contact_notes: 'Ancien combattant : ne pas le dire', id_docs: ['cni', 'refugee'] },
    })
    await desk.get('cases.saveAnswers', {
      caseId,
      answers: {
        'skills[k1]': 'here',
        'skills[k1].skills_skill': 'coiffure',
        threats: 'yes',
        household_size: 4,
        usual_name: 'refused',
        programme_category: 'ex_hostage',
        nationality: 'NG',
        current_place: 'CM004005',
      },
    })
    const paper = await filled(desk, { caseId, ...choice })
    const { row } = await desk.get('cases.get', { caseId })
    expect(paper.caseNumber).toBe(row.number)
    const question = (name: string) => rowsOf(paper).find((r) => r.kind !== 'gap' && r.name === name)
    expect(question('family_name')).toMatchObject({ value: 'Ŋgono Ɓello' })
    expect(question('usual_name')).toMatchObject({ value: '', open: 'refused' })
    expect(question('household_size')).toMatchObject({ value: '4' })
    expect(question('skills')).toMatchObject({
      lines: [
        ['coiffure', '', '', ''],
        ['', '', '', ''],
      ],
    })
    const ids = question('id_docs')
    expect(ids?.kind === 'question' && ids.boxes.filter((b) => b.ticked).map((b) => b.label)).toEqual(['CNI'])
    expect(question('safe_contact_notes')).toMatchObject({ value: '', more: true })
    expect(questionsOf(paper).filter((name) => neverPrinted.includes(name) || neverOnForm.includes(name))).toEqual([])
    expect(isNeutral(JSON.stringify(paper))).toBe(true)
    expect(JSON.stringify(paper)).not.toMatch(/Nigéria|Mayo-Sava|combattant/)
    const last = (await auditEvents(desk)).findLast((e) => e.action === 'filled-form.print')
    expect(last).toMatchObject({ object: caseId })
  })

  it('H5 a person who took everything back is printed no more', async () => {
    const desk = await openTestCentre({ roles: ['CW', 'SUP'] })
    const caseId = await addCase(desk)
    const input = { caseId, ...choice }
    expect(await desk.refusal('printing.prepareFilledForm', input)).toBe('accepted')
    await desk.get('rights.withdraw', { caseId, on: '2026-11-24', scopes: ['all'] })
    expect(await desk.refusal('printing.prepareFilledForm', input)).toBe('consent-missing')
  })

  it('whoever may not fill the case prints nothing of it, nor anybody on a safe screen', async () => {
    const desk = await openTestCentre({ roles: ['SUP', 'ADM'] })
    for (const login of ['halima', 'pierre']) await addUser(desk, login, ['CW'])
    await addUser(desk, 'rosine', ['REG'])
    await signInAs(desk, 'halima')
    const caseId = await addCase(desk)
    const input = { caseId, ...choice }
    await desk.get('screen.setSafe', { on: true })
    expect(await desk.refusal('printing.prepareFilledForm', input)).toBe('not-found')
    await desk.get('screen.setSafe', { on: false })
    expect(await desk.refusal('printing.prepareFilledForm', input)).toBe('accepted')
    for (const login of ['pierre', 'rosine']) {
      await signInAs(desk, login)
      expect(await desk.refusal('printing.prepareFilledForm', input)).toBe('not-found')
    }
  })
})

describe('a form of a case on paper', () => {
  it('H7 H8 H33 has what was agreed, nothing of what was told in confidence, no word that reveals, and is written down', async () => {
    const desk = await openTestCentre()
    const caseId = await addCase(desk)
    const { row } = await desk.get('cases.get', { caseId })
    const print = async (caseFormId: string) =>
      jobOf(desk, (await desk.get('printing.prepareCaseForm', { caseFormId, language: 'fr' })).job)
    const question = (paper: PaperForm, name: string) => rowsOf(paper).find((r) => r.kind !== 'gap' && r.name === name)
    const plan = await addCaseForm(desk, caseId, 'plan', {
      plan_date: '2026-11-24',
      plan_goal: 'Ouvrir un atelier',
      plan_success_sign: 'Ancien combattant devenu tailleur',
      'plan_actions[k1]': 'here',
      'plan_actions[k1].plan_actions_action': 'apprendre la couture',
    })
    const paper = await print(plan)
    expect(paper).toMatchObject({ form: 'plan', version: '1', tier: 3, caseNumber: row.number, exercise: false })
    expect(question(paper, 'plan_date')).toMatchObject({ value: '24/11/2026' })
    expect(question(paper, 'plan_goal')).toMatchObject({ value: 'Ouvrir un atelier' })
    expect(question(paper, 'plan_success_sign')).toMatchObject({ value: '', more: true })
    expect(JSON.stringify(question(paper, 'plan_actions'))).toContain('apprendre la couture')
    expect(isNeutral(JSON.stringify(paper))).toBe(true)
    expect((await auditEvents(desk)).at(-1)).toMatchObject({ action: 'case-form.print', object: plan, details: { form: 'plan' } })

    const visit = await addCaseForm(desk, caseId, 'follow-up', {
      fu_seen: 'yes',
      fu_private_talk: 'yes',
      fu_note: 'Zqxnote',
    })
    const seen = await print(visit)
    expect(question(seen, 'fu_seen')).toMatchObject({
      value: '',
      boxes: expect.arrayContaining([{ label: 'Oui', ticked: true }]),
    })
    // its number stays, so that nobody thinks it forgotten
    expect(rowsOf(seen).filter((r) => r.kind === 'gap').length).toBeGreaterThan(0)
    expect(JSON.stringify(seen)).not.toMatch(/Zqxnote|fu_private_talk|fu_feels_safe|fu_who5/)
  })

  it('H5 is printed by who fills it alone, on no safe screen, and no more once the person took everything back', async () => {
    const desk = await openTestCentre({ roles: ['SUP', 'ADM'] })
    for (const login of ['halima', 'pierre']) await addUser(desk, login, ['CW'])
    await signInAs(desk, 'halima')
    const caseId = await addCase(desk)
    const caseFormId = await addCaseForm(desk, caseId, 'counselling', {})
    const refusal = () => desk.refusal('printing.prepareCaseForm', { caseFormId, language: 'fr' })
    await desk.get('screen.setSafe', { on: true })
    expect(await refusal()).toBe('not-found')
    await desk.get('screen.setSafe', { on: false })
    expect(await refusal()).toBe('accepted')
    await signInAs(desk, 'pierre')
    expect(await refusal()).toBe('not-found')
    await signInAs(desk, 'halima')
    await desk.get('rights.withdraw', { caseId, on: '2026-11-24', scopes: ['all'] })
    expect(await refusal()).toBe('consent-missing')
  })
})
