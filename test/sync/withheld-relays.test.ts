import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readIdentity } from '#main/centre/crypto/device-identity.ts'
import { readAge } from '#test/support/age-reader.ts'
import { openDatabaseCopy } from '#test/support/database-dump.ts'
import { meet, send, take } from '#test/support/exchange.ts'
import { addCase, openTestCentre, type TestCentre } from '#test/support/open-test-centre.ts'

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
    await meet(one, two, buea)
    const person = await addCase(one)
    expect(await linesOf(buea, await send(one, buea))).toContain('Aïssatou')
    await take(two, await send(one, two))
    await two.get('cases.saveAnswers', { caseId: person, answers: { consent_other_centre: 'no' } })
    const file = await send(two, buea)
    expect(await linesOf(buea, file)).not.toContain('Aïssatou')
    await take(buea, file)
    expect((await buea.get('cases.list', { text: '', after: null, limit: 10 })).rows).toEqual([])
  })
})
