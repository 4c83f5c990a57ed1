import type { SentValue } from '#shared/sync/entry.ts'
import type { JournaledKind } from './journaled-tables.ts'
import type { RawDatabase } from './open-database.ts'
import { prepared } from './prepared.ts'
import { storedJson } from './stored-json.ts'

/** A value of a sensitive register that was set at the same time elsewhere, is not shown, and waits for a decision. */
export interface OpenValue {
  readonly field: string
  /** Local number of the writer. */
  readonly writer: number
  readonly seq: number
  readonly stamp: string
  readonly value: SentValue
}
interface Raw extends Omit<OpenValue, 'value'> {
  readonly value: string
}

/** The waiting values of a row. */
export function openValues(db: RawDatabase, kind: JournaledKind, row: string): OpenValue[] {
  return prepared<[string, string], Raw>(db, 'SELECT field, writer, seq, stamp, value FROM review WHERE row = ? AND kind = ?')
    .all(row, kind)
    .map((r) => ({ ...r, value: storedJson<SentValue>(r.value) }))
}

/** Makes the waiting values of a register exactly these. */
export function keepOpenValues(
  db: RawDatabase,
  kind: JournaledKind,
  row: string,
  stream: string,
  field: string,
  values: readonly Omit<OpenValue, 'field'>[],
): void {
  prepared(db, 'DELETE FROM review WHERE row = ? AND kind = ? AND field = ?').run(row, kind, field)
  const add = prepared(
    db,
    'INSERT INTO review (row, kind, field, writer, seq, stamp, value, stream) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  for (const v of values) add.run(row, kind, field, v.writer, v.seq, v.stamp, JSON.stringify(v.value), stream)
}
