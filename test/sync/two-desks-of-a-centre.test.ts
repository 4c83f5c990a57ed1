import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { addCase, openTestCentre, type TestCentre } from '#test/support/open-test-centre.ts'

const list = { text: '', after: null, limit: 50 }

async function trust(reader: TestCentre, writer: TestCentre): Promise<void> {
  const card = path.join(writer.folder, 'card.psrlcard')
  await writer.get('sync.saveOwnCard', { file: writer.token(card) })
  const read = await reader.get('sync.readCard', { file: reader.token(card) })
  await reader.get('sync.trustCard', { previewId: read.previewId })
}

async function send(from: TestCentre, to: TestCentre, name: string): Promise<string> {
  const file = path.join(from.folder, name)
  const { device } = await to.get('sync.ownCard', {})
  await from.get('sync.export', { device, file: from.token(file), job: 'export' })
  return file
}

async function take(desk: TestCentre, file: string): Promise<void> {
  const { previewId } = await desk.get('sync.preview', { file: desk.token(file), job: 'preview' })
  await desk.get('sync.import', { previewId, job: 'import' })
}

describe('two PCs of a centre', () => {
  it('H5 the second PC does not pass on what the first had handed over, once the person took the agreement back', async () => {
    const first = await openTestCentre({ site: 'MOR', seed: 11 })
    const second = await openTestCentre({ site: 'MOR', seed: 12 })
    const buea = await openTestCentre({ site: 'BUE', seed: 22, roles: ['SUP', 'COO'] })
    for (const reader of [first, second, buea])
      for (const writer of [first, second, buea]) if (reader !== writer) await trust(reader, writer)
    const caseId = await addCase(first)
    // on its way to Buéa, and lost there
    await send(first, buea, 'a.age')
    await take(second, await send(first, second, 'b.age'))
    await second.get('cases.saveAnswers', { caseId, answers: { consent_other_centre: 'no' } })
    await take(buea, await send(second, buea, 'c.age'))
    expect((await buea.get('cases.list', list)).rows).toEqual([])
  })
})
