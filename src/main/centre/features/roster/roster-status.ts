import type { ListedDevice, RosterStatus } from '#shared/roster/contract.ts'
import { ceremonyOf, nationalWords } from '../../crypto/national-key.ts'
import { dayMilliseconds, instantAt } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import { knownRecovery } from './recovery-recipient.ts'
import { nationalPin, rosterOf } from '../national/index.ts'
import { deviceIdentity, knownDevices, ownCard, shownCard } from '../sync/index.ts'

/** After so long a computer is asked to renew its key (sync.md 3.2, rotation). */
const ownKeyDaysMax = 183

/** Who is known here and why, the national key, and this computer's own key; see roster.status. */
export function rosterStatus(context: CallContext, openUntil: number | undefined, sealedFor: string | undefined): RosterStatus {
  const { store, ports } = context
  const { key, renewedAt } = rosterOf(store)
  const pin = nationalPin(store)
  const since = ownKeySince(context)
  return {
    national:
      key === null || !pin
        ? null
        : {
            words: nationalWords(key),
            ceremony: ceremonyOf(key),
            since: instantAt(pin.since),
            how: pin.how,
            renewedAt: renewedAt === null ? null : instantAt(renewedAt),
          },
    recovery: recoveryStatus(knownRecovery(store)?.recipient, sealedFor),
    devices: listedDevices(context),
    ownKey: { since: instantAt(since), isOld: ports.clock.now() - since > ownKeyDaysMax * dayMilliseconds },
    openUntil: openUntil === undefined ? null : instantAt(openUntil),
    setAside: store.read<{ n: number }>("SELECT count(*) AS n FROM quarantine WHERE reason = 'revoked'").get()?.n ?? 0,
  }
}

function recoveryStatus(known: string | undefined, sealedFor: string | undefined): RosterStatus['recovery'] {
  if (known === undefined) return 'unknown'
  if (sealedFor === undefined) return 'known'
  return sealedFor === known ? 'here' : 'former'
}

function ownKeySince({ store }: CallContext): number {
  const { renewed } = deviceIdentity({ store })
  // the first key was made with the database, before its first user
  return renewed > 0 ? renewed : (store.read<{ at: number }>('SELECT min(created_at) AS at FROM app_user').get()?.at ?? 0)
}

function listedDevices(context: CallContext): ListedDevice[] {
  const { store } = context
  const { devices } = rosterOf(store)
  const card = ownCard(context)
  const named = devices.get(card.device)
  const own: ListedDevice = {
    card,
    why: 'own',
    listed: named !== undefined,
    status: named?.status ?? 'active',
    since: instantAt(named?.since ?? ownKeySince(context)),
    reason: named?.revoked?.reason ?? null,
  }
  const others = knownDevices(store).map((d): ListedDevice => ({
    card: shownCard(d.card),
    why: d.why,
    listed: devices.has(d.device),
    status: d.status,
    since: instantAt(d.since),
    reason: d.revoked?.reason ?? null,
  }))
  return [own, ...others]
}
