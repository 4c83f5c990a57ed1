import type { RecipientStatement } from '#shared/sync/roster.ts'
import { identityText, withNewAge, type DeviceIdentity } from '../../crypto/device-identity.ts'
import { isStatementOf, signStatement } from '../../crypto/roster-statement.ts'
import type { Random } from '../../ports.ts'
import type { ReadableDb, WriteUnit } from '../../storage/store.ts'
import { identityIn } from './device.ts'
import { rosterOf, writeStatements } from '../national/index.ts'

/**
 * Gives this device a new key to receive files with, and announces its recipient to every centre, signed by the device itself.
 *
 * Numbers are times: a device that was put back from a copy announces above what it had announced before.
 */
export function renewOwnKey(unit: WriteUnit, random: Random): void {
  announceNewKey(unit, random)
  unit.audit({ action: 'roster.renewOwnKey', object: identityIn(unit).device })
}

function announceNewKey(unit: WriteUnit, random: Random): void {
  const before = identityIn(unit)
  const serial = Math.max(before.renewed + 1, lastAnnounced(unit, before) + 1, Math.floor(unit.now))
  const renewed = withNewAge(before, serial, random)
  const says: RecipientStatement = { v: 1, of: 'recipient', serial, device: before.device, age: renewed.ageRecipient }
  unit.local("UPDATE setting SET value = ? WHERE key = 'device.keys'", identityText(renewed))
  writeStatements(unit, [signStatement(says, before.signSecret)])
}

/**
 * When others were told of a key that this database never had, it was put back to before it: a new key takes its place (sync.md 3.8).
 *
 * Inside the import that told of it, whose event says so. Returns whether it was.
 */
export function renewLostKey(unit: WriteUnit, random: Random): boolean {
  const identity = identityIn(unit)
  const isLost = lastAnnounced(unit, identity) > identity.renewed
  if (isLost) announceNewKey(unit, random)
  return isLost
}

/** The number of the newest recipient that this device announced, as far as its statements are held here; 0 for none. */
function lastAnnounced(db: ReadableDb, { device, signPublic }: DeviceIdentity): number {
  return Math.max(
    0,
    ...rosterOf(db)
      .announced.filter((a) => a.says.device === device && isStatementOf(signPublic, a.signed))
      .map((a) => a.says.serial),
  )
}
