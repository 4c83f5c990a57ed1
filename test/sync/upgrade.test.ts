import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCard } from '#main/centre/crypto/device-identity.ts'
import { journaledTables } from '#main/centre/storage/journaled-tables.ts'
import {
  forgedChain,
  forgedFile,
  outsideCentre,
  rowSecret,
  trustOutside,
  type ForgedEntry,
} from '#test/formats/outside-centre.ts'
import { openDatabaseCopy, openRealDatabase } from '#test/support/database-dump.ts'
import { take } from '#test/support/exchange.ts'
import { openTestCentre, testLogin, testPassword } from '#test/support/open-test-centre.ts'

const entries: readonly ForgedEntry[] = [
  { k: 'organization', r: 'mwmwmwmw-1', p: { name_fr: 'Dehors', name_en: 'Outside' }, sv: 2 },
  { k: 'organization', r: 'mwmwmwmw-1', o: 'u', p: { name_en: 'Outside 2' }, sv: 2 },
  // its insert has not come yet
  { k: 'organization', r: 'mwmwmwmw-2', o: 'u', payload: `{"p":{"name_en":"Waits"},"s":"${rowSecret}"}`, sv: 2 },
  { k: 'organization', r: 'mwmwmwmw-2', p: { name_fr: 'Attend', name_en: 'First' }, sv: 2 },
]

describe('an upgrade', () => {
  it('I10 shows at the next sign-in what a newer version had written and this one had kept unread', async () => {
    const desk = await openTestCentre()
    const outside = await outsideCentre('YDE', 'm', 5)
    await trustOutside(desk, outside)
    const card = path.join(desk.folder, 'own.psrlcard')
    await desk.get('sync.saveOwnCard', { file: desk.token(card) })
    const { device, age } = readCard(readFileSync(card))
    const file = path.join(desk.folder, 'newer.age')
    const receive = async (count: number) => {
      const chain = forgedChain(outside, 'nat', entries.slice(0, count))
      writeFileSync(file, await forgedFile(outside, { device, age }, [chain], { schema: 2, v: 2 }))
      await take(desk, file)
    }
    // the version that received it knows no such kind
    const tables = journaledTables as Record<string, unknown>
    const known = tables['organization']
    delete tables['organization']
    try {
      await receive(3)
    } finally {
      tables['organization'] = known
    }
    const names = async () => {
      const db = await openDatabaseCopy(desk)
      const found = db.prepare('SELECT name_fr, name_en FROM organization ORDER BY id').all()
      db.close()
      return found
    }
    expect(await names()).toEqual([])
    await desk.get('security.lock', {})
    const { db, close } = await openRealDatabase(desk)
    db.prepare("INSERT OR REPLACE INTO setting (key, value) VALUES ('journal.schema', '0')").run()
    close()
    await desk.get('security.unlock', { login: testLogin, password: testPassword })
    expect(await names()).toEqual([{ name_fr: 'Dehors', name_en: 'Outside 2' }])
    // once is enough
    const before = (await desk.get('audit.verify', {})).events
    await desk.get('security.lock', {})
    await desk.get('security.unlock', { login: testLogin, password: testPassword })
    expect((await desk.get('audit.verify', {})).events).toBe(before + 2)
    // and what still waited for its insert is shown with it
    await receive(4)
    expect(await names()).toEqual([
      { name_fr: 'Dehors', name_en: 'Outside 2' },
      { name_fr: 'Attend', name_en: 'First' },
    ])
  })
})
