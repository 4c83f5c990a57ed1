import type { SentValue } from '#shared/sync/entry.ts'
import type { SignedKind } from '#shared/sync/signed-kinds.ts'
import { journaledTables, type JournaledKind } from './journaled-tables.ts'
import type { RawDatabase } from './open-database.ts'
import { prepared } from './prepared.ts'
import { heldValue, registersOf, sameValue, type Registers } from './row-registers.ts'
import type { ReadableDb } from './store.ts'
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

/** Kinds that may have waiting values: what is signed is never changed. */
type ReviewedKind = Exclude<JournaledKind, SignedKind>

export interface WaitingValue extends OpenValue {
  readonly row: string
  readonly kind: ReviewedKind
  readonly stream: string
}

/**
 * The changes that a person has to decide about, by row or of one row: every waiting value of a change of which at least one differs from what is shown.
 *
 * Equal values set in two places are kept waiting too, because a later change may have known only one of them, but nobody is asked.
 */
export function differingValues(db: ReadableDb, row: string | null = null): WaitingValue[] {
  const all = db
    .read<Raw & { row: string; kind: ReviewedKind; stream: string }>(
      'SELECT * FROM review WHERE row = ifnull(?, row) ORDER BY stamp, row, field',
    )
    .all(row)
    .map((r) => ({ ...r, value: storedJson<SentValue>(r.value) }))
  const shown = new Map<string, Registers>()
  const differs = new Set<string>()
  for (const v of all) {
    const key = `${v.kind}/${v.row}`
    let registers = shown.get(key)
    if (!registers) {
      const row = db.read<Record<string, unknown>>(`SELECT * FROM ${journaledTables[v.kind].table} WHERE id = ?`).get(v.row)
      registers = row ? registersOf(v.kind, row) : {}
      shown.set(key, registers)
    }
    if (!sameValue(v.value, heldValue(registers, v.field))) differs.add(`${key}/${v.writer}/${v.seq}`)
  }
  return all.filter((v) => differs.has(`${v.kind}/${v.row}/${v.writer}/${v.seq}`))
}

/** How many rows wait for a person's decision. */
export function rowsToReview(db: ReadableDb): number {
  return new Set(differingValues(db).map((v) => `${v.kind}/${v.row}`)).size
}
