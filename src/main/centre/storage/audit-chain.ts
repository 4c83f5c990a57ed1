import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import type { AuditInput, ReadableDb } from './store.ts'

/** What every audit event says beside what happened; ids only (roles-and-audit.md E.2). */
export interface AuditWho {
  readonly user: string
  readonly roles: readonly string[]
  readonly app: string
}

const genesis = new Uint8Array(32)
const tag = utf8ToBytes('psrl1/a')

/** Hash of an event: SHA-256 over tag, previous hash and the exact line. */
export function auditHash(previous: Uint8Array, line: string): Uint8Array {
  return sha256(concatBytes(tag, previous, utf8ToBytes(line)))
}

/** The line of an event; `at` in milliseconds since 1970, `steady` in milliseconds since the program started. */
export function auditLine(event: AuditInput, who: AuditWho, at: number, steady: number): string {
  return JSON.stringify({ at, steady: Math.round(steady), user: who.user, roles: who.roles, app: who.app, ...event })
}

/** Hash of the newest event; 32 zero bytes for an empty chain. */
export function auditHead(db: ReadableDb): { readonly seq: number; readonly hash: Uint8Array } {
  const last = db.read<{ seq: number; hash: Uint8Array }>('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1').get()
  return last ?? { seq: 0, hash: genesis }
}

/**
 * Recomputes the chain from its first event.
 *
 * `brokenAt` is the first sequence number whose hash, place or text does not fit, or null.
 */
export function verifyAudit(db: ReadableDb): { readonly events: number; readonly brokenAt: number | null } {
  let previous: Uint8Array = genesis
  let expected = 1
  for (const row of db
    .read<{ seq: number; line: string; hash: Uint8Array }>('SELECT seq, line, hash FROM audit ORDER BY seq')
    .iterate()) {
    const hash = auditHash(previous, row.line)
    if (row.seq !== expected || bytesToHex(hash) !== bytesToHex(row.hash)) return { events: expected - 1, brokenAt: expected }
    previous = hash
    expected += 1
  }
  return { events: expected - 1, brokenAt: null }
}
