import { describe, expect, it } from 'vitest'
import { meet, pass } from '#test/support/exchange.ts'
import { openDatabaseCopy } from '#test/support/database-dump.ts'
import { addCase, openTestCentre, openTwoCentres, type TestCentre } from '#test/support/open-test-centre.ts'

/** Two PCs of Mora that both hold two cases which may be one person's. */
async function twoDesks(): Promise<{ front: TestCentre; back: TestCentre; pair: { caseId: string; otherId: string } }> {
  const front = await openTestCentre({ site: 'MOR', seed: 11 })
  const back = await openTestCentre({ site: 'MOR', seed: 12 })
  await meet(front, back)
  const pair = {
    caseId: await addCase(front),
    otherId: await addCase(front, { identity: { given_names: 'Aichatou', phone: '+237600000077' } }),
  }
  await pass(front, back)
  return { front, back, pair }
}
const bothWays = async (one: TestCentre, other: TestCentre) => {
  await pass(one, other)
  await pass(other, one)
}
const verdict = async (desk: TestCentre, pair: { caseId: string; otherId: string }) => {
  const { identity } = await desk.get('people.decisions', pair)
  return identity && [identity.verdict, identity.waits]
}
const linksAt = async (desk: TestCentre) => {
  const db = await openDatabaseCopy(desk)
  try {
    return db.prepare('SELECT id, about, verdict, leading, relation FROM case_link ORDER BY id').all()
  } finally {
    db.close()
  }
}

describe('decisions about two cases at two PCs of a centre', () => {
  it('H40 I8 that contradict each other wait for a person at both, and one choice ends it everywhere', async () => {
    const { front, back, pair } = await twoDesks()
    await front.get('people.decide', {
      ...pair,
      decision: { kind: 'same', leading: pair.caseId, take: [] },
      reason: 'même acte',
    })
    await back.get('people.decide', { ...pair, decision: { kind: 'different' }, reason: 'deux sœurs' })
    await bothWays(front, back)
    for (const desk of [front, back]) {
      expect((await verdict(desk, pair))?.[1]).toBe(true)
      const [conflict, ...more] = await desk.get('review.list', {})
      expect(more).toEqual([])
      expect(conflict).toMatchObject({ kind: 'case_link', fields: ['verdict'] })
      expect(conflict?.title).toContain('MOR-26-000001-25')
      expect(conflict?.candidates.map((c) => c.values['verdict']).toSorted()).toEqual(['different', 'same'])
    }
    // while two people disagree, whoever fills the card in is still shown the other case
    expect((await front.get('people.similar', { caseId: pair.caseId })).rows.map((r) => r.id)).toEqual([pair.otherId])
    await back.get('people.decide', { ...pair, decision: { kind: 'different' }, reason: 'deux sœurs' })
    await bothWays(back, front)
    for (const desk of [front, back]) {
      expect(await verdict(desk, pair)).toEqual(['different', false])
      expect(await desk.get('review.list', {})).toEqual([])
    }
    expect(await linksAt(front)).toEqual(await linksAt(back))
  })

  it('H40 that agree are one decision, in the reading order of either', async () => {
    const { front, back, pair } = await twoDesks()
    for (const desk of [front, back])
      await desk.get('people.decide', {
        ...pair,
        decision: { kind: 'household', relation: 'sibling' },
        reason: '',
      })
    await bothWays(front, back)
    for (const desk of [front, back]) {
      expect(await desk.get('review.list', {})).toEqual([])
      expect(await verdict(desk, pair)).toEqual(['different', false])
      const { household } = await desk.get('people.linked', { caseId: pair.caseId })
      expect(household.map((l) => [l.row.id, l.decision.relation])).toEqual([[pair.otherId, 'sibling']])
    }
    expect(await linksAt(front)).toHaveLength(2)
    expect(await linksAt(front)).toEqual(await linksAt(back))
  })

  it('goes with a case that was erased at the other one meanwhile', async () => {
    const { front, back, pair } = await twoDesks()
    const { row } = await front.get('cases.get', { caseId: pair.otherId })
    await front.get('erasure.erase', { caseId: pair.otherId, ground: 'right-to-erasure', caseNumber: row.number })
    await back.get('people.addToHousehold', { ...pair, relation: 'child' })
    await bothWays(back, front)
    for (const desk of [front, back]) {
      expect(await linksAt(desk)).toEqual([])
      expect(await desk.get('people.linked', { caseId: pair.caseId })).toEqual({ same: [], household: [] })
    }
  })
})

describe('a link with a case that another centre handed over', () => {
  it('H40 stays at this centre, keeps the copy as it is, and goes when the giver erases the person', async () => {
    const { mora, buea } = await openTwoCentres()
    const given = await addCase(mora)
    await pass(mora, buea)
    const own = await addCase(buea, { identity: { given_names: 'Aichatou' } })
    const { rows } = await buea.get('cases.list', { text: '', after: null, limit: 10 })
    const copy = rows.find((r) => r.receivedFrom !== null)!.id
    const decide = (leading: string) =>
      buea.refusal('people.decide', {
        caseId: own,
        otherId: copy,
        decision: { kind: 'same', leading, take: ['given_names'] },
        reason: '',
      })
    // a copy is carried on where it came from
    expect(await decide(copy)).toBe('bad-input')
    expect(await decide(own)).toBe('accepted')
    expect((await buea.get('cases.get', { caseId: own })).answers['given_names']).toBe('Aïssatou')
    await pass(buea, mora)
    expect(await linksAt(mora)).toEqual([])
    const { row } = await mora.get('cases.get', { caseId: given })
    await mora.get('erasure.erase', { caseId: given, ground: 'right-to-erasure', caseNumber: row.number })
    await pass(mora, buea)
    expect(await linksAt(buea)).toEqual([])
    expect(await buea.get('people.linked', { caseId: own })).toEqual({ same: [], household: [] })
  })
})
