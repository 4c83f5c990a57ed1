/** The states of a referral (referrals.md D.1); the first version walks the path that a desk needs by hand. */
export const referralStates = [
  'draft',
  'declined',
  'ready',
  'issued',
  'acknowledged',
  'accepted',
  'waitlisted',
  'refused',
  'no_show',
  'in_service',
  'served',
  'confirmed',
  'partial',
  'lost',
  'cancelled',
  'withdrawn',
  'rerouted',
] as const
export type ReferralState = (typeof referralStates)[number]

export const priorities = ['urgent', 'high', 'normal', 'low'] as const
export type Priority = (typeof priorities)[number]

/** What the person may agree to share with the provider; nothing is ticked by default (H4). */
export const infoItems = ['name', 'phone', 'age_sex', 'need', 'docs', 'access', 'issuer'] as const
export type InfoItem = (typeof infoItems)[number]

/** States in which nothing more is expected (referrals.md D.1); `refused` and `no_show` still demand a decision. */
export const closedStates: readonly ReferralState[] = [
  'declined',
  'confirmed',
  'partial',
  'lost',
  'cancelled',
  'withdrawn',
  'rerouted',
]

/** True while the referral is on somebody's list. */
export function isOpen(state: ReferralState): boolean {
  return !closedStates.includes(state)
}

/** Days until the provider should have decided, served, and the desk checks (D.2), counted from issue. */
export const priorityDays: Readonly<Record<Priority, { readonly service: number; readonly check: number }>> = {
  urgent: { service: 1, check: 2 },
  high: { service: 3, check: 7 },
  normal: { service: 14, check: 21 },
  low: { service: 30, check: 45 },
}

/** True when an open referral passed its day; clocks stop on the waiting list. */
export function isOverdue(state: ReferralState, dueOn: string | null, today: string): boolean {
  return (
    dueOn !== null &&
    dueOn !== '' &&
    today > dueOn &&
    isOpen(state) &&
    state !== 'waitlisted' &&
    state !== 'draft' &&
    state !== 'ready'
  )
}

/** States in which the person may still be handed the slip: not before issue, nor when nobody waits for them any more. */
const slipStates: readonly ReferralState[] = ['issued', 'acknowledged', 'accepted', 'waitlisted', 'no_show', 'in_service']

/** True while the slip may be printed, for the first time or again. */
export function maySlip(state: ReferralState): boolean {
  return slipStates.includes(state)
}

/** Days that a consent to a referral stays good before issue. */
export const consentDaysMax = 30
/** Days that a slip is valid. */
export const slipDaysValid = 60
