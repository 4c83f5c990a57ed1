import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDatabaseCopy, openRealDatabase } from '#test/support/database-dump.ts'
import { deviceOf, look, meet, pass, send, take, trust } from '#test/support/exchange.ts'
import {
  addCase,
  addDirectory,
  addIssuedReferral,
  openTestCentre,
  testLogin,
  testPassword,
  type TestCentre,
} from '#test/support/open-test-centre.ts'
import { ceremony, joinNetwork, listOf, nationalWordsOf, openOffice, takeList } from '#test/support/national.ts'
import { diskOf, setBack } from '#test/support/set-back.ts'
import { canonicalStream } from '#test/simulation/expected-rows.ts'
import { journalImage } from '#test/simulation/journal-image.ts'

const day = 86_400_000

async function openPc(site: string, seed: number): Promise<TestCentre> {
  return openTestCentre({ site, seed, machineId: `pc${seed}` })
}

/** Months pass at all of them. */
function later(days: number, ...desks: readonly TestCentre[]): void {
  for (const desk of desks) desk.ports.clock.advance(days * day)
}

async function stateOf(desk: TestCentre, ...streams: readonly string[]): Promise<string[]> {
  const db = await openDatabaseCopy(desk)
  try {
    const image = journalImage(db)
    return streams.flatMap((s) => canonicalStream(image, s))
  } finally {
    db.close()
  }
}
async function count(desk: TestCentre, sql: string): Promise<number> {
  const db = await openDatabaseCopy(desk)
  try {
    return Number(db.prepare(sql).pluck().get())
  } finally {
    db.close()
  }
}
const streams = ['nat', 'reg:MOR', 'mbx:MOR:BUE'] as const

/** Two PCs of Mora and one of Buéa that hold the same; Mora's first has compacted a year and a half later. */
async function compacted() {
  const [first, second, buea] = [await openPc('MOR', 11), await openPc('MOR', 33), await openPc('BUE', 22)] as const
  await meet(first, second, buea)
  await addDirectory(first)
  const caseId = await addCase(first)
  const gone = await addCase(first, { identity: { family_name: 'Zqxparti' } })
  const referralId = await addIssuedReferral(first, caseId)
  await pass(first, second)
  await second.get('cases.saveAnswers', { caseId, answers: { usual_name: 'Dada', phone: '+237600000077' } })
  await erase(first, gone)
  for (const [from, to] of [
    [second, first],
    [first, buea],
    [buea, first],
    [first, second],
    [second, first],
  ] as const)
    await pass(from, to)
  return { first, second, buea, caseId, referralId, gone }
}
async function erase(desk: TestCentre, caseId: string): Promise<void> {
  const { row } = await desk.get('cases.get', { caseId })
  await desk.get('erasure.erase', { caseId, ground: 'entered-by-mistake', caseNumber: row.number })
}

describe('compaction and snapshot between desks', { timeout: 120_000 }, () => {
  it('leaves young entries; a year later they go into a sealed archive, and nothing that is shown changes', async () => {
    const { first, second, buea } = await compacted()
    expect(await first.get('sync.compact', { job: 'c' })).toEqual({ entries: 0, file: '' })
    later(366, first, second, buea)
    const before = await stateOf(first, ...streams)
    const lines = await count(first, 'SELECT count(*) FROM journal')
    const done = await first.get('sync.compact', { job: 'c' })
    expect(done.entries).toBeGreaterThan(20)
    expect(await count(first, 'SELECT count(*) FROM journal')).toBe(lines - done.entries)
    expect(readdirSync(path.join(first.folder, 'data/archive'))).toEqual([done.file.slice('archive/'.length)])
    expect(await stateOf(first, ...streams)).toEqual(before)
    expect((await first.get('audit.verify', {})).brokenAt).toBeNull()
    // those who hold it all go on with increments
    expect(await second.refusal('sync.preview', { file: second.token(await send(first, second)), job: 'p' })).toBe('accepted')
  })

  it('I1 a new PC starts from a snapshot, goes on with increments, and all agree with those who never compacted', async () => {
    const { first, second, buea, caseId, referralId } = await compacted()
    later(366, first, second, buea)
    await first.get('cases.saveAnswers', { caseId, answers: { given_names: 'Hadja' } })
    expect((await first.get('sync.compact', { job: 'c' })).entries).toBeGreaterThan(20)
    const third = await openPc('MOR', 44)
    third.ports.clock.set(first.ports.clock.now())
    await meet(first, second, third)
    await trust(third, buea)
    await pass(first, third)
    expect(await stateOf(third, ...streams)).toEqual(await stateOf(first, ...streams))
    expect((await third.get('cases.get', { caseId })).answers).toMatchObject({ given_names: 'Hadja', usual_name: 'Dada' })
    expect(await count(third, 'SELECT count(*) FROM erased')).toBe(await count(first, 'SELECT count(*) FROM erased'))
    // its own changes name values that left the journal, and merge at those who have all of it
    await third.get('cases.saveAnswers', { caseId, answers: { usual_name: 'Tantie', family_name: 'Nouveau' } })
    await second.get('cases.saveAnswers', { caseId, answers: { family_name: 'Autrement' } })
    await third.get('referrals.step', { referralId, to: 'accepted', on: '2027-11-25', toldBy: 'provider', reason: '' })
    for (let turn = 0; turn < 2; turn += 1)
      for (const [from, to] of [
        [third, second],
        [second, first],
        [first, third],
        [third, first],
        [first, second],
        [second, third],
      ] as const)
        await take(to, await send(from, to)).catch((error: unknown) =>
          expect(error).toMatchObject({ code: 'sync-older-than-yours' }),
        )
    const state = await stateOf(second, ...streams)
    expect(await stateOf(first, ...streams)).toEqual(state)
    expect(await stateOf(third, ...streams)).toEqual(state)
    // two names set apart wait at all of them
    expect(state.filter((l) => l.includes('waits case') && l.includes('a_family_name'))).toHaveLength(1)
  })

  it('I11 a snapshot promises rows to a PC that lacks them, and nothing to one that holds them', async () => {
    const { first, second, buea } = await compacted()
    later(366, first, second, buea)
    expect((await first.get('sync.compact', { job: 'c' })).entries).toBeGreaterThan(20)
    const third = await openPc('MOR', 44)
    third.ports.clock.set(first.ports.clock.now())
    await meet(first, second, third)
    const file = await send(first, third)
    expect((await look(third, file)).newChanges).toBeGreaterThan(2)
    expect((await look(second, file)).newChanges).toBe(0)
    expect(await take(second, file)).toMatchObject({ newPeople: 0, changedPeople: 0, services: 0 })
  })

  it('I3 a PC that was away for 13 months joins again: what it wrote is merged, what was erased does not come back', async () => {
    const { first, second, buea, caseId } = await compacted()
    // it hears nothing any more, and writes on
    const erasedLater = await addCase(first, { identity: { family_name: 'Zqxensuite' } })
    for (const [from, to] of [
      [first, second],
      [second, first],
    ] as const)
      await pass(from, to)
    await second.get('cases.saveAnswers', { caseId, answers: { usual_name: 'Loin', family_name: 'Ailleurs' } })
    await second.get('cases.saveAnswers', { caseId: erasedLater, answers: { usual_name: 'Zqxencore' } })
    await erase(first, erasedLater)
    await first.get('cases.saveAnswers', { caseId, answers: { family_name: 'Ici' } })
    for (const [from, to] of [
      [first, buea],
      [buea, first],
    ] as const)
      await pass(from, to)
    // it does not count any more
    const device = await deviceOf(second)
    await first.get('security.lock', {})
    const { db, close } = await openRealDatabase(first)
    const peer = db.prepare<[string], Record<string, unknown>>('SELECT * FROM peer WHERE device = ?').get(device)!
    db.prepare('DELETE FROM peer WHERE device = ?').run(device)
    close()
    await first.get('security.unlock', { login: testLogin, password: testPassword })
    later(396, first, second, buea)
    expect((await first.get('sync.compact', { job: 'c' })).entries).toBeGreaterThan(20)
    expect(peer['device']).toBe(device)
    await trust(first, second)
    for (const [from, to] of [
      [first, second],
      [second, first],
      [first, second],
    ] as const)
      await pass(from, to)
    const state = await stateOf(first, ...streams)
    expect(await stateOf(second, ...streams)).toEqual(state)
    expect(await second.refusal('cases.get', { caseId: erasedLater })).toBe('not-found')
    expect(await first.refusal('cases.get', { caseId: erasedLater })).toBe('not-found')
    expect((await first.get('cases.get', { caseId })).answers).toMatchObject({ usual_name: 'Loin' })
    // its late name does not replace the one that was given meanwhile: somebody decides
    expect(
      (await first.get('review.list', {})).flatMap((c) => c.candidates.map((x) => x.values['a_family_name'])).toSorted(),
    ).toEqual(['Ailleurs', 'Ici'])
  })

  it('what left the journal here is known when a desk that kept it sends it all again', async () => {
    const { first, second, buea, caseId } = await compacted()
    later(366, first, second, buea)
    expect((await first.get('sync.compact', { job: 'c' })).entries).toBeGreaterThan(20)
    const third = await openPc('MOR', 55)
    third.ports.clock.set(first.ports.clock.now())
    await meet(second, third)
    await second.get('cases.saveAnswers', { caseId, answers: { given_names: 'Hadja' } })
    const file = await send(second, third)
    const before = await count(first, 'SELECT count(*) FROM journal')
    const { newChanges, twoHistories } = await look(first, file)
    expect({ newChanges, twoHistories }).toEqual({ newChanges: 1, twoHistories: 0 })
    await take(first, file)
    expect(await count(first, 'SELECT count(*) FROM journal')).toBe(before + 1)
    expect(await stateOf(first, ...streams)).toEqual(await stateOf(second, ...streams))
    // and nobody is asked for it again
    expect(await count(first, "SELECT count(*) FROM peer WHERE apart <> '[]'")).toBe(0)
  })

  it('I2 two histories that part after what left the journal are both merged, and a later entry still finds what was declared below', async () => {
    const { first, second, buea, caseId } = await compacted()
    later(366, first, second, buea)
    const { desk, disk } = await diskOf(second)
    await desk.get('cases.saveAnswers', { caseId, answers: { usual_name: 'Avant', family_name: 'Premier' } })
    await pass(desk, first)
    const compaction = await first.get('sync.compact', { job: 'c' })
    expect(compaction.entries).toBeGreaterThan(20)
    const declared =
      "SELECT count(*) FROM writer_index i JOIN chain c ON c.number = i.chain WHERE c.stream = 'reg:MOR' AND c.floor_seq > 0"
    const before = await count(first, declared)
    expect(before).toBeGreaterThan(0)
    const back = await setBack(desk, disk)
    await back.get('cases.saveAnswers', { caseId, answers: { usual_name: 'Apres', given_names: 'Deuxieme' } })
    for (let turn = 0; turn < 3; turn += 1)
      for (const [from, to] of [
        [back, first],
        [first, back],
      ] as const)
        await take(to, await send(from, to)).catch((error: unknown) =>
          expect(['sync-older-than-yours', 'sync-missing-earlier']).toContain((error as { code: string }).code),
        )
    expect(await count(first, "SELECT count(*) FROM writer WHERE id <> name AND record <> ''")).toBeGreaterThan(0)
    expect(await count(first, declared)).toBeGreaterThanOrEqual(before)
    const state = await stateOf(first, ...streams)
    expect(await stateOf(back, ...streams)).toEqual(state)
    expect(state.join('\n')).toMatch(/Premier/)
    expect(state.join('\n')).toMatch(/Deuxieme/)
  })

  it('I2 a desk set back to before what left the journal elsewhere refuses the snapshot: what it alone has is not replaced', async () => {
    const { first, second, buea } = await compacted()
    const { desk, disk } = await diskOf(second)
    for (const name of ['Partout', 'Ailleurs']) await addCase(desk, { identity: { family_name: name } })
    for (const [from, to] of [
      [desk, first],
      [first, buea],
      [buea, first],
    ] as const)
      await pass(from, to)
    later(366, first, desk, buea)
    expect((await first.get('sync.compact', { job: 'c' })).entries).toBeGreaterThan(20)
    const back = await setBack(desk, disk)
    const alone = await addCase(back, { identity: { family_name: 'Seul' } })
    const codes = new Set<string>()
    for (let turn = 0; turn < 3; turn += 1)
      for (const [from, to] of [
        [back, first],
        [first, back],
      ] as const)
        await take(to, await send(from, to)).catch((error: unknown) => codes.add((error as { code: string }).code))
    expect([...codes]).toContain('sync-fork')
    expect((await back.get('cases.get', { caseId: alone })).answers).toMatchObject({ family_name: 'Seul' })
  })

  it('a computer that the list calls retired is not waited for; what it wrote meanwhile merges as ordinary changes', async () => {
    const office = await openOffice()
    const [first, second] = [await openPc('MOR', 11), await openPc('MOR', 33)] as const
    await ceremony(office)
    await joinNetwork(office, first, second)
    await addDirectory(first)
    const caseId = await addCase(first)
    for (const [from, to] of [
      [first, second],
      [second, first],
    ] as const)
      await pass(from, to)
    await first.get('cases.saveAnswers', { caseId, answers: { usual_name: 'Nouveau', phone: '+237600000011' } })
    // it hears no more, and does not know that it was retired
    await second.get('cases.saveAnswers', { caseId, answers: { given_names: 'Tardif', family_name: 'Tardive' } })
    await first.get('cases.saveAnswers', { caseId, answers: { family_name: 'Ici' } })
    await send(first, second)
    await office.get('roster.retire', { device: await deviceOf(second) })
    const [list, words] = [await listOf(office), await nationalWordsOf(office)]
    later(366, office, first, second)
    const waiting = (await first.get('sync.compact', { job: 'c' })).entries
    await takeList(first, list, words)
    expect((await first.get('sync.compact', { job: 'c' })).entries).toBeGreaterThan(0)
    const left = "SELECT count(*) FROM journal j JOIN chain c ON c.number = j.chain WHERE c.stream = 'reg:MOR'"
    expect({ waiting: waiting > 0, left: await count(first, left) }).toEqual({ waiting: true, left: 0 })
    await pass(second, first)
    const { answers } = await first.get('cases.get', { caseId })
    expect(answers).toMatchObject({ given_names: 'Tardif', usual_name: 'Nouveau' })
    // of two names set apart somebody chooses
    expect(
      (await first.get('review.list', {})).flatMap((c) => c.candidates.map((x) => x.values['a_family_name'])).toSorted(),
    ).toEqual(['Ici', 'Tardive'])
  })
})
