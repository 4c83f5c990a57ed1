import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readIdentity } from '#main/centre/crypto/device-identity.ts'
import { readAge } from '#test/support/age-reader.ts'
import { openDatabaseCopy } from '#test/support/database-dump.ts'
import { addCase, openTestCentre, type TestCentre } from '#test/support/open-test-centre.ts'

async function trust(from: TestCentre, to: TestCentre): Promise<void> {
  const card = path.join(from.folder, 'card.psrlcard')
  await from.get('sync.saveOwnCard', { file: from.token(card) })
  const read = await to.get('sync.readCard', { file: to.token(card) })
  await to.get('sync.trustCard', { previewId: read.previewId })
}

async function exported(from: TestCentre, to: TestCentre, name: string): Promise<string> {
  const file = path.join(from.folder, name)
  const { device } = await to.get('sync.ownCard', {})
  await from.get('sync.export', { device, file: from.token(file), job: 'e' })
  return file
}

async function taken(to: TestCentre, file: string): Promise<void> {
  const { previewId } = await to.get('sync.preview', { file: to.token(file), job: 'p' })
  await to.get('sync.import', { previewId, job: 'i' })
}

/** The journal lines of a file, read with the keys of its reader. */
async function linesOf(reader: TestCentre, file: string): Promise<string> {
  const db = await openDatabaseCopy(reader)
  const keys = db.prepare<[], { value: string }>("SELECT value FROM setting WHERE key = 'device.keys'").get()?.value ?? ''
  db.close()
  const plain = Buffer.from(readAge(readIdentity(keys).ageIdentity, readFileSync(file)))
  const at = 28 + plain.readUInt32LE(12) + plain.readUInt32LE(16)
  return gunzipSync(plain.subarray(at + 20, at + 20 + Number(plain.readBigUInt64LE(at + 4)))).toString('utf8')
}

describe('two computers of one centre', () => {
  it('H5 what one of them handed over does not leave through the other once the person withdrew', async () => {
    const one = await openTestCentre({ site: 'MOR', seed: 11 })
    const two = await openTestCentre({ site: 'MOR', seed: 12 })
    const buea = await openTestCentre({ site: 'BUE', seed: 22, roles: ['SUP', 'COO'] })
    for (const [from, to] of [
      [one, two],
      [two, one],
      [one, buea],
      [two, buea],
      [buea, one],
      [buea, two],
    ] as const)
      await trust(from, to)
    const person = await addCase(one)
    expect(await linesOf(buea, await exported(one, buea, 'lost.age'))).toContain('Aïssatou')
    await taken(two, await exported(one, two, 'inside.age'))
    await two.get('cases.saveAnswers', { caseId: person, answers: { consent_other_centre: 'no' } })
    const file = await exported(two, buea, 'later.age')
    expect(await linesOf(buea, file)).not.toContain('Aïssatou')
    await taken(buea, file)
    expect((await buea.get('cases.list', { text: '', after: null, limit: 10 })).rows).toEqual([])
  })
})
