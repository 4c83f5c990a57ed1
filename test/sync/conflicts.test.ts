import { describe, expect, it } from 'vitest'
import { meet, pass, send, take } from '#test/support/exchange.ts'
import {
  addCase,
  addDirectory,
  addIssuedReferral,
  openTestCentre,
  openTwoCentres,
  type TestCentre,
} from '#test/support/open-test-centre.ts'

const everything = { text: '', sector: null, pcode: null, after: null, limit: 100 }

/** Two PCs of Mora, which share all its cases. */
async function twoDesks(): Promise<{ front: TestCentre; back: TestCentre }> {
  const front = await openTestCentre({ site: 'MOR', seed: 11 })
  const back = await openTestCentre({ site: 'MOR', seed: 12 })
  await meet(front, back)
  return { front, back }
}

const save = (desk: TestCentre, caseId: string, answers: Record<string, string>) =>
  desk.get('cases.saveAnswers', { caseId, answers })
const answersAt = async (desk: TestCentre, caseId: string) => (await desk.get('cases.get', { caseId })).answers

describe('changes made at the same time', () => {
  it('I8 of a sensitive field wait with both values, author, place and time; a decision is final at both', async () => {
    const { front, back } = await twoDesks()
    const id = await addCase(front)
    await pass(front, back)
    await save(front, id, { family_name: 'Abba' })
    await save(back, id, { family_name: 'Oumar' })
    await pass(front, back)
    await pass(back, front)
    for (const desk of [front, back]) {
      const [conflict, ...more] = await desk.get('review.list', {})
      expect(more).toEqual([])
      expect(conflict).toMatchObject({ kind: 'case', row: id, caseId: id, fields: ['a_family_name'] })
      expect(conflict!.candidates.map((c) => c.values['a_family_name']).toSorted()).toEqual(['Abba', 'Oumar'])
      expect(conflict!.candidates.map((c) => c.site)).toEqual(['Mora', 'Mora'])
    }
    const [conflict] = await back.get('review.list', {})
    const other = conflict!.candidates.find((c) => c.change !== null)!
    const chosen = other.values['a_family_name']
    expect(await back.get('review.decide', { kind: 'case', row: id, fields: ['a_family_name'], change: other.change })).toEqual({
      left: 0,
    })
    expect(await back.refusal('review.decide', { kind: 'case', row: id, fields: ['a_family_name'], change: null })).toBe(
      'not-found',
    )
    await pass(back, front)
    for (const desk of [front, back]) {
      expect((await answersAt(desk, id))['family_name']).toBe(chosen)
      expect(await desk.get('review.list', {})).toEqual([])
    }
    // the losing value stays in the history of the record
    const { entries } = await front.get('history.ofCase', { caseId: id, skip: 0, limit: 50 })
    const names = entries.flatMap((e) => e.changes.filter((c) => c.register === 'a_family_name').map((c) => [c.to, c.state]))
    expect(names).toContainEqual([chosen, 'shown'])
    expect(names.filter(([, state]) => state === 'shown')).toHaveLength(1)
    expect(names.map(([to]) => to)).toEqual(expect.arrayContaining(['Abba', 'Oumar', 'Ŋgono Ɓello']))
  })

  it('of another field merge by themselves; two additions to a list both stay', async () => {
    const { front, back } = await twoDesks()
    const id = await addCase(front)
    await pass(front, back)
    await front.get('cases.saveAnswers', { caseId: id, answers: { id_docs: ['birth', 'cni'] } })
    await back.get('cases.saveAnswers', { caseId: id, answers: { id_docs: ['birth', 'school'] } })
    await save(front, id, { return_intention: 'stay' })
    await save(back, id, { main_language: 'ful' })
    await pass(front, back)
    await pass(back, front)
    for (const desk of [front, back]) {
      expect(await desk.get('review.list', {})).toEqual([])
      const answers = await answersAt(desk, id)
      expect(answers['id_docs']).toEqual(['birth', 'cni', 'school'])
      expect([answers['return_intention'], answers['main_language']]).toEqual(['stay', 'ful'])
    }
  })
})

describe('the history of a record', () => {
  it('tells who changed what, from what to what, newest first, with the case’s referrals', async () => {
    const desk = await openTestCentre()
    await addDirectory(desk)
    const id = await addCase(desk)
    await save(desk, id, { family_name: 'Abba' })
    await addIssuedReferral(desk, id)
    const { entries, total } = await desk.get('history.ofCase', { caseId: id, skip: 0, limit: 50 })
    expect(total).toBe(entries.length)
    expect(entries.map((e) => e.at)).toEqual(
      entries
        .map((e) => e.at)
        .toSorted()
        .toReversed(),
    )
    expect(new Set(entries.map((e) => `${e.by} ${e.site}`))).toEqual(new Set(['Aminatou B. Mora']))
    const renamed = entries.find((e) => e.changes.some((c) => c.to === 'Abba'))!
    expect(renamed.changes).toContainEqual({ register: 'a_family_name', from: 'Ŋgono Ɓello', to: 'Abba', state: 'shown' })
    expect(entries.filter((e) => e.kind === 'referral').map((e) => e.changes.find((c) => c.register === 'status')?.to)).toEqual([
      'issued',
      'ready',
      'draft',
    ])
    expect(entries.at(-1)).toMatchObject({ kind: 'case', created: true })
    expect((await desk.get('history.ofCase', { caseId: id, skip: 1, limit: 1 })).entries).toEqual([entries[1]])
  })
})

describe('an import taken back', () => {
  it('H39 I9 leaves the desk as before it, and the same file can be taken in again', async () => {
    const { mora, buea } = await openTwoCentres()
    await addDirectory(mora)
    await addCase(mora)
    await pass(mora, buea)
    const shown = async () =>
      JSON.stringify([
        await buea.get('cases.list', { text: '', after: null, limit: 50 }),
        await buea.get('directory.search', everything),
      ])
    const before = await shown()
    await addCase(mora, { identity: { given_names: 'Hadidja' } })
    const file = await send(mora, buea)
    const receipt = await take(buea, file)
    expect(await shown()).not.toBe(before)
    expect(await buea.get('sync.undoImport', { importId: receipt.importId })).toEqual({ changes: expect.any(Number) as number })
    expect(await shown()).toBe(before)
    expect((await buea.get('sync.files', { limit: 1 }))[0]).toMatchObject({ outcome: 'undone', undoable: false })
    expect(await buea.refusal('sync.undoImport', { importId: receipt.importId })).toBe('not-found')
    await take(buea, file)
    expect((await buea.get('cases.list', { text: '', after: null, limit: 50 })).rows).toHaveLength(2)
    // what they said to hold is corrected with the next file
    await pass(buea, mora)
    expect((await buea.get('sync.files', { limit: 10 })).map((f) => f.outcome)).toEqual(['done', 'done', 'undone', 'done'])
  })

  it('H39 I9 is refused once one of its fields was changed, a later file joined on, or something refers to it; nothing is changed', async () => {
    const { front, back } = await twoDesks()
    await addDirectory(front)
    const id = await addCase(front)
    const first = await pass(front, back)
    await save(front, id, { main_language: 'ful' })
    const second = await pass(front, back)
    expect(await back.refusal('sync.undoImport', { importId: first.importId })).toBe('undo-too-late')
    await save(back, id, { main_language: 'hau' })
    expect(await back.refusal('sync.undoImport', { importId: second.importId })).toBe('undo-too-late')
    expect((await answersAt(back, id))['main_language']).toBe('hau')
    const other = await openTestCentre({ site: 'MOR', seed: 13 })
    await meet(front, other)
    const whole = await pass(front, other)
    await addIssuedReferral(other, await addCase(other))
    expect(await other.refusal('sync.undoImport', { importId: whole.importId })).toBe('undo-too-late')
  })
})
