import type { CardBody } from '#shared/sync/device-card-file.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { storedJson } from '../../storage/stored-json.ts'

export interface PeerRecord {
  readonly device: string
  readonly card: CardBody
  readonly trusted_at: number
  readonly sent_counter: number
  readonly received_counter: number
}
interface PeerRaw extends Omit<PeerRecord, 'card'> {
  readonly card: string
}
const columns = 'device, card, trusted_at, sent_counter, received_counter'
const parsed = (raw: PeerRaw): PeerRecord => ({ ...raw, card: storedJson<CardBody>(raw.card) })

export function allPeers(db: ReadableDb): PeerRecord[] {
  return db.read<PeerRaw>(`SELECT ${columns} FROM peer ORDER BY site_code, device`).all().map(parsed)
}
export function findPeer(db: ReadableDb, device: string): PeerRecord | undefined {
  const raw = db.read<PeerRaw>(`SELECT ${columns} FROM peer WHERE device = ?`).get(device)
  return raw && parsed(raw)
}

export interface FileRecord {
  readonly at: number
  readonly counter: number
  readonly changes: number
}
/** The last file sent to or taken from a device. */
export function lastFile(db: ReadableDb, device: string, direction: 'sent' | 'received'): FileRecord | undefined {
  return db
    .read<FileRecord>(
      "SELECT at, counter, changes FROM file_log WHERE device = ? AND direction = ? AND outcome = 'done' ORDER BY id DESC LIMIT 1",
    )
    .get(device, direction)
}
/** When a received file was taken in before. */
export function importedAt(db: ReadableDb, fileId: string): number | undefined {
  return db
    .read<{ at: number }>("SELECT at FROM file_log WHERE direction = 'received' AND file_id = ? AND outcome = 'done'")
    .get(fileId)?.at
}

export interface JournalLine {
  readonly seq: number
  readonly header: string
  readonly payload: string | null
  readonly commitment: Uint8Array
  readonly hash: Uint8Array
}
/** A chain from its first entry. */
export function chainOf(db: ReadableDb, stream: string, writer: string): JournalLine[] {
  return db
    .read<JournalLine>('SELECT seq, header, payload, commitment, hash FROM journal WHERE stream = ? AND writer = ? ORDER BY seq')
    .all(stream, writer)
}
/** One entry's stamp and hash. */
export function entryAt(
  db: ReadableDb,
  stream: string,
  writer: string,
  seq: number,
): { readonly stamp: string; readonly hash: Uint8Array } | undefined {
  return db
    .read<{ stamp: string; hash: Uint8Array }>('SELECT stamp, hash FROM journal WHERE stream = ? AND writer = ? AND seq = ?')
    .get(stream, writer, seq)
}
/** What we hold of the streams that begin with `prefix`: stream -> writer -> last sequence number. */
export function heldVector(db: ReadableDb, prefix: string): Record<string, Record<string, number>> {
  const rows = db
    .read<{ stream: string; writer: string; seq: number }>(
      'SELECT stream, writer, max(seq) AS seq FROM journal WHERE stream GLOB ? GROUP BY stream, writer',
    )
    .all(`${prefix}*`)
  const vector: Record<string, Record<string, number>> = {}
  for (const r of rows) (vector[r.stream] ??= {})[r.writer] = r.seq
  return vector
}
/** The record of a writer held here. */
export function writerRecord(db: ReadableDb, id: string): string | undefined {
  return db.read<{ record: string }>('SELECT record FROM writer WHERE id = ?').get(id)?.record
}
