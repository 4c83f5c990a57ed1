import type { WriterRecord } from '#shared/sync/entry.ts'
import { keepWriter, type WriterRow } from './chains.ts'
import { machineHash } from './furnish-database.ts'
import { newWriterId } from './writer-id.ts'
import type { RawDatabase } from './open-database.ts'
import type { Ports } from '../ports.ts'
import { readSetting } from './settings.ts'
import { schemaVersion } from './write-unit.ts'

/** Why a database goes on under a new name; `fork`: others hold another history of its chain. */
export type RenewReason = 'restore' | 'clone' | 'ack-ahead' | 'fork'

/**
 * This database goes on under a new writer, whose parent is the one before (sync.md 3.8): its own numbers may have been used already by the
 * database that it was copied or restored from. Inside the caller's transaction. Returns the new writer.
 */
export function renewWriter(db: RawDatabase, ports: Ports, reason: RenewReason): WriterRow {
  const before = db.prepare<[], WriterRow>('SELECT * FROM writer WHERE own = 1 ORDER BY number DESC LIMIT 1').get()!
  const tips = db
    .prepare<[number], { stream: string; seq: number; hash: string }>('SELECT stream, seq, hash FROM chain WHERE writer = ?')
    .all(before.number)
  const device = readSetting(db, 'device.id') ?? before.device
  // what another device wrote is signed by that device
  if (device !== before.device) db.prepare('UPDATE writer SET own = 0').run()
  const record: WriterRecord = {
    writer: newWriterId((length) => ports.random.bytes(length)),
    device,
    reason,
    parent: { writer: before.id, tips: Object.fromEntries(tips.map((t) => [t.stream, { seq: t.seq, hash: t.hash }])) },
    machine: machineHash(ports.machineId, readSetting(db, 'machine.salt') ?? ''),
    app: ports.appVersion,
    schema: schemaVersion,
  }
  const text = JSON.stringify(record)
  const number = keepWriter(db, record.writer, record.device, text, 1)
  return { number, id: record.writer, name: record.writer, device: record.device, record: text, own: 1 }
}
