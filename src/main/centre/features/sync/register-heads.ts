import { bytesToHex } from '@noble/hashes/utils.js'
import type { CentreStatus, RegisterFault } from '#shared/sync/contract.ts'
import { registerHeadsMax, type Manifest, type RegisterHeads } from '#shared/sync/manifest.ts'
import { dayMilliseconds, instantAt } from '../../desk-day.ts'
import type { ReadableDb, WriteUnit } from '../../storage/store.ts'

/** How long the page of exchanges tells that a register contradicts an earlier one; the own register keeps it for ever. */
const toldDays = 31

/** The event of a file's preparation: the newest of the register when the file is written, so the head that the file names. */
export const preparedAction = 'sync.prepare'

/** What a file tells of this desk's register of actions: its head, and earlier files' heads as they are now (docs/formats/sync-file.md). */
export function registerHeads(db: ReadableDb, site: string): RegisterHeads {
  return db
    .read<{ seq: number; hash: Uint8Array }>(
      `SELECT seq, hash FROM audit WHERE json_extract(line, '$.action') = ? AND json_extract(line, '$.details.site') = ?
       ORDER BY seq DESC LIMIT ?`,
    )
    .all(preparedAction, site, registerHeadsMax)
    .map(({ seq, hash }) => [seq, bytesToHex(hash)])
}

interface KeptHead {
  readonly seq: number
  readonly hash: string
}

/** How a register contradicts what other files of the device told, whenever they arrived: the files' numbers say which was written first. */
function faultOf(db: ReadableDb, { file_id, counter, audit }: Manifest, device: string): RegisterFault | null {
  const [head] = audit[0]!
  const former = db
    .read<KeptHead>(
      'SELECT seq, hash FROM register_head WHERE device = ? AND counter < ? ORDER BY counter DESC, at DESC, file_id LIMIT 1',
    )
    .get(device, counter)
  if (former && !goesOnFrom(audit, former)) return head <= former.seq ? 'shorter' : 'other'
  const sameNumber = db
    .read<KeptHead>('SELECT seq, hash FROM register_head WHERE device = ? AND counter = ? AND file_id <> ? LIMIT 1')
    .get(device, counter, file_id)
  if (sameNumber) return head <= sameNumber.seq ? 'shorter' : 'other'
  const later = db.read('SELECT 1 FROM register_head WHERE device = ? AND counter > ? AND seq <= ? LIMIT 1')
  return later.get(device, counter, head) === undefined ? null : 'shorter'
}

/** True when the former head is named, or lies too far back to be. */
function goesOnFrom(audit: RegisterHeads, former: KeptHead): boolean {
  const isTooOld = audit.length === registerHeadsMax && audit.at(-1)![0] > former.seq
  return isTooOld || audit.some(([seq, hash]) => seq === former.seq && hash === former.hash)
}

/** Keeps the head that a file tells of its sender's register; a contradiction is told to people, and stops nothing. */
export function noteRegisterHead(unit: WriteUnit, manifest: Manifest, device: string): RegisterFault | null {
  const fault = faultOf(unit, manifest, device)
  const [seq, hash] = manifest.audit[0]!
  unit.local(
    `INSERT INTO register_head (device, file_id, counter, seq, hash, at, fault) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (device, file_id) DO NOTHING`,
    device,
    manifest.file_id,
    manifest.counter,
    seq,
    hash,
    unit.now,
    fault,
  )
  return fault
}

/** The newest contradiction among the files of these devices that is not older than a month; `now` in milliseconds. */
export function newestRegisterFault(db: ReadableDb, devices: readonly string[], now: number): CentreStatus['registerFault'] {
  const found = db
    .read<{ device: string; fault: RegisterFault; counter: number; at: number }>(
      'SELECT device, fault, counter, at FROM register_head WHERE fault IS NOT NULL AND at > ? ORDER BY at DESC',
    )
    .all(now - toldDays * dayMilliseconds)
    .find((row) => devices.includes(row.device))
  return found ? { fault: found.fault, counter: found.counter, at: instantAt(found.at) } : null
}
