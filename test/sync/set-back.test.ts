import { describe, expect, it } from 'vitest'
import { look, meet, pass, send, trust } from '#test/support/exchange.ts'
import { diskOf, setBack } from '#test/support/set-back.ts'
import { addCase, addDirectory, openTestCentre, openTwoCentres, type TestCentre } from '#test/support/open-test-centre.ts'

const list = { text: '', after: null, limit: 50 }
const namesAt = async (desk: TestCentre) => (await desk.get('cases.list', list)).rows.map((r) => r.name).toSorted()
const named = (name: string) => ({ identity: { family_name: name, given_names: 'A' } })
/** Files go round until nobody has anything to say; a file that is refused is read past. */
async function goRound(desks: readonly TestCentre[], rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1)
    for (const from of desks)
      for (const to of desks) {
        if (from === to) continue
        const preview = await to.ask('sync.preview', { file: to.token(await send(from, to)), job: 'p' })
        if (preview.ok) await to.get('sync.import', { previewId: preview.value.previewId, job: 'i' })
        else expect(['sync-older-than-yours', 'sync-missing-earlier']).toContain(preview.error.code)
      }
}

const everything = { text: '', sector: null, pcode: null, after: null, limit: 100 }
async function verify(desk: TestCentre, at: number): Promise<void> {
  const { rows } = await desk.get('directory.search', everything)
  const id = rows.map((r) => r.id).toSorted()[at]!
  await desk.get('directory.verify', { serviceId: id, how: 'phone' })
}
const verified = async (desk: TestCentre) =>
  (await desk.get('directory.search', everything)).rows.filter((r) => r.verifiedOn === '2026-11-24').length

describe('a whole disk that was set back', () => {
  it('I2 both histories are taken in everywhere, and the desk goes on under a new name', async () => {
    const { mora, buea } = await openTwoCentres()
    await addCase(mora, named('Kept'))
    const { desk, disk } = await diskOf(mora)
    await addCase(desk, named('First'))
    await pass(desk, buea)
    const back = await setBack(desk, disk)
    await addCase(back, named('Second'))
    await addCase(back, named('Third'))
    await goRound([back, buea], 4)
    for (const at of [back, buea]) {
      expect(await namesAt(at)).toEqual(['First A', 'Kept A', 'Second A', 'Third A'])
      expect(await at.get('review.list', {})).toEqual([])
      for (const centre of (await at.get('sync.centres', {})).centres) expect(centre.twoHistories).toBe(0)
    }
    expect((await back.get('sync.centres', {})).renewed?.reason).toBe('fork')
  })

  it('I2 what both histories say of one person waits for a choice at whoever holds both', async () => {
    const { mora, buea } = await openTwoCentres()
    const caseId = await addCase(mora, named('Kept'))
    await pass(mora, buea)
    const { desk, disk } = await diskOf(mora)
    await desk.get('cases.saveAnswers', { caseId, answers: { phone: '+237699000001' } })
    await pass(desk, buea)
    const back = await setBack(desk, disk)
    await back.get('cases.saveAnswers', { caseId, answers: { phone: '+237699000002' } })
    expect(await pass(back, buea)).toMatchObject({ twoHistories: true, toReview: 1 })
    const [conflict] = await buea.get('review.list', {})
    expect(JSON.stringify(conflict)).toMatch(/699000001.*699000002|699000002.*699000001/)
  })

  it('I1 I2 two centres that each hold another history hold both, and the same, once the files went round', async () => {
    const mora = await openTestCentre({ site: 'MOR', seed: 11 })
    const buea = await openTestCentre({ site: 'BUE', seed: 22, roles: ['SUP', 'COO', 'CW', 'DIR'] })
    const bamenda = await openTestCentre({ site: 'BDA', seed: 33, roles: ['SUP', 'COO', 'CW', 'DIR'] })
    await meet(mora, buea, bamenda)
    await addDirectory(mora)
    const { desk, disk } = await diskOf(mora)
    await verify(desk, 0)
    await verify(desk, 1)
    await pass(desk, buea)
    const back = await setBack(desk, disk)
    await verify(back, 2)
    await verify(back, 3)
    await pass(back, bamenda)
    // neither of them hears of it from the desk itself
    await goRound([buea, bamenda], 4)
    for (const at of [buea, bamenda]) expect(await verified(at)).toBe(4)
    await goRound([back, buea, bamenda], 3)
    for (const at of [back, buea, bamenda]) {
      expect(await verified(at)).toBe(4)
      for (const centre of (await at.get('sync.centres', {})).centres) expect(centre.twoHistories).toBe(0)
    }
  })

  it('I1 E05 a key that the others learned since, and it has lost, is replaced: they hear of its former one in its next file', async () => {
    const { mora, buea } = await openTwoCentres()
    await addCase(mora, named('Kept'))
    await pass(mora, buea)
    const { desk, disk } = await diskOf(mora)
    desk.ports.clock.advance(1000)
    await desk.get('roster.renewOwnKey', {})
    await pass(desk, buea)
    await addCase(buea, named('Theirs'))
    const back = await setBack(desk, disk)
    expect(await back.refusal('sync.preview', { file: back.token(await send(buea, back)), job: 'p' })).toBe('sync-not-for-you')
    // nothing in it is new, and its number was used already
    expect(await buea.refusal('sync.preview', { file: buea.token(await send(back, buea)), job: 'p' })).toBe(
      'sync-older-than-yours',
    )
    // from here on it opens what is sealed for it; what it lost comes back with the word of the lost key, and a new one is made above it
    await goRound([buea, back], 3)
    for (const at of [back, buea]) expect(await namesAt(at)).toEqual(['Kept A', 'Theirs A'])
    expect((await pass(buea, back)).toFormerKey).toBe(false)
    const { device, words } = await back.get('sync.ownCard', {})
    const { devices } = await buea.get('roster.status', {})
    expect(devices.find((d) => d.card.device === device)?.card.words).toEqual(words)
  })

  it('I1 E09 set back to before it knew a computer, it says so and of which centre its file says it is; its card, read again, is enough', async () => {
    const { mora, buea } = await openTwoCentres()
    const { desk, disk } = await diskOf(mora)
    const newcomer = await openTestCentre({ site: 'BUE', seed: 77 })
    await meet(desk, newcomer)
    const back = await setBack(desk, disk)
    await addCase(back, named('Back'))
    await addCase(newcomer, named('Theirs'))
    // sealed for the computers of Buéa that it knows
    const file = await send(back, buea)
    expect(await newcomer.refusal('sync.preview', { file: newcomer.token(file), job: 'p' })).toBe('sync-not-for-you')
    const theirs = await send(newcomer, back)
    expect(await back.ask('sync.preview', { file: back.token(theirs), job: 'p' })).toEqual({
      ok: false,
      error: { code: 'sync-unknown-sender', details: { site: 'Buéa' } },
    })
    await trust(back, newcomer)
    await pass(newcomer, back)
    await pass(back, newcomer)
    for (const at of [back, newcomer]) expect(await namesAt(at)).toEqual(['Back A', 'Theirs A'])
  })

  it('I1 E05 when it has lost its key with the card, neither opens the other’s file until both cards were compared again', async () => {
    const { mora, buea } = await openTwoCentres()
    const { desk, disk } = await diskOf(mora)
    desk.ports.clock.advance(1000)
    await desk.get('roster.renewOwnKey', {})
    const newcomer = await openTestCentre({ site: 'BUE', seed: 77 })
    await meet(desk, newcomer)
    const back = await setBack(desk, disk)
    await addCase(back, named('Back'))
    await addCase(newcomer, named('Theirs'))
    const closedAt = async (at: TestCentre, file: string) => at.refusal('sync.preview', { file: at.token(file), job: 'p' })
    for (let i = 0; i < 2; i += 1) {
      expect(await closedAt(newcomer, await send(back, buea))).toBe('sync-not-for-you')
      expect(await closedAt(back, await send(newcomer, back))).toBe('sync-not-for-you')
    }
    await meet(back, newcomer)
    await pass(newcomer, back)
    await pass(back, newcomer)
    for (const at of [back, newcomer]) expect(await namesAt(at)).toEqual(['Back A', 'Theirs A'])
  })

  it('I1 what it had taken in and lost comes again at once, however many files it had sent since', async () => {
    const { mora, buea } = await openTwoCentres()
    await addCase(mora, named('Kept'))
    await pass(mora, buea)
    const { desk, disk } = await diskOf(mora)
    await addCase(buea, named('Theirs'))
    await pass(buea, desk)
    for (let i = 0; i < 9; i += 1) await pass(desk, buea)
    const back = await setBack(desk, disk)
    // refused, but it tells how far Buéa heard of this desk; the next file of the desk is the newest again, and says what it lacks
    expect(await back.refusal('sync.preview', { file: back.token(await send(buea, back)), job: 'p' })).toBe(
      'sync-missing-earlier',
    )
    await pass(back, buea)
    await pass(buea, back)
    for (const at of [back, buea]) expect(await namesAt(at)).toEqual(['Kept A', 'Theirs A'])
  })

  it('I2 a second set-back makes a third history, kept like the others', async () => {
    const { mora, buea } = await openTwoCentres()
    await addCase(mora, named('Kept'))
    const first = await diskOf(mora)
    await addCase(first.desk, named('First'))
    await pass(first.desk, buea)
    const second = await diskOf(await setBack(first.desk, first.disk))
    await addCase(second.desk, named('Second'))
    await pass(second.desk, buea)
    const back = await setBack(second.desk, first.disk)
    await addCase(back, named('Third'))
    await goRound([back, buea], 5)
    for (const at of [back, buea]) expect(await namesAt(at)).toEqual(['First A', 'Kept A', 'Second A', 'Third A'])
  })

  it('I2 is told before and after in plain words, and can be taken back', async () => {
    const { mora, buea } = await openTwoCentres()
    await addCase(mora, named('Kept'))
    await pass(mora, buea)
    const { desk, disk } = await diskOf(mora)
    await addCase(desk, named('First'))
    await pass(desk, buea)
    const back = await setBack(desk, disk)
    await addCase(back, named('Second'))
    const preview = await look(buea, await send(back, buea))
    expect(preview).toMatchObject({ twoHistories: 1, apart: 0, newChanges: 1, people: 1 })
    const receipt = await buea.get('sync.import', { previewId: preview.previewId, job: 'i' })
    expect(receipt).toMatchObject({ twoHistories: true, newPeople: 1 })
    expect(await namesAt(buea)).toEqual(['First A', 'Kept A', 'Second A'])
    await buea.get('sync.undoImport', { importId: receipt.importId })
    expect(await namesAt(buea)).toEqual(['First A', 'Kept A'])
    await goRound([back, buea], 4)
    for (const at of [back, buea]) expect(await namesAt(at)).toEqual(['First A', 'Kept A', 'Second A'])
  })
})
