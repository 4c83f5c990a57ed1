import type { RawDatabase } from './open-database.ts'

const kept = new WeakMap<RawDatabase, Map<string, ReturnType<RawDatabase['prepare']>>>()

/** A statement of a connection, prepared once for its text: preparing costs more than most of our statements (performance shape). */
export function prepared<Parameters extends unknown[] = unknown[], Row = unknown>(db: RawDatabase, sql: string) {
  let statements = kept.get(db)
  if (!statements) kept.set(db, (statements = new Map()))
  let statement = statements.get(sql)
  if (!statement) statements.set(sql, (statement = db.prepare(sql)))
  return statement as unknown as ReturnType<typeof db.prepare<Parameters, Row>>
}
