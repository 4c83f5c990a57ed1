import type { SentValue } from '#shared/sync/entry.ts'
import { journaledTables, type JournaledKind } from './journaled-tables.ts'
import type { MergeParts } from './merge-row.ts'
import type { RawDatabase } from './open-database.ts'
import { prepared } from './prepared.ts'
import { keepOpenValues, openValues, type OpenValue } from './review.ts'
import { clockOf, heldValue, type RegisterClock, type Registers, type RowClocks } from './row-registers.ts'
import { storedJson } from './stored-json.ts'

/** A row as the entries made it that left the journal; writers by their local numbers. Enough to go on merging (ADR 34). */
export interface RowBase {
  readonly registers: Registers
  readonly clocks: RowClocks
  readonly open: readonly OpenValue[]
}
export interface KeptBase extends RowBase {
  readonly stream: string
  readonly until: string
}

/** What left the journal of a row, or undefined when all of it is still there. */
export function findBase(db: RawDatabase, kind: string, row: string): KeptBase | undefined {
  const raw = prepared<[string, string], { stream: string; state: string; until: string }>(
    db,
    'SELECT stream, state, until FROM row_base WHERE row = ? AND kind = ?',
  ).get(row, kind)
  return raw && { ...storedJson<RowBase>(raw.state), stream: raw.stream, until: raw.until }
}

/** Keeps what left the journal of a row, in place of what was kept. */
export function keepBase(db: RawDatabase, kind: string, row: string, base: KeptBase): void {
  const { stream, until, registers, clocks, open } = base
  prepared(db, 'INSERT OR REPLACE INTO row_base (row, kind, stream, state, until) VALUES (?, ?, ?, ?, ?)').run(
    row,
    kind,
    stream,
    JSON.stringify({ registers, clocks, open } satisfies RowBase),
    until,
  )
}

/** The row as it is now, as a base; undefined when it is not shown. Every register has its own clock. */
export function baseOfRow(
  { db, rows }: Pick<MergeParts, 'db' | 'rows'>,
  kind: JournaledKind,
  id: string,
): (RowBase & { stream: string }) | undefined {
  const row = rows.load(kind, id)
  if (!row) return undefined
  const registers: Record<string, SentValue> = {}
  const clocks: Record<string, RegisterClock> = {}
  for (const register of [...new Set([...Object.keys(row.registers), ...Object.keys(row.clocks)])].toSorted()) {
    const clock = register === '*' ? undefined : clockOf(row.clocks, row.registers, register)
    if (!clock) continue
    clocks[register] = clock
    registers[register] = heldValue(row.registers, register)
  }
  return { stream: row.stream, registers, clocks, open: openValues(db, kind, id) }
}

/** Puts a row back as its base has it; entries above are merged by the caller. The row must not be there. */
export function putBase(parts: Pick<MergeParts, 'db' | 'rows' | 'now'>, kind: JournaledKind, id: string, base: KeptBase): void {
  parts.rows.save(
    kind,
    id,
    { stream: base.stream, registers: { ...base.registers }, clocks: { ...base.clocks } },
    parts.now,
    true,
  )
  for (const field of new Set(base.open.map((v) => v.field)))
    keepOpenValues(
      parts.db,
      kind,
      id,
      base.stream,
      field,
      base.open.filter((v) => v.field === field),
    )
}

/** True for a kind that this version can merge. */
export function isJournaledKind(kind: string): kind is JournaledKind {
  return Object.hasOwn(journaledTables, kind)
}
