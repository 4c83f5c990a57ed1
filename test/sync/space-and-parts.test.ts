import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { chooseParts } from '#main/centre/features/sync/choose-parts.ts'
import { sharedChains } from '#main/centre/features/sync/sync-repository.ts'
import { devicesOfSite } from '#main/centre/features/sync/known-devices.ts'
import { readableDb } from '#main/centre/storage/prepared.ts'
import { deviceOf, look, meet, pass, send, take } from '#test/support/exchange.ts'
import { addCase, addDirectory, openTestCentre, openTwoCentres, type TestCentre } from '#test/support/open-test-centre.ts'
import { openDatabaseCopy } from '#test/support/database-dump.ts'

const cases = { text: '', after: null, limit: 100 }
const numbersAt = async (desk: TestCentre) => (await desk.get('cases.list', cases)).rows.map((r) => r.number).toSorted()

describe('a disk or stick without enough space', () => {
  it('E22 an export asks first, says how much is needed and left, and leaves no file and no count behind', async () => {
    const { mora, buea } = await openTwoCentres()
    await addDirectory(mora)
    const target = path.join(mora.folder, 'PSRL-full.age')
    mora.files.freeBytes = (token) => (token === undefined ? Number.POSITIVE_INFINITY : 1000)
    const told = await mora.ask('sync.export', { device: await deviceOf(buea), file: mora.token(target), job: 'e' })
    expect(told).toMatchObject({ ok: false, error: { code: 'disk-full', details: { freeBytes: 1000 } } })
    expect(!told.ok && Number(told.error.details?.['neededBytes'])).toBeGreaterThan(1000)
    expect([existsSync(target), existsSync(`${target}.part`)]).toEqual([false, false])
    expect((await mora.get('sync.files', { limit: 10 })).length).toBe(0)
    mora.files.freeBytes = () => 100_000_000
    expect((await pass(mora, buea)).services).toBeGreaterThan(0)
  })

  it('E21 an import asks before it copies and before it writes, and nothing is changed', async () => {
    const { mora, buea } = await openTwoCentres()
    await addDirectory(mora)
    const file = await send(mora, buea)
    buea.files.freeBytes = () => 100
    expect(await buea.refusal('sync.preview', { file: buea.token(file), job: 'p' })).toBe('disk-full')
    buea.files.freeBytes = () => 200_000
    const { previewId } = await look(buea, file)
    expect(await buea.refusal('sync.import', { previewId, job: 'i' })).toBe('disk-full')
    expect((await buea.get('directory.search', { text: '', sector: null, pcode: null, after: null, limit: 1 })).total).toBe(0)
    // the preview is still good once there is space
    buea.files.freeBytes = () => 1_000_000_000
    expect((await buea.get('sync.import', { previewId, job: 'i' })).services).toBeGreaterThan(0)
  })
})

describe('what does not fit into one file', () => {
  it('goes into parts of a bounded size, each chain whole, and the parts join on', async () => {
    const desks = [await openTestCentre({ site: 'MOR', seed: 21 }), await openTestCentre({ site: 'MOR', seed: 22 })] as const
    const third = await openTestCentre({ site: 'MOR', seed: 23 })
    await meet(...desks, third)
    await addDirectory(desks[0])
    for (const desk of desks) await addCase(desk)
    await pass(desks[1], desks[0])
    await send(desks[0], third)
    const db = await openDatabaseCopy(desks[0])
    onTestFinished(() => void db.close())
    const store = readableDb(db)
    const choose = (rawBytesWritten: number) =>
      chooseParts(store, sharedChains(store, 'MOR', 'MOR'), devicesOfSite(store, 'MOR'), 'MOR', {
        entriesMax: 500_000,
        rawBytesWritten,
      })
    const whole = choose(1e9)
    const bounded = choose(10_000)
    expect([whole.more, bounded.more]).toEqual([false, true])
    expect(bounded.parts.length).toBeGreaterThan(0)
    expect(bounded.parts.length).toBeLessThan(whole.parts.length)
    for (const part of bounded.parts) expect(part.to).toBe(part.chain.head_seq)
  })
})

describe('an earlier file that is missing', () => {
  it('E12 says from where to where; the next file of the reader is the request, and the answer to it brings all', async () => {
    const { mora, buea } = await openTwoCentres()
    await addCase(mora)
    const first = await pass(mora, buea)
    await pass(buea, mora)
    // what was acknowledged is gone again
    await buea.get('sync.undoImport', { importId: first.importId })
    await addCase(mora)
    const joined = await send(mora, buea)
    const told = await buea.ask('sync.preview', { file: buea.token(joined), job: 'p' })
    expect(told).toMatchObject({ ok: false, error: { code: 'sync-missing-earlier', details: { from: 1 } } })
    await pass(buea, mora)
    await take(buea, await send(mora, buea))
    expect(await numbersAt(buea)).toEqual(await numbersAt(mora))
    expect(await numbersAt(buea)).toHaveLength(2)
  })
})
