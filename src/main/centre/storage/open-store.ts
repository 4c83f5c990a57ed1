import { assertInvariant } from '#shared/assert.ts'
import type { Ports } from '../ports.ts'
import type { AuditWho } from './audit-chain.ts'
import { refusalOf, type RawDatabase } from './open-database.ts'
import { rowWriter } from './row-writer.ts'
import type { SearchWords } from './search-index.ts'
import type { ReadableDb, ReadStatement, Store } from './store.ts'
import { beginUnit, type OwnWriter } from './write-unit.ts'

/** A reading handle over a connection: each statement prepared once, writing ones refused. */
export function readableDb(db: RawDatabase): ReadableDb {
  const known = new Map<string, ReadStatement<unknown>>()
  return {
    read<Row>(sql: string): ReadStatement<Row> {
      const kept = known.get(sql)
      if (kept) return kept as ReadStatement<Row>
      const statement = db.prepare(sql)
      assertInvariant(statement.readonly, 'a statement that only reads')
      const made: ReadStatement<unknown> = {
        get: (...p) => statement.get(...p),
        all: (...p) => statement.all(...p),
        iterate: (...p) => statement.iterate(...p),
      }
      known.set(sql, made)
      return made as ReadStatement<Row>
    },
  }
}

/** The store of one signed-in user over an open, migrated database that was given its writer (see features/security). */
export function openStore(
  db: RawDatabase,
  ports: Ports,
  who: AuditWho,
  words: SearchWords,
): Store & { readonly raw: RawDatabase } {
  const readable = readableDb(db)
  const rows = rowWriter(db, words)
  const own = db.prepare<[], OwnWriter>('SELECT id, record, number FROM writer WHERE own = 1 ORDER BY number DESC LIMIT 1').get()
  assertInvariant(own !== undefined, 'a writer of this device')
  const parts = () => ({
    db,
    readable,
    rows,
    own,
    who,
    now: ports.clock.now(),
    steady: ports.clock.steady(),
    randomBytes: (length: number) => ports.random.bytes(length),
  })
  const attempt = (sql: string) => {
    try {
      db.exec(sql)
    } catch (error) {
      throw refusalOf(error)
    }
  }
  const rollback = () => {
    if (db.inTransaction) db.exec('ROLLBACK')
  }
  return {
    raw: db,
    writer: own.id,
    read: (sql) => readable.read(sql),
    setting: (key) => readable.read<{ value: string }>('SELECT value FROM setting WHERE key = ?').get(key)?.value,
    write(work) {
      attempt('BEGIN IMMEDIATE')
      try {
        const { unit, finish } = beginUnit(parts())
        const result = work(unit)
        finish()
        attempt('COMMIT')
        return result
      } catch (error) {
        rollback()
        throw refusalOf(error)
      }
    },
    async writeLong(work) {
      attempt('BEGIN IMMEDIATE')
      try {
        const { unit, finish } = beginUnit(parts())
        const result = await work(unit)
        finish()
        attempt('COMMIT')
        return result
      } catch (error) {
        rollback()
        throw refusalOf(error)
      }
    },
  }
}
