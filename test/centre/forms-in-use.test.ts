import { describe, expect, it } from 'vitest'
import { auditEvents } from '#test/support/audit-events.ts'
import { meet, pass } from '#test/support/exchange.ts'
import { nextForm, publishForm, shippedForm } from '#test/support/form-files.ts'
import { ceremony, openOffice } from '#test/support/national.ts'
import { addCase, openTestCentre, type TestCentre } from '#test/support/open-test-centre.ts'

const profile = shippedForm('profile')
/** A further question in the first part about the person, and one that is taken out. */
const second = nextForm(profile, '2', (survey) =>
  survey.flatMap((row) =>
    row.name === 'trusted_person'
      ? []
      : row.name === 'usual_name'
        ? [row, { ...row, name: 'other_name', label: { fr: 'Autre nom porté', en: 'Other name used' } }]
        : [row],
  ),
)
const fileOf = (desk: TestCentre, caseId: string) => desk.get('cases.get', { caseId })
const versionUsed = async (desk: TestCentre) => (await desk.get('forms.profile', {})).version

async function office(): Promise<TestCentre> {
  const desk = await openOffice()
  await ceremony(desk)
  return desk
}

describe('the form in use', () => {
  it('is the newest that was published, for new records; a record keeps the one it was filled with', async () => {
    const desk = await office()
    const early = await addCase(desk)
    expect(await desk.refusal('cases.saveAnswers', { caseId: early, answers: { other_name: 'Baba' } })).toBe('answer-invalid')
    await publishForm(desk, second)
    expect(await versionUsed(desk)).toBe('2')
    const late = await addCase(desk)
    await desk.get('cases.saveAnswers', { caseId: late, answers: { other_name: 'Baba' } })
    expect(await fileOf(desk, late)).toMatchObject({ formVersion: '2', newerForm: null, answers: { other_name: 'Baba' } })
    // the question that was taken out is still asked there, the new one is not
    await desk.get('cases.saveAnswers', { caseId: early, answers: { trusted_person: 'yes' } })
    expect(await desk.refusal('cases.saveAnswers', { caseId: early, answers: { other_name: 'Baba' } })).toBe('answer-invalid')
    expect((await desk.get('forms.profile', { version: '1' })).version).toBe('1')
    expect(await fileOf(desk, early)).toMatchObject({ formVersion: '1', newerForm: '2' })
  })

  it('a record follows a newer version only when somebody says so, after what changes was shown; no answer is lost', async () => {
    const desk = await office()
    const caseId = await addCase(desk, { identity: { trusted_person: 'yes' } })
    expect(await desk.get('cases.formMove', { caseId })).toBe(null)
    await publishForm(desk, second)
    const before = await fileOf(desk, caseId)
    const move = await desk.get('cases.formMove', { caseId })
    expect(move).toMatchObject({ from: '1', to: '2', aside: 1, added: 1 })
    expect(move!.changes.fr.join('\n')).toMatch(/Question retirée.*trusted_person/)
    expect(await fileOf(desk, caseId)).toEqual(before)
    expect(await desk.refusal('cases.moveForm', { caseId, to: '3' })).toBe('not-found')
    const after = await desk.get('cases.moveForm', { caseId, to: '2' })
    expect(after).toMatchObject({ formVersion: '2', newerForm: null, answers: before.answers })
    expect((await auditEvents(desk)).at(-1)).toMatchObject({
      action: 'cases.moveForm',
      object: caseId,
      details: { from: '1', to: '2' },
    })
    await desk.get('cases.saveAnswers', { caseId, answers: { other_name: 'Baba' } })
    const { entries } = await desk.get('history.ofCase', { caseId, skip: 0, limit: 20 })
    expect(entries.flatMap((e) => e.changes)).toContainEqual(
      expect.objectContaining({ register: 'form_version', from: '1', to: '2' }),
    )
  })

  it('a received copy and a closed case follow no other version', async () => {
    const desk = await office()
    const buea = await openTestCentre({ site: 'BUE', seed: 22, roles: ['SUP', 'COO', 'CW'] })
    await meet(desk, buea)
    const caseId = await addCase(buea, { consent: { consent_other_centre: 'yes' } })
    await publishForm(desk, second)
    await pass(buea, desk)
    const [copy] = (await desk.get('cases.list', { text: '', after: null, limit: 10 })).rows
    expect(await fileOf(desk, copy!.id)).toMatchObject({ newerForm: null, editable: false })
    expect(await desk.refusal('cases.moveForm', { caseId: copy!.id, to: '2' })).toBe('read-only-copy')
    expect((await fileOf(buea, caseId)).formVersion).toBe('1')
  })
})
