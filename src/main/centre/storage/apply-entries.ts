import { prepared } from './prepared.ts'
import { hexToBytes } from '@noble/hashes/utils.js'
import { assertInvariant } from '#shared/assert.ts'
import { Refusal } from '#shared/result.ts'
import type { EntryHeader, EntryPayload } from '#shared/sync/entry.ts'
import { mergeRegister } from '#shared/sync/merge.ts'
import { isRegister, journaledTables, type JournaledKind, type RegisterValue } from './journaled-tables.ts'
import type { StoredRow } from './row-writer.ts'
import type { WriteUnit } from './store.ts'
import { partsOf } from './write-unit.ts'

/** An entry of another writer, checked against its chain. */
export interface ReceivedEntry {
  readonly stream: string
  readonly writer: string
  readonly header: EntryHeader
  readonly headerText: string
  readonly payload: EntryPayload
  /** Null when the payload was withheld or erased: the entry is kept for its chain and changes nothing. */
  readonly payloadText: string | null
  readonly commitment: Uint8Array
  readonly hash: Uint8Array
}

/** The local number of a writer; a new one is kept with its record. */
export function writerNumber(unit: WriteUnit, id: string, record: string): number {
  const { db } = partsOf(unit)
  const known = prepared<[string], { number: number }>(db, 'SELECT number FROM writer WHERE id = ?').get(id)
  if (known) return known.number
  return Number(prepared(db, 'INSERT INTO writer (id, record, own) VALUES (?, ?, 0)').run(id, record).lastInsertRowid)
}

/**
 * Keeps a received entry and merges it into its row; inside the caller's transaction.
 *
 * Says whether the row was new. Kinds and registers of a newer version are kept aside (`unknown_register`) and lose nothing.
 */
export function applyEntry(unit: WriteUnit, entry: ReceivedEntry, number: number): 'new' | 'changed' | 'none' {
  const { db, rows } = partsOf(unit)
  const { header: h, payload } = entry
  prepared(
    db,
    `INSERT INTO journal (stream, writer, seq, stamp, actor, kind, row, op, header, payload, commitment, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    entry.stream,
    entry.writer,
    h.q,
    h.t,
    h.a,
    h.k,
    h.r,
    h.o,
    entry.headerText,
    entry.payloadText,
    entry.commitment,
    entry.hash,
  )
  if (h.o === 'w') {
    const declare = prepared(db, 'INSERT OR IGNORE INTO writer_index (stream, writer, position, declared) VALUES (?, ?, ?, ?)')
    for (const [position, id] of Object.entries(payload.w ?? {})) declare.run(entry.stream, entry.writer, Number(position), id)
    return 'none'
  }
  if (payload.s !== undefined) {
    prepared(db, 'INSERT OR IGNORE INTO row_secret (kind, row, secret) VALUES (?, ?, ?)').run(h.k, h.r, hexToBytes(payload.s))
  }
  const known = Object.hasOwn(journaledTables, h.k)
  const kind = h.k as JournaledKind
  if (entry.payloadText === null) return 'none'
  const before = known ? rows.load(kind, h.r) : undefined
  // a row never changes stream: nobody writes into a file that was not opened for them
  if (before && before.stream !== entry.stream) throw new Refusal('sync-suspicious')
  // the row's content was withheld; a change of it says nothing by itself
  if (known && !before && h.o === 'u') return 'none'
  const registers: Record<string, RegisterValue> = { ...before?.registers }
  const clocks: Record<string, StoredRow['clocks'][string]> = { ...before?.clocks }
  const incoming = { writer: entry.writer, seq: h.q, stamp: h.t }
  let won = 0
  for (const [field, value] of Object.entries(payload.p ?? {})) {
    if (!known || !isRegister(kind, field)) {
      keepUnknown(db, [h.k, h.r, field, JSON.stringify(value), `${h.t}/${entry.writer}/${h.q}`])
      continue
    }
    const clock = clocks[field]
    const current = clock && { value: registers[field] ?? null, writer: writerId(db, clock[0]), seq: clock[1], stamp: clock[2] }
    const merged = mergeRegister<RegisterValue>(current, { ...incoming, value })
    if (merged.seq !== h.q || merged.writer !== entry.writer) continue
    registers[field] = value
    clocks[field] = [number, h.q, h.t]
    won += 1
  }
  if (!known || (before && won === 0)) return 'none'
  rows.save(kind, h.r, { stream: before?.stream ?? entry.stream, registers, clocks }, unit.now)
  return before ? 'changed' : 'new'
}

/** The later value of a register that this version does not know, by stamp, writer and sequence number. */
function keepUnknown(
  db: ReturnType<typeof partsOf>['db'],
  values: readonly [kind: string, row: string, field: string, value: string, clock: string],
): void {
  prepared(
    db,
    `INSERT INTO unknown_register (kind, row, field, value, clk) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (kind, row, field) DO UPDATE SET value = excluded.value, clk = excluded.clk WHERE excluded.clk > unknown_register.clk`,
  ).run(...values)
}

function writerId(db: ReturnType<typeof partsOf>['db'], number: number): string {
  const id = prepared<[number], { id: string }>(db, 'SELECT id FROM writer WHERE number = ?').get(number)?.id
  assertInvariant(id !== undefined, 'known writer number')
  return id
}
