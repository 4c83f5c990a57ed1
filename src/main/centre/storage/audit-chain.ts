import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import type { RawDatabase } from './open-database.ts'
import { prepared, readableDb } from './prepared.ts'
import { storedJson } from './stored-json.ts'
import type { AuditInput, ReadableDb } from './store.ts'

/** What every audit event says beside what happened; ids only (roles-and-audit.md E.2). */
export interface AuditWho {
  readonly user: string
  readonly roles: readonly string[]
  readonly app: string
}

/** Before the first event. */
export const auditStart: Uint8Array = new Uint8Array(32)
const tag = utf8ToBytes('psrl1/a')
const anchorTag = utf8ToBytes('psrl1/audit-head')

/**
 * Teaches a connection the seal of the audit head: SQL's `audit_seal(seq, hash)`, hex.
 *
 * Keyed from the database key, so that the seal cannot be made from what lies in the tables; the derived key opens nothing and goes
 * with the connection. `openDatabase` calls it once, while it holds the key.
 */
export function teachAuditSeal(db: RawDatabase, databaseKey: Uint8Array): void {
  const key = hmac(sha256, databaseKey, anchorTag)
  db.function('audit_seal', { deterministic: true, directOnly: true }, (seq, hash) =>
    bytesToHex(hmac(sha256, key, concatBytes(utf8ToBytes(`${String(seq)}/`), hash as Uint8Array))),
  )
}

/** What stands for an event in the chain: so a register can be checked elsewhere without the words that somebody wrote in it. */
export const auditDigest = (line: string): Uint8Array => sha256(utf8ToBytes(line))

/** Hash of an event: SHA-256 over tag, previous hash and the digest of the exact line. */
export function auditHash(previous: Uint8Array, digest: Uint8Array): Uint8Array {
  return sha256(concatBytes(tag, previous, digest))
}

/** The line of an event; `at` in milliseconds since 1970, `steady` in milliseconds since the program started. */
export function auditLine(event: AuditInput, who: AuditWho, at: number, steady: number): string {
  return JSON.stringify({ at, steady: Math.round(steady), user: who.user, roles: who.roles, app: who.app, ...event })
}

interface AuditHead {
  readonly seq: number
  readonly hash: Uint8Array
}

/** Number and hash of the newest event; 0 and 32 zero bytes for an empty chain. */
export function auditHead(db: ReadableDb): AuditHead {
  const last = db.read<AuditHead>('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1').get()
  return last ?? { seq: 0, hash: auditStart }
}

/** Stands in the chain where somebody had cut off its end: what follows would else cover the cut. */
export const auditCut = 'audit.cut'

/** True when the anchor knows of this end, or nothing was ever written. */
function isAnchored(db: ReadableDb, seq: number, hash: Uint8Array): boolean {
  const anchor = db
    .read<{ whole: number }>("SELECT value = ? || ' ' || audit_seal(?, ?) AS whole FROM setting WHERE key = 'audit.head'")
    .get(String(seq), seq, hash)
  if (anchor) return anchor.whole === 1
  return seq === 0 && db.read('SELECT 1 FROM journal LIMIT 1').get() === undefined
}

/**
 * Appends an event, and writes its number and seal down in a second place, so that rows cut from the end are missed (do-no-harm 33). Where
 * the end that is there is not the one of that place, an event that says so goes before.
 *
 * Inside the caller's transaction: event and anchor stand or fall together.
 */
export function appendAudit(db: RawDatabase, line: string): void {
  let head = auditHead(readableDb(db))
  if (!isAnchored(readableDb(db), head.seq, head.hash)) {
    const { at, steady, user, roles, app } = storedJson<Record<string, unknown>>(line)
    const cut = { at, steady, user, roles, app, action: auditCut, details: { events: head.seq } }
    head = append(db, head, JSON.stringify(cut))
  }
  append(db, head, line)
}

/** Writes the event after `head`, and gives the new one. */
function append(db: RawDatabase, head: AuditHead, line: string): AuditHead {
  const seq = head.seq + 1
  const hash = auditHash(head.hash, auditDigest(line))
  prepared(db, 'INSERT INTO audit (seq, line, hash) VALUES (?, ?, ?)').run(seq, line, hash)
  prepared(
    db,
    `INSERT INTO setting (key, value) VALUES ('audit.head', ? || ' ' || audit_seal(?, ?))
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  ).run(String(seq), seq, hash)
  return { seq, hash }
}

export interface AuditVerified {
  readonly events: number
  readonly brokenAt: number | null
}

const cutMark = `"action":"${auditCut}"`

/** Events that are recomputed between two breaths. */
const verifiedAtOnce = 2000

/**
 * Recomputes the chain from its first event, and holds its end against the anchor; gives its progress between, and the verdict at the end.
 *
 * `brokenAt` is the first sequence number whose hash, place or text does not fit, or where an end was cut off, the number after the last
 * event when the anchor knows of another end, or null. A whole database put back as it was earlier is not seen here: its anchor is as old as its events.
 */
export function* auditVerifier(db: ReadableDb): Generator<{ readonly done: number; readonly total: number }, AuditVerified> {
  let previous: Uint8Array = auditStart
  let events = 0
  const total = auditHead(db).seq
  const rows = db.read<{ seq: number; line: string; hash: Uint8Array }>(
    'SELECT seq, line, hash FROM audit WHERE seq > ? ORDER BY seq LIMIT ?',
  )
  // a row below the first number would never be looked at
  const first = db.read<{ seq: number }>('SELECT seq FROM audit ORDER BY seq LIMIT 1').get()?.seq ?? 1
  if (first !== 1) return { events: 0, brokenAt: 1 }
  for (;;) {
    const some = rows.all(events, verifiedAtOnce)
    if (some.length === 0) break
    for (const row of some) {
      const hash = auditHash(previous, auditDigest(row.line))
      if (row.seq !== events + 1 || bytesToHex(hash) !== bytesToHex(row.hash)) return { events, brokenAt: events + 1 }
      if (row.line.includes(cutMark)) return { events, brokenAt: events + 1 }
      previous = hash
      events += 1
    }
    yield { done: events, total }
  }
  return { events, brokenAt: isAnchored(db, events, previous) ? null : events + 1 }
}

/** The verdict of `auditVerifier` at once. */
export function verifyAudit(db: ReadableDb): AuditVerified {
  const verifier = auditVerifier(db)
  for (;;) {
    const found = verifier.next()
    if (found.done === true) return found.value
  }
}
