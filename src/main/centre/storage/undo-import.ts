import { Refusal } from '#shared/result.ts'
import { readPayload, baseOf, type EntryPayload } from '#shared/sync/entry.ts'
import { isSignedKind } from '#shared/sync/signed-kinds.ts'
import { namedWriter } from './branches.ts'
import { journaledTables, type JournaledKind } from './journaled-tables.ts'
import { mergePartsOf } from './merge-parts.ts'
import type { RawDatabase } from './open-database.ts'
import { keepOrphans, readOrphans } from './orphans.ts'
import { prepared, readableDb } from './prepared.ts'
import { rebuildRow } from './rebuild-row.ts'
import { storedJson } from './stored-json.ts'
import type { WriteUnit } from './store.ts'
import { partsOf } from './write-unit.ts'

/** Entries `from_seq`..`to_seq`, the last of a chain; `head` is the chain's head without them, JSON of a `KeptHead`. */
export interface Range {
  readonly chain: number
  readonly from_seq: number
  readonly to_seq: number
  readonly head: string
}
interface Entry {
  readonly seq: number
  readonly kind: string
  readonly row: string
  readonly op: string
  readonly payload: string | null
}
/** A head as `import_range` keeps it. */
export type KeptHead = readonly [seq: number, hash: string, at: number, sig: string]

const references: readonly (readonly [table: string, column: string, target: string])[] = [
  ['referral', 'case_id', 'case_record'],
  ['referral', 'service_point_id', 'service_point'],
  ['referral_step', 'referral_id', 'referral'],
  ['case_form', 'case_id', 'case_record'],
  ['case_link', 'case_a', 'case_record'],
  ['case_link', 'case_b', 'case_record'],
  ['service', 'organization_id', 'organization'],
  ['service_point', 'service_id', 'service'],
]

/**
 * Takes an import back: its entries leave the journal, the chains end where they ended before, and each row it touched is made again from
 * what is left. Inside the caller's transaction; returns the number of entries. The same file can be taken in again.
 *
 * Throws Refusal undo-too-late when something was built on it meanwhile: a later file of the same chains, a later change of a field that it
 * brought, a row of ours that refers to one of its rows, or an erasure.
 */
export function undoImport(unit: WriteUnit, file: number): number {
  const { db } = partsOf(unit)
  const ranges = prepared<[number], Range>(db, 'SELECT chain, from_seq, to_seq, head FROM import_range WHERE file = ?').all(file)
  const danglingBefore = dangling(db)
  const touched = new Map<string, { readonly kind: string; readonly row: string }>()
  let count = 0
  for (const range of ranges) {
    const tip = prepared<[number], { seq: number }>(db, 'SELECT seq FROM chain WHERE number = ?').get(range.chain)?.seq
    if (tip !== range.to_seq || isContinued(db, range, ranges)) throw new Refusal('undo-too-late')
    const entries = prepared<[number, number, number], Entry>(
      db,
      'SELECT seq, kind, row, op, payload FROM journal WHERE chain = ? AND seq >= ? AND seq <= ?',
    ).all(range.chain, range.from_seq, range.to_seq)
    for (const e of entries) {
      // an erasure cannot be taken back; nor may a computer that was reported lost be forgotten, or a form that records were filled with
      if (e.op === 'x' || isSignedKind(e.kind)) throw new Refusal('undo-too-late')
      if (e.row !== '') touched.set(`${e.kind}/${e.row}`, { kind: e.kind, row: e.row })
    }
    count += entries.length
  }
  for (const { kind, row } of touched.values()) if (isBuiltOn(db, kind, row, ranges)) throw new Refusal('undo-too-late')
  takeOut(unit, ranges, touched)
  if (dangling(db) > danglingBefore) throw new Refusal('undo-too-late')
  unit.local('DELETE FROM import_range WHERE file = ?', file)
  unit.local("UPDATE file_log SET outcome = 'undone' WHERE id = ?", file)
  return count
}

/** Takes the last entries of chains out of the journal and makes the rows that they touched again from what is left. */
export function takeOut(
  unit: WriteUnit,
  ranges: readonly Range[],
  touched: ReadonlyMap<string, { readonly kind: string; readonly row: string }>,
): void {
  const { db, rows } = partsOf(unit)
  for (const range of ranges) takeBack(db, range)
  for (const range of ranges) forgetEmptyBranch(db, range.chain)
  const merge = mergePartsOf(unit)
  const orphans = readOrphans(db)
  for (const [key, { kind, row }] of touched) {
    if (!Object.hasOwn(journaledTables, kind)) continue
    rebuildRow(merge, kind as JournaledKind, row)
    const isHeld = prepared(db, 'SELECT 1 FROM journal WHERE row = ? AND kind = ? LIMIT 1').get(row, kind) !== undefined
    if (isHeld && rows.load(kind as JournaledKind, row) === undefined) orphans.add(key)
    else orphans.delete(key)
  }
  keepOrphans(db, orphans)
}

/** True when a branch that stays parts from what would go. */
function isContinued(db: RawDatabase, { chain, from_seq: from, to_seq: to }: Range, ranges: readonly Range[]): boolean {
  return prepared<[number, number, number], { number: number }>(
    db,
    `SELECT b.number FROM chain c JOIN writer w ON w.number = c.writer JOIN writer v ON v.name = w.name
     JOIN chain b ON b.writer = v.number AND b.stream = c.stream AND b.number <> c.number
     WHERE c.number = ? AND b.floor_seq BETWEEN ? AND ?
     AND b.floor_hash = (SELECT hash FROM journal j WHERE j.chain = c.number AND j.seq = b.floor_seq)`,
  )
    .all(chain, from, to)
    .some((b) => !ranges.some((r) => r.chain === b.number))
}

/** A branch of which nothing is left never was. */
function forgetEmptyBranch(db: RawDatabase, chain: number): void {
  const empty = prepared<[number], { number: number }>(
    db,
    `SELECT c.number FROM chain c JOIN writer w ON w.number = c.writer
     WHERE c.number = ? AND c.seq = c.floor_seq AND w.id <> w.name`,
  ).get(chain)
  if (!empty) return
  prepared(db, 'DELETE FROM writer_index WHERE chain = ?').run(chain)
  prepared(db, 'DELETE FROM chain WHERE number = ?').run(chain)
}

/** True when an entry outside the import replaced a value that the import brought. */
function isBuiltOn(db: RawDatabase, kind: string, row: string, ranges: readonly Range[]): boolean {
  const within = (chain: number, seq: number) => ranges.some((r) => r.chain === chain && seq >= r.from_seq && seq <= r.to_seq)
  const writers = new Map<string, number>()
  const chainOf = (stream: string, writer: number): number | undefined => {
    const key = `${stream}/${writer}`
    const known = writers.get(key)
    if (known !== undefined) return known
    const found = prepared<[string, number], { number: number }>(
      db,
      'SELECT number FROM chain WHERE stream = ? AND writer = ?',
    ).get(stream, writer)?.number
    if (found !== undefined) writers.set(key, found)
    return found
  }
  const all = prepared<[string, string], { chain: number; stream: string; writer: number; seq: number; payload: string }>(
    db,
    `SELECT j.chain, c.stream, c.writer, j.seq, j.payload FROM journal j JOIN chain c ON c.number = j.chain
     WHERE j.row = ? AND j.kind = ? AND j.payload IS NOT NULL`,
  ).all(row, kind)
  return all
    .filter((e) => !within(e.chain, e.seq))
    .some((e) => {
      const payload: EntryPayload = readPayload(storedJson(e.payload)) ?? {}
      return Object.keys(payload.p ?? {}).some((field) => {
        const base = baseOf(payload, field)
        return [...(base ? [base] : []), ...(payload.d?.[field] ?? [])].some((dot) => {
          const writer = namedWriter(readableDb(db), { number: e.chain, writer: e.writer }, dot, kind, row)
          const chain = writer === undefined ? undefined : chainOf(e.stream, writer)
          return chain !== undefined && within(chain, dot[1])
        })
      })
    })
}

function takeBack(db: RawDatabase, { chain, from_seq: from, to_seq: to, head }: Range): void {
  const told = prepared<[number, number, number], { kind: string; row: string; op: string; payload: string }>(
    db,
    "SELECT kind, row, op, payload FROM journal WHERE chain = ? AND seq >= ? AND seq <= ? AND payload IS NOT NULL AND (op = 'w' OR payload LIKE '%\"s\":%')",
  ).all(chain, from, to)
  const writer = prepared<[number], { writer: number }>(db, 'SELECT writer FROM chain WHERE number = ?').get(chain)!.writer
  for (const e of told) {
    const payload = readPayload(storedJson(e.payload))
    for (const position of Object.keys(payload?.w ?? {}))
      prepared(db, 'DELETE FROM writer_index WHERE chain = ? AND position = ?').run(chain, Number(position))
    if (payload?.s !== undefined)
      prepared(db, 'DELETE FROM row_secret WHERE row = ? AND kind = ? AND writer = ?').run(e.row, e.kind, writer)
  }
  const before =
    prepared<[number, number], { hash: string }>(db, 'SELECT hash FROM journal WHERE chain = ? AND seq = ?').get(chain, from - 1)
      ?.hash ??
    prepared<[number], { floor_hash: string }>(db, 'SELECT floor_hash FROM chain WHERE number = ?').get(chain)!.floor_hash
  prepared(db, 'DELETE FROM journal WHERE chain = ? AND seq >= ? AND seq <= ?').run(chain, from, to)
  const [headSeq, headHash, headAt, headSig] = storedJson<KeptHead>(head)
  prepared(db, 'UPDATE chain SET seq = ?, hash = ?, head_seq = ?, head_hash = ?, head_at = ?, head_sig = ? WHERE number = ?').run(
    from - 1,
    before,
    headSeq,
    headHash,
    headAt,
    headSig,
    chain,
  )
}

/** Rows that refer to a row which is not here. */
function dangling(db: RawDatabase): number {
  let count = 0
  for (const [table, column, target] of references) {
    count += prepared<[], { n: number }>(
      db,
      `SELECT count(*) AS n FROM ${table} t WHERE t.${column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${target} x WHERE x.id = t.${column})`,
    ).get()!.n
  }
  return count
}
