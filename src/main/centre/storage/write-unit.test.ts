import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { headerText, type EntryPayload } from '#shared/sync/entry.ts'
import { tempStore } from '#test/support/temp-store.ts'
import { verifyAudit } from './audit-chain.ts'
import { chainStart, entryHash, noRowSecret, payloadCommitment } from './journal.ts'
import type { RegisterValue } from './journaled-tables.ts'
import type { RawDatabase } from './open-database.ts'
import type { Store } from './store.ts'

interface Line {
  readonly stream: string
  readonly writer: string
  readonly seq: number
  readonly stamp: string
  readonly actor: string
  readonly kind: string
  readonly row: string
  readonly op: string
  readonly sv: number
  readonly payload: string
  readonly hash: string
}
const lines = (db: RawDatabase) =>
  db
    .prepare<[], Line>(
      'SELECT j.*, c.stream, w.id AS writer FROM journal j JOIN chain c ON c.number = j.chain JOIN writer w ON w.number = c.writer ORDER BY j.chain, j.seq',
    )
    .all()
const payloadOf = (line: Line) => JSON.parse(line.payload) as EntryPayload
const addCase = (store: Store, fields: Record<string, RegisterValue>) =>
  store.write((unit) => {
    unit.audit({ action: 'case.create' })
    return unit.insert('case', { stream: 'reg:MOR', fields })
  })

describe('write unit', () => {
  it('I7 writes row, journal entry and audit event together, and all three can be checked', () => {
    const { db, store } = tempStore()
    const id = addCase(store, { number: 'MOR-26-000001-97', status: 'active', a_family_name: 'Ŋgono' })
    store.write((unit) => {
      unit.change('case', id, { a_family_name: 'Ŋgono Bell', a_given_names: 'Aïssatou' })
      unit.audit({ action: 'case.edit', object: id })
    })
    const record = db.prepare<[], { id: string; record: string }>('SELECT id, record FROM writer WHERE own = 1').get()!
    let previous = chainStart('reg:MOR', record.record)
    let secret = noRowSecret
    for (const line of lines(db)) {
      secret = payloadOf(line).s ?? secret
      expect(line).toMatchObject({ kind: 'case', row: id, actor: 'u01' })
      const { seq: q, stamp: t, actor: a, kind: k, row: r, op: o, sv } = line
      const commitment = payloadCommitment(secret, line.stream, line.writer, q, line.payload)
      previous = entryHash(previous, line.stream, line.writer, headerText({ q, t, a, k, r, o, sv }), commitment)
      expect(line.hash).toBe(previous)
    }
    expect(lines(db).map((l) => payloadOf(l).b)).toEqual([undefined, { a_family_name: [0, 1] }])
    expect(verifyAudit(store)).toEqual({ events: 3, brokenAt: null })
    const row = db.prepare<[], { answers: string; search_name: string }>('SELECT answers, search_name FROM case_record').get()!
    expect(JSON.parse(row.answers)).toEqual({ family_name: 'Ŋgono Bell', given_names: 'Aïssatou' })
    expect(row.search_name).toContain('ngono bell aissatou')
  })

  it('leaves nothing when the work fails, and refuses a unit without exactly one audit event', () => {
    const { db, store } = tempStore()
    const dump = () =>
      JSON.stringify([lines(db), db.prepare('SELECT * FROM case_record').all(), db.prepare('SELECT line FROM audit').all()])
    const before = dump()
    const attempts: ((() => void) & { readonly why?: string })[] = [
      () =>
        store.write((unit) => {
          unit.audit({ action: 'x' })
          unit.insert('case', { stream: 'reg:MOR', fields: { status: 'draft' } })
          throw new Error('stop')
        }),
      () => store.write((unit) => unit.insert('case', { stream: 'reg:MOR', fields: { status: 'draft' } })),
      () =>
        store.write((unit) => {
          unit.audit({ action: 'x' })
          unit.audit({ action: 'y' })
        }),
      () => addCase(store, { no_such_register: 'x' }),
    ]
    for (const attempt of attempts) expect(attempt).toThrow()
    expect(dump()).toBe(before)
  })

  it('writes nothing when nothing changed', () => {
    const { db, store } = tempStore()
    const id = addCase(store, { status: 'draft', a_id_docs: ['cni', 'birth'] })
    store.write((unit) => {
      unit.change('case', id, { status: 'draft', a_id_docs: ['cni', 'birth'], a_phone: null })
      unit.audit({ action: 'case.edit' })
    })
    expect(lines(db)).toHaveLength(1)
  })

  it('reads only through a reading handle, and keeps journaled tables from local statements', () => {
    const { store } = tempStore()
    expect(() => store.read('DELETE FROM audit')).toThrow(/only reads/)
    for (const sql of [
      'UPDATE case_record SET status = ?',
      'DELETE FROM journal',
      'INSERT OR REPLACE INTO "audit" VALUES (1)',
      'DROP TABLE peer',
    ]) {
      expect(() =>
        store.write((unit) => {
          unit.audit({ action: 'x' })
          unit.local(sql)
        }),
      ).toThrow(/local table/)
    }
  })

  it('I2 stamps of a register strictly increase although the clock goes back for years', () => {
    const { db, store, ports } = tempStore()
    const id = addCase(store, { status: 'draft' })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 2_000_000_000_000 }), fc.constantFrom('draft', 'active', 'closed')), {
          maxLength: 8,
        }),
        (edits) => {
          for (const [now, status] of edits) {
            ports.clock.set(now)
            store.write((unit) => {
              unit.change('case', id, { status })
              unit.audit({ action: 'case.edit' })
            })
          }
          const stamps = lines(db).map((l) => l.stamp)
          expect(stamps).toEqual([...new Set(stamps)].toSorted())
        },
      ),
      { numRuns: 20 },
    )
  })

  it('H33 any altered, removed, added or cut-off audit row is noticed', () => {
    const alterations = [
      "UPDATE audit SET line = replace(line, 'case', 'cose') WHERE seq = 2",
      'DELETE FROM audit WHERE seq = 2',
      'UPDATE audit SET seq = 9 WHERE seq = 3',
      'INSERT INTO audit SELECT 4, line, hash FROM audit WHERE seq = 1',
      // the end cut off: what is left is a whole chain, and only the anchor knows better
      'DELETE FROM audit WHERE seq = 3',
      'DELETE FROM audit WHERE seq > 1',
      'DELETE FROM audit',
      "DELETE FROM setting WHERE key = 'audit.head'",
      "DELETE FROM audit WHERE seq = 3; UPDATE setting SET value = replace(value, '3 ', '2 ') WHERE key = 'audit.head'",
    ]
    for (const sql of alterations) {
      const { db, store } = tempStore()
      addCase(store, { status: 'draft' })
      addCase(store, { status: 'draft' })
      expect(verifyAudit(store).brokenAt).toBeNull()
      db.exec(sql)
      expect(verifyAudit(store).brokenAt).not.toBeNull()
      // nor does it pass once more was written
      store.write((unit) => unit.audit({ action: 'case.edit' }))
      expect(verifyAudit(store).brokenAt).not.toBeNull()
    }
  })

  it('S36 H28 the database file holds neither a name nor its own schema in clear', () => {
    const { db, store, file } = tempStore()
    addCase(store, { a_family_name: 'Zx9MARQUEURzx', a_phone: '+237600000042', number: 'MOR-26-000001-97' })
    db.pragma('wal_checkpoint(TRUNCATE)')
    const bytes = readFileSync(file).toString('latin1')
    expect(bytes.length).toBeGreaterThan(4096)
    for (const marker of ['Zx9MARQUEUR', 'zx9marqueur', '600000042', 'CREATE TABLE', 'SQLite format'])
      expect(bytes).not.toContain(marker)
  })
})
