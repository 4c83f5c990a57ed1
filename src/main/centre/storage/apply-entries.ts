import { Refusal } from '#shared/result.ts'
import type { EntryHeader, EntryPayload } from '#shared/sync/entry.ts'
import { chainFor, keepWriter, saveTip, type ChainRow } from './chains.ts'
import { eraseDependants } from './erase-dependants.ts'
import { eraseRow, isErased } from './erase-row.ts'
import { journaledTables, type JournaledKind } from './journaled-tables.ts'
import { mergeRow, type MergeBranch, type RowEffect, type RowEntry } from './merge-row.ts'
import { mergePartsOf } from './merge-parts.ts'
import type { RawDatabase } from './open-database.ts'
import { prepared, readableDb } from './prepared.ts'
import { bufferedRows } from './row-buffer.ts'
import type { RowWriter } from './row-writer.ts'
import { keepOrphans, readOrphans } from './orphans.ts'
import { newBranch, partChain } from './part-chain.ts'
import { rebuildRow } from './rebuild-row.ts'
import { isJournaledKind } from './row-base.ts'
import { keepSetting, readSetting } from './settings.ts'
import type { WriteUnit } from './store.ts'
import type { KeptHead } from './undo-import.ts'
import { partsOf, schemaVersion } from './write-unit.ts'

/** An entry of another writer, checked against its chain; hashes are hex. */
export interface ReceivedEntry {
  readonly header: EntryHeader
  readonly payload: EntryPayload
  /** Null when the payload was withheld or erased: the entry is kept for its chain and changes nothing. */
  readonly payloadText: string | null
  /** To its payload, hex; kept when the payload is not. */
  readonly commitment: string
  readonly hash: string
}

/** Entries of one chain, in order, to be kept and merged together. */
export interface ReceivedBatch {
  readonly chain: ChainRow
  readonly entries: readonly ReceivedEntry[]
}

/** Where entries join on: they go on after the end of a chain, or part from it after one of its entries. */
export interface Place {
  readonly chain: ChainRow
  readonly after: number
  readonly isBranch: boolean
}

/** What an import brings of a chain: from which entry on, and its signed head before. */
export interface TakenRange {
  readonly chain: ChainRow
  readonly from: number
  readonly head: KeptHead
}

/**
 * Keeps received entries and merges them into their rows, inside the caller's transaction.
 *
 * Returns what happened to each row, by kind and id. Entries of a kind or version that this one does not know are kept in the journal and
 * merged after an upgrade (`replayNewer`). Throws Refusal sync-suspicious for an entry that aims at a row of another stream.
 */
export function applyEntries(unit: WriteUnit, took?: (branch: MergeBranch) => void) {
  const { db, rows: written } = partsOf(unit)
  const rows = bufferedRows(written)
  const merge = { ...mergePartsOf(unit, took), rows }
  const insert = prepared(
    db,
    `INSERT INTO journal (chain, seq, stamp, actor, kind, row, op, sv, payload, commitment, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const keepSecret = prepared(db, 'INSERT OR IGNORE INTO row_secret (row, kind, writer, secret) VALUES (?, ?, ?, ?)')
  const orphans = readOrphans(db)
  let orphansMoved = false
  const anyErased = prepared(db, 'SELECT 1 FROM erased LIMIT 1').get() !== undefined
  let erasedHere = anyErased

  const keep = (chain: ChainRow, e: ReceivedEntry): boolean => {
    const { header: h } = e
    // what was erased stays erased, whoever still sends it
    const gone = erasedHere && h.o !== 'x' && h.o !== 'w' && isErased(readableDb(db), h.k, h.r, chain.stream)
    const secret = e.payload.s ?? ''
    const text = gone ? null : e.payloadText
    insert.run(chain.number, h.q, h.t, h.a, h.k, h.r, h.o, h.sv, text, text === null ? e.commitment : null, e.hash)
    chain.seq = h.q
    chain.hash = e.hash
    if (!gone && secret !== '') keepSecret.run(h.r, h.k, chain.writer, secret)
    return text !== null
  }

  const touched = new Map<number, ChainRow>()
  const ranges = new Map<number, TakenRange>()
  /** One object for a chain, however often it is asked for. */
  const touch = (chain: ChainRow): ChainRow => {
    const known = touched.get(chain.number)
    if (known) return known
    touched.set(chain.number, chain)
    return chain
  }
  const part = (chain: ChainRow, after: number): void => {
    const branch = touch(partChain(merge, chain, after))
    const range = ranges.get(chain.number)
    if (!range) return
    ranges.set(branch.number, { chain: branch, from: Math.max(range.from, after + 1), head: noHead })
    if (range.from > after) ranges.delete(chain.number)
  }
  return {
    /** The chain that begins with a writer's record; a new one is made, with its writer. */
    chain(stream: string, writerId: string, device: string, record: string): ChainRow {
      return touch(chainFor(db, stream, keepWriter(db, writerId, device, record, 0), record))
    },
    /** The chain for entries of which `firstHash` is the first; where histories part, the chain that is held ends there. */
    place({ chain, after, isBranch }: Place, firstHash: string): ChainRow {
      const held = touch(chain)
      if (!isBranch) return held
      if (held.seq > after) part(held, after)
      return touch(newBranch(db, held, firstHash))
    },
    /** What was taken, chain by chain, for taking it back. */
    ranges: (): readonly TakenRange[] => [...ranges.values()],
    /** Keeps the newest head that the writing device signed. */
    signed(
      chain: ChainRow,
      head: { readonly seq: number; readonly hash: string; readonly at: number; readonly sig: string },
    ): void {
      prepared(
        db,
        'UPDATE chain SET head_seq = ?, head_hash = ?, head_at = ?, head_sig = ? WHERE number = ? AND head_seq <= ?',
      ).run(head.seq, head.hash, head.at, head.sig, chain.number, head.seq)
      if (chain.head_seq <= head.seq)
        Object.assign(chain, { head_seq: head.seq, head_hash: head.hash, head_at: head.at, head_sig: head.sig })
    },
    /** Takes a batch; the chain's tip moves with it. */
    take({ chain, entries }: ReceivedBatch, effect: (kind: JournaledKind, row: string, what: RowEffect) => void): void {
      const writerId = merge.writerIdOf(chain.writer)
      if (!ranges.has(chain.number))
        ranges.set(chain.number, {
          chain,
          from: chain.seq + 1,
          head: [chain.head_seq, chain.head_hash, chain.head_at, chain.head_sig],
        })
      const byKind = new Map<JournaledKind, Map<string, RowEntry[]>>()
      const erasures: ReceivedEntry[] = []
      for (const e of entries) {
        const { header: h } = e
        if (!keep(chain, e)) continue
        if (h.o === 'w') declare(db, chain, e.payload)
        else if (h.o === 'x') erasures.push(e)
        else if ((h.o === 'i' || h.o === 'u') && isJournaledKind(h.k)) {
          const entry = { chain, writerId, seq: h.q, stamp: h.t, op: h.o, payload: e.payload }
          let byRow = byKind.get(h.k)
          if (!byRow) byKind.set(h.k, (byRow = new Map()))
          const list = byRow.get(h.r)
          if (list) list.push(entry)
          else byRow.set(h.r, [entry])
        }
      }
      for (const [kind, byRow] of byKind) {
        for (const [row, list] of byRow) {
          const wasOrphan = orphans.size > 0 && orphans.has(`${kind}/${row}`)
          const what = wasOrphan ? rebuildRow(merge, kind, row) : mergeRow(merge, kind, row, chain.stream, list)
          const isOrphan = what === 'none' && rows.load(kind, row) === undefined
          if (isOrphan !== wasOrphan) {
            orphansMoved = true
            if (isOrphan) orphans.add(`${kind}/${row}`)
            else orphans.delete(`${kind}/${row}`)
          }
          effect(kind, row, what)
        }
      }
      for (const e of erasures) {
        assertOwnStream(rows, e.header.k, e.header.r, chain.stream)
        eraseRow(merge, e.header.k, e.header.r, chain.stream, e.payload.x?.c ?? '', e.payload.x?.g ?? '')
        erasedHere = true
      }
      saveTip(db, chain)
    },
    /** Writes the rows; only then a statement sees them. What hangs on an erased row goes with it. */
    finish(): void {
      rows.flush()
      if (erasedHere) eraseDependants({ db, rows: written, now: unit.now })
      if (orphansMoved) keepOrphans(db, orphans)
    },
  }
}

const noHead: KeptHead = [0, '', 0, '']

/** Nobody erases a row of another stream. Throws Refusal sync-suspicious. */
function assertOwnStream(rows: RowWriter, kind: string, row: string, stream: string): void {
  if (!Object.hasOwn(journaledTables, kind)) return
  const held = rows.load(kind as JournaledKind, row)
  if (held && held.stream !== stream) throw new Refusal('sync-suspicious')
}

function declare(db: RawDatabase, chain: ChainRow, payload: EntryPayload): void {
  for (const [position, id] of Object.entries(payload.w ?? {})) {
    // a writer that is named before its own chain arrives has no record yet
    const number = keepWriter(db, id, '', '', 0)
    prepared(db, 'INSERT OR IGNORE INTO writer_index (chain, position, declared) VALUES (?, ?, ?)').run(
      chain.number,
      Number(position),
      number,
    )
  }
}

const schemaSetting = 'journal.schema'

/** True when this version can read more of the journal than the one that was last signed in to. */
export function hasNewerToReplay(db: RawDatabase): boolean {
  return Number(readSetting(db, schemaSetting) ?? '1') < schemaVersion
}

/**
 * Merges what a newer version had written and this one has learned to read, after an upgrade: every row with an entry of a schema that was
 * unknown when it came. Returns how many rows. Some milliseconds a row; inside the caller's transaction.
 */
export function replayNewer(unit: WriteUnit): number {
  const { db, rows } = partsOf(unit)
  const replayed = Number(readSetting(db, schemaSetting) ?? '1')
  const merge = mergePartsOf(unit)
  const newer = prepared<[number], { kind: string; row: string }>(
    db,
    "SELECT DISTINCT kind, row FROM journal WHERE sv > ? AND row <> ''",
  ).all(replayed)
  const orphans = readOrphans(db)
  let count = 0
  for (const { kind, row } of newer) {
    if (!Object.hasOwn(journaledTables, kind)) continue
    rebuildRow(merge, kind as JournaledKind, row)
    // what still lacks its insert waits as if it had come to this version
    if (rows.load(kind as JournaledKind, row)) orphans.delete(`${kind}/${row}`)
    else orphans.add(`${kind}/${row}`)
    count += 1
  }
  eraseDependants({ db, rows, now: unit.now })
  keepOrphans(db, orphans)
  keepSetting(db, schemaSetting, String(schemaVersion))
  return count
}
