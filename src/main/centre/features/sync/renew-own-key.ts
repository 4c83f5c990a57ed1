import type { RecipientStatement } from '#shared/sync/roster.ts'
import { identityText, withNewAge } from '../../crypto/device-identity.ts'
import { signStatement } from '../../crypto/roster-statement.ts'
import type { Random } from '../../ports.ts'
import type { Store } from '../../storage/store.ts'
import { deviceIdentity } from './device.ts'
import { writeStatements } from './roster.ts'

/**
 * Gives this device a new key to receive files with, and announces its recipient to every centre, signed by the device itself.
 *
 * Numbers are times: a device that was put back from a copy announces above what it had announced before.
 */
export function renewOwnKey(store: Store, random: Random): void {
  const before = deviceIdentity({ store })
  store.write((unit) => {
    const serial = Math.max(before.renewed + 1, Math.floor(unit.now))
    const renewed = withNewAge(before, serial, random)
    const says: RecipientStatement = { v: 1, of: 'recipient', serial, device: before.device, age: renewed.ageRecipient }
    unit.local("UPDATE setting SET value = ? WHERE key = 'device.keys'", identityText(renewed))
    writeStatements(unit, [signStatement(says, before.signSecret)])
    unit.audit({ action: 'roster.renewOwnKey', object: before.device })
  })
}
