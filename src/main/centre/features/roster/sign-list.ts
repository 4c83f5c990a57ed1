import type { CardBody } from '#shared/sync/device-card-file.ts'
import type { DeviceStatement, SignedStatement, StatementBody } from '#shared/sync/roster.ts'
import type { NationalSecret } from '../../crypto/national-key.ts'
import { signStatement } from '../../crypto/roster-statement.ts'
import type { WriteUnit } from '../../storage/store.ts'
import { signFormsAgain } from '../national/index.ts'
import { rosterOf, writeStatements } from '../national/index.ts'
import { cutRevoked } from '../sync/index.ts'

/** Numbers of statements are times, so that an office that was put back from a copy does not use a number twice. */
export function nextSerial(highest: number, now: number): number {
  return Math.max(highest + 1, Math.floor(now), 1)
}

/** Signs a device's statement under the next number, puts it on the list, and carries it out here. */
export function signDevice(unit: WriteUnit, national: NationalSecret, says: Omit<DeviceStatement, 'v' | 'of' | 'serial'>): void {
  const serial = nextSerial(rosterOf(unit).highest, unit.now)
  writeStatements(unit, [signStatement({ v: 1, of: 'device', serial, ...says }, national.signSecret)])
  cutRevoked(unit)
}

/** What the list says of a device that is in use, from its card. */
export function activeDevice(card: CardBody, since: number): Omit<DeviceStatement, 'v' | 'of' | 'serial'> {
  const { device, site, sign, age, renewed = 0 } = card
  return { device, site, sign, age, renewed, status: 'active', since }
}

/**
 * The former key says which key follows it, and the new one signs the whole list again: only what the present key signed counts, so
 * whoever has the former sheets can add nothing. The forms' versions too.
 */
export function signSuccessor(unit: WriteUnit, former: NationalSecret, next: NationalSecret): void {
  const roster = rosterOf(unit)
  let serial = nextSerial(roster.highest, unit.now)
  const renewal: StatementBody = { v: 1, of: 'national', serial, former: former.key, key: next.key, since: unit.now }
  const again = [...roster.devices.values()].map((d): SignedStatement => {
    serial += 1
    return signStatement({ ...d, serial }, next.signSecret)
  })
  signFormsAgain(unit, next)
  writeStatements(unit, [signStatement(renewal, former.signSecret), ...again])
}
