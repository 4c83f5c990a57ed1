import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { deviceOf, look, meet, pass, send, take, trust } from '#test/support/exchange.ts'
import { addCase, addDirectory, openTestCentre, openTwoCentres, type TestCentre } from '#test/support/open-test-centre.ts'

const everything = { text: '', sector: null, pcode: null, after: null, limit: 100 }

async function verifiedBy(desk: TestCentre): Promise<number> {
  const { rows } = await desk.get('directory.search', everything)
  return rows.filter((r) => r.verifiedOn === '2026-11-24').length
}

async function verifyFirst(desk: TestCentre): Promise<void> {
  const { rows } = await desk.get('directory.search', everything)
  await desk.get('directory.verify', { serviceId: rows[0]!.id, how: 'phone' })
}

describe('what a centre passes on', () => {
  it('I1 a third centre’s directory arrives through the second, believed by its own signature', async () => {
    const mora = await openTestCentre({ site: 'MOR', seed: 11 })
    const buea = await openTestCentre({ site: 'BUE', seed: 22, roles: ['SUP', 'COO'] })
    const bamenda = await openTestCentre({ site: 'BDA', seed: 33 })
    await meet(mora, buea, bamenda)
    await addDirectory(bamenda)
    await verifyFirst(bamenda)
    await pass(bamenda, buea)
    const receipt = await pass(buea, mora)
    expect(receipt.services).toBeGreaterThan(50)
    expect(await verifiedBy(mora)).toBe(1)
  })

  it('I2 a third centre that is not known yet is passed over, not refused; once its card is read its changes come', async () => {
    const mora = await openTestCentre({ site: 'MOR', seed: 11 })
    const buea = await openTestCentre({ site: 'BUE', seed: 22, roles: ['SUP', 'COO', 'CW', 'DIR'] })
    const bamenda = await openTestCentre({ site: 'BDA', seed: 33 })
    await meet(mora, buea)
    await meet(buea, bamenda)
    await addDirectory(bamenda)
    await pass(bamenda, buea)
    await verifyFirst(buea)
    await addCase(buea)
    const file = await send(buea, mora)
    const preview = await look(mora, file)
    expect(preview).toMatchObject({ unknownWriters: 1, people: 1 })
    await take(mora, file)
    expect((await mora.get('directory.search', everything)).rows).toEqual([])
    expect((await mora.get('cases.list', { text: '', after: null, limit: 10 })).rows).toHaveLength(1)
    await trust(mora, bamenda)
    await pass(buea, mora)
    // Buéa's own change of a service, which came before the service did, is there too
    expect(await verifiedBy(mora)).toBe(1)
    expect((await mora.get('directory.search', everything)).rows.length).toBeGreaterThan(50)
  })
})

describe('a file that was never finished', () => {
  it('I2 leaves the sender whole: the next file is its continuation, never a second history', async () => {
    const { mora, buea } = await openTwoCentres()
    await addDirectory(mora)
    await addCase(mora)
    const before = await send(mora, buea)
    const nowhere = path.join(mora.folder, 'no-such-folder', 'x.age')
    await addCase(mora, { identity: { given_names: 'Hadidja' } })
    expect(await mora.refusal('sync.export', { device: await deviceOf(buea), file: mora.token(nowhere), job: 'e' })).toBe(
      'disk-read-only',
    )
    await addCase(mora, { identity: { given_names: 'Oumarou' } })
    const after = await send(mora, buea)
    for (const file of [after, before]) {
      const preview = await buea.ask('sync.preview', { file: buea.token(file), job: 'p' })
      if (!preview.ok) {
        expect(preview.error.code).toBe('sync-older-than-yours')
        continue
      }
      expect(preview.value.twoHistories).toBe(0)
      await buea.get('sync.import', { previewId: preview.value.previewId, job: 'i' })
    }
    const { rows } = await buea.get('cases.list', { text: '', after: null, limit: 10 })
    expect(rows.map((r) => r.name).toSorted()).toEqual(['Ŋgono Ɓello Aïssatou', 'Ŋgono Ɓello Hadidja', 'Ŋgono Ɓello Oumarou'])
  })
})
