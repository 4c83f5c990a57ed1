import { describe, expect, it } from 'vitest'
import type { Answers } from '#shared/forms/form-definition.ts'
import { openDatabaseCopy } from '#test/support/database-dump.ts'
import { meet, pass } from '#test/support/exchange.ts'
import { addCase, addCaseForm, openTestCentre, openTwoCentres, type TestCentre } from '#test/support/open-test-centre.ts'
import { placesOf } from '#test/support/readable-places.ts'

const plan: Answers = {
  plan_date: '2026-11-24',
  plan_goal: 'Ouvrir un atelier',
  plan_domain: 'economic',
  plan_agreed: 'yes',
  plan_review_date: '2027-02-24',
}
/** An action of the plan, as the page sends it. */
const action = (key: string, what: string): Answers => ({
  [`plan_actions[${key}]`]: 'here',
  [`plan_actions[${key}].plan_actions_action`]: what,
})

/** Two PCs of Mora, which share all its cases. */
async function twoDesks(): Promise<{ front: TestCentre; back: TestCentre }> {
  const front = await openTestCentre({ site: 'MOR', seed: 11 })
  const back = await openTestCentre({ site: 'MOR', seed: 12, machineId: 'second' })
  await meet(front, back)
  return { front, back }
}
const fileOf = (desk: TestCentre, caseFormId: string) => desk.get('caseForms.get', { caseFormId })
const save = (desk: TestCentre, caseFormId: string, answers: Answers) => desk.get('caseForms.save', { caseFormId, answers })
const meetAgain = async (one: TestCentre, other: TestCentre) => {
  await pass(one, other)
  await pass(other, one)
}

describe('forms of a case at two PCs of a centre', () => {
  it('I1 what both filled at the same time is the same at both: lines of both, the later of two answers, the former in the journal', async () => {
    const { front, back } = await twoDesks()
    const caseId = await addCase(front)
    const id = await addCaseForm(front, caseId, 'plan', plan)
    await pass(front, back)
    expect((await back.get('caseForms.list', { caseId })).rows).toMatchObject([{ id, form: 'plan', author: 'Aminatou B.' }])
    await save(front, id, { ...action('k1', 'apprendre la couture'), plan_goal: 'Un atelier de couture' })
    back.ports.clock.advance(60_000)
    await save(back, id, { ...action('k2', 'ouvrir un compte'), plan_goal: 'Une boutique' })
    const another = await addCaseForm(back, caseId, 'counselling', { session_decisions: 'épargner' })
    await meetAgain(front, back)
    const [one, other] = [await fileOf(front, id), await fileOf(back, id)]
    expect(one.answers).toEqual(other.answers)
    expect(one.answers).toMatchObject({
      ...plan,
      ...action('k1', 'apprendre la couture'),
      ...action('k2', 'ouvrir un compte'),
      plan_goal: 'Une boutique',
    })
    expect((await front.get('caseForms.list', { caseId })).rows.map((r) => r.id).toSorted()).toEqual([another, id].toSorted())
    const db = await openDatabaseCopy(front)
    expect(
      db
        .prepare("SELECT count(*) FROM journal WHERE kind = 'case_form' AND payload LIKE '%Un atelier de couture%'")
        .pluck()
        .get(),
    ).toBe(1)
    db.close()
  })

  it('I8 what the person agreed to, and whether it is finished, waits for a decision when two PCs said otherwise', async () => {
    const { front, back } = await twoDesks()
    const caseId = await addCase(front)
    const id = await addCaseForm(front, caseId, 'plan', plan)
    await pass(front, back)
    await front.get('caseForms.setState', { caseFormId: id, state: 'done' })
    await save(back, id, { plan_agreed: 'no' })
    await back.get('caseForms.setState', { caseFormId: id, state: 'void' })
    await meetAgain(front, back)
    for (const desk of [front, back]) {
      const waiting = await desk.get('review.list', {})
      expect(waiting.map((c) => [c.kind, c.row, c.caseId, c.fields])).toEqual([['case_form', id, caseId, ['state']]])
      expect(waiting[0]!.candidates.map((c) => c.values['state']).toSorted()).toEqual(['done', 'void'])
      expect(waiting[0]!.title).toBe((await desk.get('cases.get', { caseId })).row.number)
    }
    expect(await front.get('review.decide', { kind: 'case_form', row: id, fields: ['state'], change: null })).toEqual({ left: 0 })
    await pass(front, back)
    expect(await back.get('review.list', {})).toEqual([])
    expect((await fileOf(back, id)).row.state).toBe((await fileOf(front, id)).row.state)
  })

  it('I3 H43 they are erased with their case, also what another PC wrote before it heard of it', async () => {
    const { front, back } = await twoDesks()
    const caseId = await addCase(front)
    const kept = await addCase(front)
    const id = await addCaseForm(front, caseId, 'counselling', { session_decisions: 'Zqxdecision' })
    const stays = await addCaseForm(front, kept, 'counselling', { session_decisions: 'reste' })
    await front.get('cases.keepDraft', { form: 'case-form', subject: id, texts: { session_note: 'Zqxbrouillon' } })
    await pass(front, back)
    const marked = ['Zqxdecision', 'Zqxbrouillon', 'Zqxapres']
    expect(await placesOf(front, marked)).not.toEqual([])
    const { row } = await front.get('cases.get', { caseId })
    // what would go is told before it goes
    expect(await front.get('erasure.preview', { caseId })).toMatchObject({ referrals: 0, forms: 1 })
    await front.get('erasure.erase', { caseId, ground: 'consent-withdrawn', caseNumber: row.number })
    expect(await placesOf(front, marked)).toEqual([])
    expect(await front.refusal('caseForms.get', { caseFormId: id })).toBe('not-found')
    // the other PC has not heard of it
    await save(back, id, { session_note: 'Zqxapres' })
    await addCaseForm(back, caseId, 'counselling', { session_decisions: 'Zqxapres' })
    await meetAgain(back, front)
    for (const desk of [front, back]) {
      expect(await placesOf(desk, marked)).toEqual([])
      expect((await desk.get('caseForms.list', { caseId: kept })).rows.map((r) => r.id)).toEqual([stays])
    }
  })

  it('an import that brought a case is not taken back once a form of it was begun here', async () => {
    const { front, back } = await twoDesks()
    const caseId = await addCase(front)
    const { importId } = await pass(front, back)
    await addCaseForm(back, caseId, 'counselling', {})
    expect(await back.refusal('sync.undoImport', { importId })).toBe('undo-too-late')
    expect((await back.get('caseForms.list', { caseId })).rows).toHaveLength(1)
  })
})

describe('forms of a case and other centres', () => {
  it('H8 they are handed to no other centre, whatever the person agreed to, and none are begun on a copy', async () => {
    const { mora, buea } = await openTwoCentres()
    const caseId = await addCase(mora)
    const id = await addCaseForm(mora, caseId, 'counselling', { session_decisions: 'Zqxdecision' })
    await mora.get('caseForms.save', { caseFormId: id, answers: { session_type: 'individual' } })
    await pass(mora, buea)
    const [copy] = (await buea.get('cases.list', { text: '', after: null, limit: 10 })).rows
    expect(copy?.receivedFrom).toBe('Mora')
    expect(await placesOf(buea, ['Zqxdecision', 'session_decisions', id])).toEqual([])
    expect(await buea.refusal('caseForms.create', { caseId: copy!.id, form: 'plan' })).toMatch(/read-only-copy|forbidden/)
    // and what comes back from there brings none
    await pass(buea, mora)
    expect((await mora.get('caseForms.list', { caseId })).rows).toHaveLength(1)
  })
})
