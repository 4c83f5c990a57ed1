import { daysSince } from '#renderer/api/clock.ts'
import type { CentreStatus } from '#shared/sync/contract.ts'

/** Days without a file in the slower direction; a centre never heard of counts from the day it was trusted. Whole days. */
export function quietDays(centre: Pick<CentreStatus, 'devices' | 'lastSent' | 'lastReceived'>): number {
  const trustedAt = centre.devices.map((d) => d.trustedAt).toSorted()[0] ?? ''
  return Math.max(daysSince(centre.lastSent?.at ?? trustedAt), daysSince(centre.lastReceived?.at ?? trustedAt))
}

/** Green up to 14 days, amber up to 30, red beyond (U20). */
export function ageTone(days: number): 'green' | 'amber' | 'red' {
  return days > 30 ? 'red' : days > 14 ? 'amber' : 'green'
}
