import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { WriterRecord } from '#shared/sync/entry.ts'
import type { Ports } from '../ports.ts'
import type { RawDatabase } from './open-database.ts'
import { prepared } from './prepared.ts'
import { machineHash } from './renew-writer.ts'
import { storedJson } from './stored-json.ts'

const Seen = z.strictObject({ audit: z.int().min(1), hash: z.string(), mac: z.string() })

function saltOf(db: RawDatabase): string {
  return prepared<[], { value: string }>(db, "SELECT value FROM setting WHERE key = 'machine.salt'").get()?.value ?? ''
}

function macOf(salt: string, audit: number, hash: string): string {
  return createHmac('sha256', `psrl1/witness/${salt}`).update(`${audit}\n${hash}`).digest('hex')
}

/**
 * What is to be written down outside the database and its copies after the commit: how far its audit chain reached (sync.md 3.8).
 *
 * Asked inside the transaction, so that nothing can fail once it is committed.
 */
export function witnessText(db: RawDatabase): string {
  const last = prepared<[], { seq: number; hash: string }>(
    db,
    'SELECT seq, lower(hex(hash)) AS hash FROM audit ORDER BY seq DESC LIMIT 1',
  ).get()
  return last ? JSON.stringify({ audit: last.seq, hash: last.hash, mac: macOf(saltOf(db), last.seq, last.hash) }) : ''
}

/**
 * Whether this database is another than the one that was last open here: an older copy of it, or one that came from another PC.
 *
 * A witness of another database says nothing. Ask before the first write.
 */
export function comesFromElsewhere(
  db: RawDatabase,
  { witness, machineId }: Pick<Ports, 'witness' | 'machineId'>,
): 'restore' | 'clone' | undefined {
  const salt = saltOf(db)
  const newest = prepared<[], { record: string }>(
    db,
    'SELECT record FROM writer WHERE own = 1 ORDER BY number DESC LIMIT 1',
  ).get()
  if (newest && storedJson<WriterRecord>(newest.record).machine !== machineHash(machineId, salt)) return 'clone'
  const seen = readSeen(witness.read())
  if (!seen || seen.mac !== macOf(salt, seen.audit, seen.hash)) return undefined
  const here = prepared<[number], { hash: string }>(db, 'SELECT lower(hex(hash)) AS hash FROM audit WHERE seq = ?').get(
    seen.audit,
  )
  return here?.hash === seen.hash ? undefined : 'restore'
}

function readSeen(text: string): z.infer<typeof Seen> | undefined {
  try {
    return Seen.parse(storedJson(text))
  } catch {
    return undefined
  }
}
