import type { Manifest, Vector } from '#shared/sync/manifest.ts'
import { journalLineColumns, type JournalLine } from '../../storage/journal-line.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { storedJson } from '../../storage/stored-json.ts'
import type { ChainRow } from '../../storage/chains.ts'
import { isShared } from './audience.ts'
import { stillApart, tipDigits } from './histories.ts'

export interface FileRecord {
  readonly id: number
  readonly file_id: string
  readonly device: string
  readonly site: string
  readonly at: number
  readonly counter: number
  readonly changes: number
  readonly outcome: string
  readonly details: string
}
/** The last file that went to a centre or came from it whole. */
export function lastFile(db: ReadableDb, site: string, direction: 'sent' | 'received'): FileRecord | undefined {
  return db
    .read<FileRecord>("SELECT * FROM file_log WHERE site = ? AND direction = ? AND outcome = 'done' ORDER BY id DESC LIMIT 1")
    .get(site, direction)
}
/** When a received file was taken in before. */
export function importedAt(db: ReadableDb, fileId: string): number | undefined {
  return db
    .read<{ at: number }>("SELECT at FROM file_log WHERE direction = 'received' AND file_id = ? AND outcome = 'done'")
    .get(fileId)?.at
}

export interface ChainWithWriter extends ChainRow {
  readonly writer_id: string
  /** The writer's id in its record and in the hashes. */
  readonly name: string
  readonly device: string
  readonly record: string
  readonly own: number
}
/** The chains that two centres share, with their writers, each before its branches; those of writers that were only named are left out. */
export function sharedChains(db: ReadableDb, from: string, to: string): ChainWithWriter[] {
  return db
    .read<ChainWithWriter>(
      `SELECT c.*, w.id AS writer_id, w.name, w.device, w.record, w.own FROM chain c JOIN writer w ON w.number = c.writer
       WHERE w.record <> '' ORDER BY c.stream, w.name, c.floor_seq, w.id`,
    )
    .all()
    .filter((c) => isShared(c.stream, from, to))
}

/**
 * What is held of the streams that two centres share: stream -> writer -> last sequence number, and the first digits of its hash.
 *
 * Of a writer of whom others hold a history that is not held here the number is left out, so that all of it is sent again.
 */
export function heldVector(db: ReadableDb, from: string, to: string): Pick<Manifest, 'have' | 'tips'> {
  const have: Record<string, Record<string, number>> = {}
  const tips: Record<string, Record<string, [number, string]>> = {}
  const isApart = stillApart(db)
  for (const c of sharedChains(db, from, to)) {
    if (c.seq === 0) continue
    ;(tips[c.stream] ??= {})[c.writer_id] = [c.seq, tipDigits(c.hash)]
    if (!isApart(c.stream, c.name)) (have[c.stream] ??= {})[c.writer_id] = c.seq
  }
  return { have, tips }
}

/** Entries of a chain after `seq`, at most `limit` and not beyond `last`. */
export function linesAfter(db: ReadableDb, chain: number, seq: number, last: number, limit: number): JournalLine[] {
  return db
    .read<JournalLine>(
      `SELECT ${journalLineColumns} FROM journal
       WHERE chain = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?`,
    )
    .all(chain, seq, last, limit)
}

/** What a centre's devices all said they hold of a chain; 0 for one that never said. */
export function heldByAll(holds: readonly Vector[], stream: string, writer: string): number {
  return holds.length === 0 ? 0 : Math.min(...holds.map((h) => h[stream]?.[writer] ?? 0))
}

/** JSON of a file's details. */
export function detailsOf<T>(record: Pick<FileRecord, 'details'>): T {
  return storedJson<T>(record.details)
}

/** The stamp of an entry that is held in the journal. */
export function stampAt(db: ReadableDb, chain: number, seq: number): string | undefined {
  return db.read<{ stamp: string }>('SELECT stamp FROM journal WHERE chain = ? AND seq = ?').get(chain, seq)?.stamp
}
