import { payloadCommitment } from './journal.ts'
import { journaledTables, type JournaledKind } from './journaled-tables.ts'
import type { MergeParts } from './merge-row.ts'
import { prepared, readableDb } from './prepared.ts'
import { secretFor } from './chains.ts'
import type { ReadableDb } from './store.ts'

/** True when a row's content was erased for good by an entry of its own stream. */
export function isErased(db: ReadableDb, kind: string, row: string, stream: string): boolean {
  return db.read('SELECT 1 FROM erased WHERE row = ? AND kind = ? AND stream = ?').get(row, kind, stream) !== undefined
}

interface Held {
  readonly chain: number
  readonly seq: number
  readonly payload: string
  readonly stream: string
  readonly writer: number
  readonly writerId: string
}

/**
 * Erases a row's content here: payloads become commitments, then secrets, row, search words and waiting values go (sync.md 3.9).
 *
 * The chains still verify; without the secrets nobody can try values against the commitments. What comes later of the row is not kept either.
 * `stream` is that of the erasing entry: what another stream holds under this id stays; the caller refuses an erasure of its row.
 */
export function eraseRow(
  { db, rows, now }: MergeParts,
  kind: string,
  row: string,
  stream: string,
  certificate: string,
  ground: string,
): void {
  const held = prepared<[string, string, string], Held>(
    db,
    `SELECT j.chain, j.seq, j.payload, c.stream, c.writer, w.id AS writerId
     FROM journal j JOIN chain c ON c.number = j.chain JOIN writer w ON w.number = c.writer
     WHERE j.row = ? AND j.kind = ? AND c.stream = ? AND j.payload IS NOT NULL AND j.op <> 'x'`,
  ).all(row, kind, stream)
  const close = prepared(db, 'UPDATE journal SET payload = NULL, commitment = ? WHERE chain = ? AND seq = ?')
  for (const h of held) {
    const secret = secretFor(readableDb(db), kind, row, h.writer) ?? ''
    close.run(payloadCommitment(secret, h.stream, h.writerId, h.seq, h.payload), h.chain, h.seq)
  }
  prepared(db, 'DELETE FROM row_secret WHERE row = ? AND kind = ? AND writer IN (SELECT writer FROM chain WHERE stream = ?)').run(
    row,
    kind,
    stream,
  )
  prepared(db, 'DELETE FROM review WHERE row = ? AND kind = ? AND stream = ?').run(row, kind, stream)
  prepared(db, 'DELETE FROM draft WHERE subject = ?').run(row)
  if (Object.hasOwn(journaledTables, kind)) rows.remove(kind as JournaledKind, row)
  prepared(db, 'INSERT OR IGNORE INTO erased (row, kind, stream, certificate, ground, at) VALUES (?, ?, ?, ?, ?, ?)').run(
    row,
    kind,
    stream,
    certificate,
    ground,
    now,
  )
}
