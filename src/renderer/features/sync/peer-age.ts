import { daysSince } from '#renderer/api/clock.ts'
import type { Peer } from '#shared/sync/contract.ts'

/** Days without a file in the slower direction; a centre never heard of counts from the day it was trusted. Whole days. */
export function quietDays(peer: Peer): number {
  return Math.max(daysSince(peer.lastSent?.at ?? peer.trustedAt), daysSince(peer.lastReceived?.at ?? peer.trustedAt))
}

/** Green up to 14 days, amber up to 30, red beyond (U20). */
export function ageTone(days: number): 'green' | 'amber' | 'red' {
  return days > 30 ? 'red' : days > 14 ? 'amber' : 'green'
}
