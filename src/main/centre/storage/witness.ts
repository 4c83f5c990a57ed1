import { z } from 'zod'
import type { WriterRecord } from '#shared/sync/entry.ts'
import type { Ports } from '../ports.ts'
import { machineHash } from './furnish-database.ts'
import type { RawDatabase } from './open-database.ts'
import { prepared } from './prepared.ts'
import { readSetting } from './settings.ts'
import { storedJson } from './stored-json.ts'

/** Number and hash (hex) of an audit event, with the database's own seal over them (`audit_seal`, audit-chain.ts). */
const Seen = z.strictObject({ audit: z.int().min(1), hash: z.string().regex(/^[0-9A-F]{64}$/), seal: z.string() })
type Seen = z.infer<typeof Seen>

/**
 * What is to be written down outside the database and its copies after the commit: how far its audit chain reached (sync.md 3.8).
 *
 * Asked inside the transaction, so that nothing can fail once it is committed.
 */
export function witnessText(db: RawDatabase): string {
  const last = prepared<[], Seen>(
    db,
    'SELECT seq AS audit, hex(hash) AS hash, audit_seal(seq, hash) AS seal FROM audit ORDER BY seq DESC LIMIT 1',
  ).get()
  return last ? JSON.stringify(last) : ''
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
  const newest = prepared<[], { record: string }>(
    db,
    'SELECT record FROM writer WHERE own = 1 ORDER BY number DESC LIMIT 1',
  ).get()
  if (newest && storedJson<WriterRecord>(newest.record).machine !== machineHash(machineId, readSetting(db, 'machine.salt') ?? ''))
    return 'clone'
  const seen = readSeen(witness.read())
  if (!seen) return undefined
  const told = prepared<[number, string, string, number], { ours: number; here: string | null }>(
    db,
    'SELECT audit_seal(?, unhex(?)) = ? AS ours, (SELECT hex(hash) FROM audit WHERE seq = ?) AS here',
  ).get(seen.audit, seen.hash, seen.seal, seen.audit)
  return told?.ours === 1 && told.here !== seen.hash ? 'restore' : undefined
}

function readSeen(text: string): Seen | undefined {
  try {
    return Seen.parse(storedJson(text))
  } catch {
    return undefined
  }
}
