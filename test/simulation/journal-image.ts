import { createHash } from 'node:crypto'
import { journaledTables, type JournaledKind } from '#main/centre/storage/journaled-tables.ts'
import type { RawDatabase } from '#main/centre/storage/open-database.ts'
import { prepared } from '#main/centre/storage/prepared.ts'
import { registersOf, type Registers, type RowClocks } from '#main/centre/storage/row-registers.ts'
import type { EntryPayload, SentValue } from '#shared/sync/entry.ts'

/** A change that a desk holds; writers by their ids, so that desks can be compared. */
export interface HeldEntry {
  readonly stream: string
  readonly writer: string
  readonly seq: number
  readonly stamp: string
  readonly kind: string
  readonly row: string
  readonly op: string
  readonly sv: number
  readonly hash: string
  /** Undefined when it was withheld or erased. */
  readonly text: string | undefined
  readonly payload: EntryPayload
}
export interface HeldRow {
  readonly stream: string
  readonly kind: JournaledKind
  readonly id: string
  readonly registers: Registers
  /** Register -> writer/seq/stamp; `*` as in the row. */
  readonly clocks: Readonly<Record<string, string>>
}
export interface WaitingValue {
  readonly stream: string
  readonly kind: string
  readonly row: string
  readonly field: string
  readonly change: string
  readonly value: SentValue
}

/** A chain: all of a writer's entries in a stream, or, where they have two histories, one piece of their tree. */
export interface Piece {
  readonly name: string
  /** Number and hash of the entry before the first one, and of the last. */
  readonly before: readonly [number, string]
  readonly last: readonly [number, string]
}

/** What a desk holds, as far as desks can be compared by it. */
export interface JournalImage {
  readonly entries: readonly HeldEntry[]
  readonly rows: readonly HeldRow[]
  readonly waiting: readonly WaitingValue[]
  /** Chain -> whose it is, and the entries where it begins and ends. */
  readonly pieces: ReadonlyMap<string, Piece>
  readonly erased: ReadonlySet<string>
  /** Chain -> index -> writer that the chain declared under it. */
  readonly declared: ReadonlyMap<string, ReadonlyMap<number, string>>
  readonly caseNumbers: ReadonlyMap<string, string>
}

/** An entry, and the hash of the one before it in its chain. */
export interface SeenEntry {
  readonly entry: HeldEntry
  readonly before: string
}

/**
 * The image with what left the journal of this desk, or stands behind a snapshot that it took: `seen` are the entries that were met at any
 * desk, by hash; those of this one are added. `withheld`: what this desk held last without its text; it left like that.
 */
export function withDeparted(image: JournalImage, seen: Map<string, SeenEntry>, withheld: Set<string>): JournalImage {
  const last = new Map<string, string>()
  for (const entry of image.entries) {
    const chain = chainName(entry.stream, entry.writer)
    const known = seen.get(entry.hash)
    // withheld from one desk, told to another
    if (known?.entry.text === undefined)
      seen.set(entry.hash, { entry, before: last.get(chain) ?? image.pieces.get(chain)?.before[1] ?? '' })
    last.set(chain, entry.hash)
    if (entry.text === undefined) withheld.add(entry.hash)
    else withheld.delete(entry.hash)
  }
  const departed: HeldEntry[] = []
  const pieces = new Map(image.pieces)
  for (const [chain, piece] of image.pieces) {
    const { name, before } = piece
    if (!chain.endsWith(`/${name}`) || before[0] === 0) continue
    const path: HeldEntry[] = []
    for (let at = seen.get(before[1]); at; at = seen.get(at.before)) {
      const isErased = image.erased.has(`${at.entry.kind}/${at.entry.row}`) && at.entry.op !== 'x'
      const isGone = isErased || withheld.has(at.entry.hash)
      path.unshift(isGone ? { ...at.entry, text: undefined, payload: {} } : at.entry)
    }
    departed.push(...path)
    pieces.set(chain, { ...piece, before: [0, ''] })
  }
  return { ...image, pieces, entries: [...departed, ...image.entries] }
}

/** Rows of a mailbox whose persons took their agreement back: others know of them only that they are closed. */
export function closedCopies(image: JournalImage, stream: string): Set<string> {
  return new Set(
    image.rows
      .filter(
        (r) =>
          r.stream === stream && (r.registers['origin_id'] ?? null) === null && (r.registers['origin_site'] ?? null) !== null,
      )
      .map((r) => r.id),
  )
}

/** Name of a chain. */
export const chainName = (stream: string, writer: string): string => `${stream}/${writer}`

/** Reads what a desk holds from a copy of its database. */
export function journalImage(db: RawDatabase): JournalImage {
  const writers = new Map(
    prepared<[], { number: number; id: string }>(db, 'SELECT number, id FROM writer')
      .all()
      .map((w) => [w.number, w.id]),
  )
  const idOf = (number: number): string => writers.get(number) ?? `? ${number}`
  const entries = prepared<[], HeldEntry & { readonly payload: string | null; readonly number: number }>(
    db,
    `SELECT c.stream, c.writer AS number, j.seq, j.stamp, j.kind, j.row, j.op, j.sv, j.hash, j.payload
       FROM journal j JOIN chain c ON c.number = j.chain ORDER BY c.stream, c.writer, j.seq`,
  )
    .all()
    .map(({ number, payload, ...e }) => ({
      ...e,
      writer: idOf(number),
      text: payload ?? undefined,
      payload: (payload === null ? {} : JSON.parse(payload)) as EntryPayload,
    }))
  const rows: HeldRow[] = []
  for (const kind of Object.keys(journaledTables) as JournaledKind[]) {
    for (const row of prepared<[], Record<string, unknown>>(
      db,
      `SELECT * FROM ${journaledTables[kind].table} ORDER BY id`,
    ).all()) {
      const clocks = JSON.parse(String(row['clk'])) as RowClocks
      rows.push({
        stream: String(row['stream']),
        kind,
        id: String(row['id']),
        registers: registersOf(kind, row),
        clocks: Object.fromEntries(Object.entries(clocks).map(([f, [w, seq, stamp]]) => [f, `${idOf(w)}/${seq}/${stamp}`])),
      })
    }
  }
  const waiting = prepared<
    [],
    Omit<WaitingValue, 'change' | 'value'> & { writer: number; seq: number; stamp: string; value: string }
  >(db, 'SELECT stream, kind, row, field, writer, seq, stamp, value FROM review ORDER BY row, kind, field, stamp, seq')
    .all()
    .map(({ writer, seq, stamp, value, ...w }) => ({
      ...w,
      change: `${idOf(writer)}/${seq}/${stamp}`,
      value: JSON.parse(value) as SentValue,
    }))
  const declared = new Map<string, Map<number, string>>()
  for (const d of prepared<[], { stream: string; writer: number; position: number; declared: number }>(
    db,
    'SELECT c.stream, c.writer, i.position, i.declared FROM writer_index i JOIN chain c ON c.number = i.chain',
  ).all()) {
    const chain = chainName(d.stream, idOf(d.writer))
    const known = declared.get(chain) ?? new Map<number, string>()
    known.set(d.position, idOf(d.declared))
    declared.set(chain, known)
  }
  return {
    entries,
    rows,
    waiting,
    pieces: new Map(
      prepared<[], { stream: string; id: string; name: string; f: number; fh: string; seq: number; hash: string }>(
        db,
        'SELECT c.stream, w.id, w.name, c.floor_seq AS f, c.floor_hash AS fh, c.seq, c.hash FROM chain c JOIN writer w ON w.number = c.writer',
      )
        .all()
        .map((c) => [chainName(c.stream, c.id), { name: c.name, before: [c.f, c.fh], last: [c.seq, c.hash] }]),
    ),
    erased: new Set(
      prepared<[], { kind: string; row: string }>(db, 'SELECT kind, row FROM erased')
        .all()
        .map((e) => `${e.kind}/${e.row}`),
    ),
    declared,
    caseNumbers: new Map(rows.filter((r) => r.kind === 'case').map((r) => [r.id, String(r.registers['number'])])),
  }
}

/** What a refused file may leave: a note of it, its event, with which recipient its sender opens files, and how far it heard of us. */
const left: Readonly<Record<string, string>> = {
  file_log: "SELECT * FROM file_log WHERE outcome = 'done'",
  counter: "SELECT * FROM counter WHERE name NOT LIKE 'sent-%'",
  setting: "SELECT * FROM setting WHERE key <> 'audit.head'",
  peer: "SELECT *, NULL AS reads_still FROM peer WHERE card <> '' OR received_counter > 0",
}

/** Every row of every table, the audit trail and what a refused file may leave aside: for "nothing was changed". */
export function wholeDump(db: RawDatabase): string {
  const tables = prepared<[], { name: string }>(
    db,
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'audit' ORDER BY name",
  ).all()
  const hash = createHash('sha256')
  for (const { name } of tables) {
    hash.update(`\n${name}\n`)
    hash.update(JSON.stringify(prepared(db, left[name] ?? `SELECT * FROM "${name}"`).all()))
  }
  return hash.digest('hex')
}
