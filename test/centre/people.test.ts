import { describe, expect, it } from 'vitest'
import { maskedText } from '#shared/screen/contract.ts'
import { openDatabaseCopy } from '#test/support/database-dump.ts'
import { addCase, openTestCentre, testPassword, type TestCentre } from '#test/support/open-test-centre.ts'
import { addUser, revealAll, signInAs } from '#test/support/test-users.ts'

const person = (family_name: string, given_names: string, more = {}) => ({
  identity: { family_name, given_names, usual_name: '', ...more },
})
const list = { text: '', after: null, limit: 10 } as const
const answersOf = async (desk: TestCentre, caseId: string) => (await desk.get('cases.get', { caseId })).answers
const linked = async (desk: TestCentre, caseId: string) => {
  const { same, household } = await desk.get('people.linked', { caseId })
  return { same: same.map((l) => l.row.name), household: household.map((l) => [l.row.name, l.decision.relation]) }
}

/** A desk with two cases that may be one person's, both shown to the supervisor. */
async function twoAlike(): Promise<{ desk: TestCentre; first: string; second: string }> {
  const desk = await openTestCentre({ roles: ['SUP', 'CW', 'DIR'] })
  const first = await addCase(desk, person('Oumarou', 'Aïssatou', { phone: '+237600000042', id_docs: ['birth'] }))
  const second = await addCase(desk, person('Umaru', 'Aichatou', { phone: '+237600000077', id_docs: ['cni', 'birth'] }))
  return { desk, first, second }
}

describe('two cases of one person', () => {
  it('H40 stay two: the one that is carried on takes the answers that a person chose, and undoing puts both back exactly', async () => {
    const { desk, first, second } = await twoAlike()
    const before = [await answersOf(desk, first), await answersOf(desk, second)]
    await desk.get('people.decide', {
      caseId: second,
      otherId: first,
      decision: { kind: 'same', leading: first, take: ['phone', 'id_docs', 'given_names'] },
      reason: 'même acte de naissance',
    })
    expect(await answersOf(desk, second)).toEqual(before[1])
    expect(await answersOf(desk, first)).toEqual({
      ...before[0],
      phone: '+237600000077',
      given_names: 'Aichatou',
      id_docs: ['birth', 'cni'],
    })
    expect((await desk.get('cases.list', list)).total).toBe(2)
    for (const [caseId, otherId] of [
      [first, second],
      [second, first],
    ] as const) {
      const { same } = await desk.get('people.linked', { caseId })
      expect(same).toMatchObject([{ row: { id: otherId, opens: true }, decision: { verdict: 'same', leading: first } }])
      expect(same[0]?.decision).toMatchObject({ by: 'Aminatou B.', site: 'Mora', reason: 'même acte de naissance', waits: false })
    }
    await desk.get('people.undo', { caseId: first, otherId: second })
    expect([await answersOf(desk, first), await answersOf(desk, second)]).toEqual(before)
    expect(await linked(desk, first)).toEqual({ same: [], household: [] })
    expect(await desk.refusal('people.undo', { caseId: first, otherId: second })).toBe('not-found')
    // the history of the case that was carried on keeps every answer
    const { entries } = await desk.get('history.ofCase', { caseId: first, skip: 0, limit: 50 })
    const names = entries.flatMap((e) => e.changes.filter((c) => c.register === 'a_given_names').map((c) => c.to))
    expect(names).toEqual(['Aïssatou', 'Aichatou', 'Aïssatou'])
  })

  it('H40 what was changed since is not put back over', async () => {
    const { desk, first, second } = await twoAlike()
    await desk.get('people.decide', {
      caseId: first,
      otherId: second,
      decision: { kind: 'same', leading: first, take: ['phone', 'given_names'] },
      reason: '',
    })
    await desk.get('cases.saveAnswers', { caseId: first, answers: { given_names: 'Aïcha' } })
    await desk.get('people.decide', { caseId: first, otherId: second, decision: { kind: 'different' }, reason: '' })
    expect(await answersOf(desk, first)).toMatchObject({ given_names: 'Aïcha', phone: '+237600000042' })
    const { identity, household } = await desk.get('people.decisions', { caseId: second, otherId: first })
    expect([identity?.verdict, identity?.leading, household]).toEqual(['different', null, null])
  })

  it('H40 consent is never taken over, nor what the form does not ask', async () => {
    const { desk, first, second } = await twoAlike()
    const take = (question: string) =>
      desk.refusal('people.decide', {
        caseId: first,
        otherId: second,
        decision: { kind: 'same', leading: first, take: [question] },
        reason: '',
      })
    for (const question of ['consent_status', 'consent_other_centre', 'retention_until', 'is_minor', '__proto__'])
      expect([question, await take(question)]).toEqual([question, 'bad-input'])
    expect(await take('given_names')).toBe('accepted')
  })

  it('H40 nobody decides about hidden people, or about one case alone; a counsellor does not decide at all', async () => {
    const { desk, first, second } = await twoAlike()
    const decide = (caseId: string, otherId: string) =>
      desk.refusal('people.decide', { caseId, otherId, decision: { kind: 'different' }, reason: '' })
    expect(await decide(first, first)).toBe('bad-input')
    await addUser(desk, 'zara', ['SUP'])
    await addUser(desk, 'paul', ['CW'])
    await signInAs(desk, 'zara')
    expect(await decide(first, second)).toBe('not-found')
    await desk.get('screen.reveal', { caseId: first, reason: 'supervision', note: '' })
    expect(await decide(first, second)).toBe('not-found')
    await desk.get('screen.reveal', { caseId: second, reason: 'supervision', note: '' })
    expect(await decide(first, second)).toBe('accepted')
    await signInAs(desk, 'paul')
    expect(await decide(first, second)).toBe('forbidden')
  })

  it('H40 of whom it was decided, nobody is asked again while a card is filled in', async () => {
    const { desk, first, second } = await twoAlike()
    const alike = async () => (await desk.get('people.similar', { caseId: first })).rows.map((r) => r.id)
    expect(await alike()).toEqual([second])
    await desk.get('people.decide', { caseId: first, otherId: second, decision: { kind: 'different' }, reason: '' })
    expect(await alike()).toEqual([])
    await desk.get('people.undo', { caseId: first, otherId: second })
    expect(await alike()).toEqual([second])
  })
})

describe('a household', () => {
  it('is seen from both cases, each in its own words, and taken back', async () => {
    const { desk, first, second } = await twoAlike()
    await desk.get('people.addToHousehold', { caseId: first, otherId: second, relation: 'child' })
    expect(await linked(desk, first)).toEqual({ same: [], household: [['Umaru Aichatou', 'child']] })
    expect(await linked(desk, second)).toEqual({ same: [], household: [['Oumarou Aïssatou', 'parent']] })
    await desk.get('people.addToHousehold', { caseId: second, otherId: first, relation: 'guardian' })
    expect((await linked(desk, first)).household).toEqual([['Umaru Aichatou', 'ward']])
    await desk.get('people.removeFromHousehold', { caseId: second, otherId: first })
    expect((await linked(desk, first)).household).toEqual([])
    expect(await desk.refusal('people.removeFromHousehold', { caseId: second, otherId: first })).toBe('not-found')
  })

  it('and one person exclude each other', async () => {
    const { desk, first, second } = await twoAlike()
    await desk.get('people.addToHousehold', { caseId: first, otherId: second, relation: 'sibling' })
    await desk.get('people.decide', {
      caseId: first,
      otherId: second,
      decision: { kind: 'same', leading: first, take: [] },
      reason: '',
    })
    expect(await linked(desk, first)).toEqual({ same: ['Umaru Aichatou'], household: [] })
    expect(await desk.refusal('people.addToHousehold', { caseId: first, otherId: second, relation: 'sibling' })).toBe('bad-input')
    await desk.get('people.decide', {
      caseId: first,
      otherId: second,
      decision: { kind: 'household', relation: 'sibling' },
      reason: '',
    })
    expect(await linked(desk, first)).toEqual({ same: [], household: [['Umaru Aichatou', 'sibling']] })
  })

  it('H40 S20 a link shows nobody a case that they may not open', async () => {
    const { desk, first, second } = await twoAlike()
    await addUser(desk, 'zara', ['CW'])
    await signInAs(desk, 'zara')
    const own = await addCase(desk, person('Bello', 'Hawa'))
    expect(await desk.refusal('people.addToHousehold', { caseId: own, otherId: first, relation: 'child' })).toBe('not-found')
    await desk.get('security.unlock', { login: 'aminatou', password: testPassword })
    await desk.get('screen.reveal', { caseId: own, reason: 'supervision', note: '' })
    await desk.get('people.addToHousehold', { caseId: own, otherId: first, relation: 'child' })
    await desk.get('people.decide', {
      caseId: own,
      otherId: second,
      decision: { kind: 'same', leading: second, take: [] },
      reason: 'Hawa le dit',
    })
    await signInAs(desk, 'zara')
    const { same, household } = await desk.get('people.linked', { caseId: own })
    expect(household).toEqual([])
    // that the person has another case is needed by whoever goes on with this one: number and initials
    expect(same).toMatchObject([
      { row: { opens: false, name: 'U. A.', sex: '', ageYears: null }, decision: { reason: maskedText } },
    ])
    expect(await desk.refusal('people.linked', { caseId: first })).toBe('not-found')
  })
})

describe('what was decided about two cases', () => {
  it('H33 stands in the register of both', async () => {
    const { desk, first, second } = await twoAlike()
    await desk.get('people.decide', { caseId: first, otherId: second, decision: { kind: 'different' }, reason: '' })
    await desk.get('people.addToHousehold', { caseId: first, otherId: second, relation: 'child' })
    for (const caseId of [first, second]) {
      const { entries } = await desk.get('audit.list', { caseId, day: null, user: null, kind: null, before: null, limit: 50 })
      const decided = entries.filter((e) => e.object.kind === 'pair')
      expect(decided.map((e) => e.action)).toEqual(['people.addToHousehold', 'people.different'])
      expect(decided[0]?.object.label.split(', ').toSorted()).toEqual(['MOR-26-000001-25', 'MOR-26-000002-22'])
    }
  })

  it('is gone with either case, in the row and in the journal', async () => {
    const { desk, first, second } = await twoAlike()
    await revealAll(desk)
    const reason = 'acte retrouvé'
    await desk.get('people.decide', {
      caseId: first,
      otherId: second,
      decision: { kind: 'same', leading: first, take: ['given_names'] },
      reason,
    })
    await desk.get('people.addToHousehold', { caseId: first, otherId: await addCase(desk), relation: 'child' })
    const { row } = await desk.get('cases.get', { caseId: second })
    await desk.get('erasure.erase', { caseId: second, ground: 'right-to-erasure', caseNumber: row.number })
    expect(await linked(desk, first)).toMatchObject({ same: [], household: [['Ŋgono Ɓello Aïssatou', 'child']] })
    const db = await openDatabaseCopy(desk)
    try {
      expect(db.prepare('SELECT verdict FROM case_link').all()).toEqual([{ verdict: 'together' }])
      const told = db.prepare("SELECT count(*) AS n FROM journal WHERE payload LIKE '%' || ? || '%'").get(reason)
      expect(told).toEqual({ n: 0 })
    } finally {
      db.close()
    }
  })
})
