import { assertInvariant } from '#shared/assert.ts'
import type { DeviceCard } from '#shared/sync/contract.ts'
import type { CardBody } from '#shared/sync/device-card-file.ts'
import { cardWords, readCard, readIdentity, cardText, type DeviceIdentity } from '../../crypto/device-identity.ts'
import type { CallContext } from '../../feature.ts'
import { settingOf } from '../../storage/settings.ts'
import type { ReadableDb } from '../../storage/store.ts'

/** This device's keys, made with the database. */
export function deviceIdentity({ store }: Pick<CallContext, 'store'>): DeviceIdentity {
  return identityIn(store)
}

/** As `deviceIdentity`, also within a transaction. */
export function identityIn(db: ReadableDb): DeviceIdentity {
  const kept = settingOf(db, 'device.keys')
  assertInvariant(kept !== undefined, 'keys of this device')
  return readIdentity(kept)
}

/** The file text of this device's card. */
export function ownCardText(context: CallContext): string {
  return cardText(deviceIdentity(context), context.session.site)
}

/** A card as the page shows it. */
export function shownCard(body: CardBody): DeviceCard {
  return { device: body.device, siteCode: body.site.code, siteName: body.site.name, words: cardWords(body) }
}

/** This device's own card as the page shows it. */
export function ownCard(context: CallContext): DeviceCard {
  return shownCard(readCard(new TextEncoder().encode(ownCardText(context))))
}
