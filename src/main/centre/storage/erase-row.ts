import { erasedLine, readHeader, readPayload } from '#shared/sync/entry.ts'
import { noRowSecret, payloadCommitment } from './journal.ts'
import { journaledTables, type JournaledKind } from './journaled-tables.ts'
import type { MergeParts } from './merge-row.ts'
import type { RawDatabase } from './open-database.ts'
import { prepared, readableDb } from './prepared.ts'
import { secretFor } from './branches.ts'
import { findWriter } from './chains.ts'
import { scrubDue } from './scrub.ts'
import { keepSetting } from './settings.ts'
import type { ReadableDb } from './store.ts'
import { storedJson } from './stored-json.ts'

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
 * Drafts, print counts and lines kept aside go with it; old bytes of the file itself go with `scrub`.
 * `stream` is that of the erasing entry: what another stream holds under this id stays; the caller refuses an erasure of its row.
 */
export function eraseRow(
  { db, rows, now }: Pick<MergeParts, 'db' | 'rows' | 'now'>,
  kind: string,
  row: string,
  stream: string,
  certificate: string,
  ground: string,
): void {
  const held = prepared<[string, string, string], Held>(
    db,
    `SELECT j.chain, j.seq, j.payload, c.stream, c.writer, w.name AS writerId
     FROM journal j JOIN chain c ON c.number = j.chain JOIN writer w ON w.number = c.writer
     WHERE j.row = ? AND j.kind = ? AND c.stream = ? AND j.payload IS NOT NULL AND j.op <> 'x'`,
  ).all(row, kind, stream)
  const close = prepared(db, 'UPDATE journal SET payload = NULL, commitment = ? WHERE chain = ? AND seq = ?')
  for (const h of held) {
    const secret = secretFor(readableDb(db), kind, row, h.writer) ?? ''
    close.run(payloadCommitment(secret, h.stream, h.writerId, h.seq, h.payload), h.chain, h.seq)
  }
  eraseQuarantined(db, kind, row, stream)
  prepared(db, 'DELETE FROM row_secret WHERE row = ? AND kind = ? AND writer IN (SELECT writer FROM chain WHERE stream = ?)').run(
    row,
    kind,
    stream,
  )
  prepared(db, 'DELETE FROM review WHERE row = ? AND kind = ? AND stream = ?').run(row, kind, stream)
  prepared(db, 'DELETE FROM draft WHERE subject = ?').run(row)
  prepared(db, 'DELETE FROM row_base WHERE row = ? AND kind = ? AND stream = ?').run(row, kind, stream)
  prepared(db, 'DELETE FROM print_log WHERE referral_id = ?').run(row)
  if (Object.hasOwn(journaledTables, kind)) rows.remove(kind as JournaledKind, row)
  // two desks may erase the same row apart: every replica keeps the same certificate, in whatever order they come
  prepared(
    db,
    `INSERT INTO erased (row, kind, stream, certificate, ground, at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (row, kind, stream) DO UPDATE SET certificate = excluded.certificate, ground = excluded.ground
     WHERE (excluded.certificate, excluded.ground) < (certificate, ground)`,
  ).run(row, kind, stream, certificate, ground, now)
  keepSetting(db, scrubDue, '1')
}

/** Lines kept aside of a revoked computer lose what they say of the row, as those of the journal do. */
function eraseQuarantined(db: RawDatabase, kind: string, row: string, stream: string): void {
  const kept = prepared<[string, string], { writer: string; seq: number; hash: string; line: string }>(
    db,
    'SELECT writer, seq, hash, line FROM quarantine WHERE stream = ? AND instr(line, ?) > 0 ORDER BY writer, seq',
  )
  const lines = kept.all(stream, `"k":"${kind}","r":"${row}"`).map((q) => {
    const [header = '', ...rest] = q.line.split('\t')
    return { ...q, header, rest: rest.join('\t') }
  })
  const told = new Map<string, string>()
  for (const q of lines) {
    if (readHeader(q.header)?.o === 'x') continue
    const given = q.rest.startsWith('~') ? q.rest.slice(1, 65) : undefined
    const text = given === undefined ? q.rest : q.rest.slice(66)
    const secret = text === '' ? undefined : readPayload(storedJson(text))?.s
    if (secret !== undefined) told.set(q.writer, secret)
    const writer = findWriter(readableDb(db), q.writer)
    const known = told.get(q.writer) ?? (writer && secretFor(readableDb(db), kind, row, writer.number))
    const commitment = given ?? payloadCommitment(known ?? noRowSecret, stream, writer?.name ?? q.writer, q.seq, text)
    prepared(db, 'UPDATE quarantine SET line = ? WHERE stream = ? AND writer = ? AND seq = ? AND hash = ?').run(
      erasedLine(q.header, commitment),
      stream,
      q.writer,
      q.seq,
      q.hash,
    )
  }
}
