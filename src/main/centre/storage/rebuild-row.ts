import type { EntryPayload } from '#shared/sync/entry.ts'
import type { JournaledKind } from './journaled-tables.ts'
import { mergeRow, type MergeParts, type RowEffect, type RowEntry } from './merge-row.ts'
import { prepared } from './prepared.ts'
import { findBase, putBase } from './row-base.ts'
import { storedJson } from './stored-json.ts'

interface Held {
  readonly number: number
  readonly stream: string
  readonly writer: number
  readonly seq: number
  readonly stamp: string
  readonly op: string
  readonly payload: string
}

/**
 * Makes a row again from the journal, and from what was kept of the entries that left it: after an undone import, a truncated fork, an upgrade that learned new fields.
 *
 * The row is gone when neither holds its insert. Its waiting values are made again too.
 */
export function rebuildRow(parts: MergeParts, kind: JournaledKind, id: string): RowEffect {
  const { db, rows, writerIdOf } = parts
  const held = prepared<[string, string], Held>(
    db,
    `SELECT c.number, c.stream, c.writer, j.seq, j.stamp, j.op, j.payload FROM journal j JOIN chain c ON c.number = j.chain
     WHERE j.row = ? AND j.kind = ? AND j.payload IS NOT NULL AND j.op IN ('i', 'u')`,
  ).all(id, kind)
  const before = rows.load(kind, id)
  prepared(db, 'DELETE FROM review WHERE row = ? AND kind = ?').run(id, kind)
  if (before) rows.remove(kind, id)
  const base = findBase(db, kind, id)
  const stream = base?.stream ?? before?.stream ?? held.find((h) => h.op === 'i')?.stream
  // entries of another stream that aim at the row are none of it
  const own = held.filter((h) => h.stream === stream)
  const entries = own.map((h): RowEntry => ({
    chain: { number: h.number, writer: h.writer },
    writerId: writerIdOf(h.writer),
    seq: h.seq,
    stamp: h.stamp,
    op: h.op,
    payload: storedJson<EntryPayload>(h.payload),
  }))
  if (base) putBase(parts, kind, id, base)
  if (stream === undefined || (!base && !own.some((h) => h.op === 'i'))) return before ? 'changed' : 'none'
  const effect = mergeRow(parts, kind, id, stream, entries)
  return before ? 'changed' : base ? 'new' : effect
}
