import { describe, expect, it } from 'vitest'
import type { Answers } from '#shared/forms/form-definition.ts'
import type { FormPack } from '#shared/forms/form-pack.ts'
import { deskOfTen } from '#test/support/desk-of-ten.ts'
import { meet, send, take } from '#test/support/exchange.ts'
import { repositoryShipped } from '#test/support/fake-ports.ts'
import { addCase, fullConsent, openTestCentre, type TestCentre } from '#test/support/open-test-centre.ts'
import { revealAll, signInAs } from '#test/support/test-users.ts'

/** One skill, as the page sends it. */
const skill = (key: string, what: string): Answers => ({
  [`skills[${key}]`]: 'here',
  [`skills[${key}].skills_skill`]: what,
  [`skills[${key}].skills_level`]: 'practised',
})
const save = (desk: TestCentre, caseId: string, answers: Answers) => desk.get('cases.saveAnswers', { caseId, answers })
const answersOf = async (desk: TestCentre, caseId: string) => (await desk.get('cases.get', { caseId })).answers
const refused = async (desk: TestCentre, caseId: string, answers: Answers) => {
  const result = await desk.ask('cases.saveAnswers', { caseId, answers })
  return result.ok ? 'accepted' : (result.error.details?.['problem'] ?? result.error.code)
}

/** What ships, with another profile in it. */
function shippedWith(change: (pack: FormPack) => FormPack): typeof repositoryShipped {
  return {
    ...repositoryShipped,
    text: (name) =>
      name === 'forms/profile.json'
        ? JSON.stringify(change(JSON.parse(repositoryShipped.text(name)) as FormPack))
        : repositoryShipped.text(name),
  }
}

describe('the whole profile', () => {
  it('answers of every tier and of repeats are stored under their path, and scores are worked out', async () => {
    const desk = await openTestCentre()
    const id = await addCase(desk)
    const { file } = await save(desk, id, {
      household_size: 5,
      wg_seeing: '3',
      land_access: 'own',
      land_ha: 2.5,
      rcsi_less_preferred: 1,
      rcsi_borrow: 1,
      rcsi_portion: 1,
      rcsi_adults: 1,
      rcsi_meals: 1,
      ...skill('k1', 'couture'),
      'needs[n1]': 'here',
      'needs[n1].need_domain': 'tvet',
    })
    expect(file.answers).toMatchObject({
      household_size: 5,
      land_ha: 2.5,
      wg_disability: 'yes',
      rcsi_score: 8,
      'skills[k1].skills_skill': 'couture',
      'needs[n1].need_domain': 'tvet',
    })
    const { entries } = await desk.get('history.ofCase', { caseId: id, skip: 0, limit: 1 })
    expect(entries[0]?.changes.map((c) => c.register)).toContain('a_skills[k1].skills_level')
  })

  it('what does not fit is refused with its path, and nothing of the call is stored', async () => {
    const desk = await openTestCentre()
    const id = await addCase(desk)
    const before = await answersOf(desk, id)
    const cases: readonly (readonly [Answers, string])[] = [
      [{ household_size: 99 }, 'constraint'],
      [{ household_size: 2.5 }, 'type'],
      [{ education_system: 'none_such' }, 'choice'],
      [{ 'skills[k1].skills_skill': 'couture' }, 'not-a-question'],
      [{ ...skill('k1', 'couture'), 'skills[k1].skills_level': 'genius' }, 'choice'],
      [{ 'skills[k1]': 'perhaps' }, 'type'],
      [{ 'family_name[k1]': 'here' }, 'not-a-question'],
      [{ rcsi_score: 3 }, 'not-a-question'],
      [{ caseworker_id: 'somebody' }, 'not-a-question'],
      [{ consent_withdrawal_scope: ['all'] }, 'not-a-question'],
      [{ requests_open: ['aaaaaaaa'] }, 'not-a-question'],
      [{ close_date: '2026-11-24' }, 'not-a-question'],
    ]
    for (const [given, problem] of cases) {
      expect(`${JSON.stringify(given)} ${await refused(desk, id, { sex: 'M', ...given })}`).toBe(
        `${JSON.stringify(given)} ${problem}`,
      )
    }
    expect(await answersOf(desk, id)).toEqual(before)
  })

  it('H1 nothing of any section about the person is stored, kept as a draft or worked out before consent', async () => {
    const desk = await openTestCentre()
    const { id } = await desk.get('cases.create', { consent: fullConsent })
    await save(desk, id, { consent_status: 'refused' })
    const personal: readonly Answers[] = [
      { household_size: 5 },
      { can_read_write: 'yes' },
      { work_status: 'none' },
      { shelter_condition: 'none' },
      { accept_family: '3' },
      { 'needs[n1]': 'here', 'needs[n1].need_domain': 'tvet' },
    ]
    for (const given of personal) {
      expect(`${JSON.stringify(given)} ${await refused(desk, id, given)}`).toMatch(/ consent-missing$/)
      for (const field of Object.keys(given)) {
        const draft = { form: 'quick-card', subject: id, texts: { [field]: 'x' } } as const
        expect(await desk.refusal('cases.keepDraft', draft)).toBe('consent-missing')
      }
    }
    await save(desk, id, { interpreter_used: 'no' })
    expect(Object.keys(await answersOf(desk, id)).filter((q) => q.startsWith('vulnerability'))).toEqual([])
  })

  it('an instance that is removed keeps its answers, and comes back whole', async () => {
    const desk = await openTestCentre()
    const id = await addCase(desk)
    await save(desk, id, skill('k1', 'couture'))
    await save(desk, id, { 'skills[k1]': 'removed' })
    expect(await answersOf(desk, id)).toMatchObject({ 'skills[k1]': 'removed', 'skills[k1].skills_skill': 'couture' })
    expect(await refused(desk, id, { 'skills[k1].skills_skill': 'pêche' })).toBe('not-a-question')
    await save(desk, id, { 'skills[k1]': 'here' })
    expect(await answersOf(desk, id)).toMatchObject(skill('k1', 'couture'))
  })

  it('two PCs each add a skill: both are there after an exchange', async () => {
    const first = await openTestCentre({ site: 'MOR', seed: 31 })
    const second = await openTestCentre({ site: 'MOR', seed: 32 })
    await meet(first, second)
    const id = await addCase(first)
    await take(second, await send(first, second))
    await save(first, id, skill('k1', 'couture'))
    await save(second, id, skill('k2', 'pêche'))
    await take(second, await send(first, second))
    await take(first, await send(second, first))
    expect(await answersOf(first, id)).toMatchObject({ ...skill('k1', 'couture'), ...skill('k2', 'pêche') })
    expect(await answersOf(second, id)).toEqual(await answersOf(first, id))
  })

  it('a record takes so many lines and no more: the one too many is refused, and the journal goes on', async () => {
    const desk = await openTestCentre()
    const id = await addCase(desk)
    const rows = (from: number, to: number) =>
      Object.assign({}, ...Array.from({ length: to - from }, (_, i) => skill(`k${from + i}`, 'couture'))) as Answers
    await save(desk, id, rows(100, 250))
    expect(await refused(desk, id, rows(250, 300))).toBe('too-many')
    expect(await refused(desk, id, { 'skills[k100].skills_level': 'basic' })).toBe('accepted')
  })

  it('U16 a removed question and a retired choice stay stored, and a list goes on taking other choices beside a retired one', async () => {
    const desk = await openTestCentre()
    const id = await addCase(desk)
    await save(desk, id, { household_size: 5, diplomas: ['cep', 'bac'], work_status: 'none', ...skill('k1', 'couture') })
    const later = await desk.restart({
      shipped: shippedWith((pack) => ({
        ...pack,
        version: '2',
        survey: pack.survey.filter((r) => r.name !== 'household_size' && r.name !== 'skills_level'),
        choices: {
          ...pack.choices,
          diplomas: (pack.choices['diplomas'] ?? []).filter((c) => c.name !== 'cep'),
          work_status: (pack.choices['work_status'] ?? []).filter((c) => c.name !== 'none'),
        },
      })),
    })
    await later.get('security.unlock', { login: 'aminatou', password: 'le-mil-pousse-vite' })
    const kept = { household_size: 5, work_status: 'none', 'skills[k1].skills_level': 'practised' }
    expect((await save(later, id, { given_names: 'Ama', diplomas: ['cep', 'bac', 'bepc'] })).file.answers).toMatchObject({
      ...kept,
      diplomas: ['bac', 'bepc', 'cep'],
    })
    expect(await refused(later, id, { diplomas: ['bac', 'never'] })).toBe('choice')
    expect(await refused(later, id, { household_size: 6 })).toBe('not-a-question')
    expect(await answersOf(later, id)).toMatchObject(kept)
  })

  it('E.1 who may not read a confidential answer gets it neither in the profile nor in its history', async () => {
    const { desk, child } = await deskOfTen()
    await signInAs(desk, 'cpf')
    await save(desk, child, { health_conditions: ['chronic'], feels_safe: '2', household_size: 5, 'other_ids[k1]': 'here' })
    const seen = async () => {
      const answers = Object.keys(await answersOf(desk, child))
      const { entries } = await desk.get('history.ofCase', { caseId: child, skip: 0, limit: 50 })
      const changed = entries.flatMap((e) => e.changes.map((c) => c.register.slice(2).split('/')[0] ?? ''))
      return ['health_conditions', 'feels_safe', 'family_name', 'other_ids[k1]', 'household_size'].filter((q) => {
        expect(`${q} ${changed.includes(q)}`).toBe(`${q} ${answers.includes(q)}`)
        return answers.includes(q)
      })
    }
    expect(await seen()).toEqual(['health_conditions', 'feels_safe', 'family_name', 'other_ids[k1]', 'household_size'])
    await signInAs(desk, 'coo')
    await revealAll(desk)
    // a coordinator who says why sees who it is, and never what is confidential
    expect(await seen()).toEqual(['family_name', 'other_ids[k1]', 'household_size'])
  })
})
