import { assertInvariant } from '#shared/assert.ts'
import type { RawDatabase } from './open-database.ts'
import type { ReadableDb, ReadStatement } from './store.ts'

const kept = new WeakMap<RawDatabase, Map<string, ReturnType<RawDatabase['prepare']>>>()

/** A statement of a connection, prepared once for its text: preparing costs more than most of our statements (performance shape). */
export function prepared<Parameters extends unknown[] = unknown[], Row = unknown>(db: RawDatabase, sql: string) {
  let statements = kept.get(db)
  if (!statements) kept.set(db, (statements = new Map()))
  let statement = statements.get(sql)
  if (!statement) statements.set(sql, (statement = db.prepare(sql)))
  return statement as unknown as ReturnType<typeof db.prepare<Parameters, Row>>
}

const readers = new WeakMap<RawDatabase, ReadableDb>()

/** A reading handle over a connection: each statement prepared once, writing ones refused. */
export function readableDb(db: RawDatabase): ReadableDb {
  const known = readers.get(db)
  if (known) return known
  const statements = new Map<string, ReadStatement<unknown>>()
  const made: ReadableDb = {
    read<Row>(sql: string): ReadStatement<Row> {
      const kept = statements.get(sql)
      if (kept) return kept as ReadStatement<Row>
      const statement = db.prepare(sql)
      assertInvariant(statement.readonly, 'a statement that only reads')
      const reading: ReadStatement<unknown> = {
        get: (...p) => statement.get(...p),
        all: (...p) => statement.all(...p),
        iterate: (...p) => statement.iterate(...p),
      }
      statements.set(sql, reading)
      return reading as ReadStatement<Row>
    },
  }
  readers.set(db, made)
  return made
}
