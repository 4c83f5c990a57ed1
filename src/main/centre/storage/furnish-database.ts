import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Role } from '#shared/permissions.ts'
import type { Site } from '#shared/security/site.ts'
import type { WriterRecord } from '#shared/sync/entry.ts'
import { appendAudit, auditLine } from './audit-chain.ts'
import { keepWriter } from './chains.ts'
import type { RawDatabase } from './open-database.ts'
import type { Ports } from '../ports.ts'
import { newWriterId } from './writer-id.ts'
import { schemaVersion } from './write-unit.ts'

/** The key of the outer layer of `vault.db` (docs/formats/vault.md), hex: every desk has one, whoever works there. */
export const vaultKeySetting = 'vault.key'

/** Hash under which this PC stands in the records of its writers. */
export function machineHash(machineId: string, salt: string): string {
  return bytesToHex(sha256(utf8ToBytes(`${machineId}/${salt}`)))
}

export interface Furnishing {
  /** Device id and its keys, as they are kept (crypto/device-identity.ts). */
  readonly device: { readonly id: string; readonly keys: string }
  readonly site: Site
  /** Printed on slips; '' for none. */
  readonly deskPhone: string
  readonly user: {
    readonly id: string
    readonly login: string
    readonly name: string
    readonly roles: readonly Role[]
  }
  /** What the first audit event says: `setup` or `training.create`. */
  readonly action: string
}

/** Puts into a fresh database what every store needs: site, device, writer, first user, first audit event; one transaction. */
export function furnishDatabase(db: RawDatabase, ports: Ports, f: Furnishing): void {
  const random = (length: number) => ports.random.bytes(length)
  const salt = bytesToHex(random(16))
  const record: WriterRecord = {
    writer: newWriterId(random),
    device: f.device.id,
    reason: 'install',
    parent: null,
    machine: machineHash(ports.machineId, salt),
    app: ports.appVersion,
    schema: schemaVersion,
  }
  const now = ports.clock.now()
  db.transaction(() => {
    const set = db.prepare('INSERT INTO setting (key, value) VALUES (?, ?)')
    set.run('site', JSON.stringify(f.site))
    set.run('device.id', f.device.id)
    set.run('device.keys', f.device.keys)
    set.run('machine.salt', salt)
    set.run(vaultKeySetting, bytesToHex(random(32)))
    set.run('desk.phone', f.deskPhone)
    keepWriter(db, record.writer, record.device, JSON.stringify(record), 1)
    db.prepare('INSERT INTO app_user (id, login, name, roles, created_at) VALUES (?, ?, ?, ?, ?)').run(
      f.user.id,
      f.user.login,
      f.user.name,
      JSON.stringify(f.user.roles),
      now,
    )
    const who = { user: f.user.id, roles: f.user.roles, app: ports.appVersion }
    appendAudit(db, auditLine({ action: f.action }, who, now, ports.clock.steady()))
  }).immediate()
}
