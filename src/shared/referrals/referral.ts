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

/** Steps told by hand in this version: from -> to. `draft`, `ready` and `issued` are reached by their own calls. */
const steps: Readonly<Record<ReferralState, readonly ReferralState[]>> = {
  draft: ['cancelled'],
  declined: [],
  ready: ['cancelled', 'withdrawn'],
  issued: ['acknowledged', 'accepted', 'waitlisted', 'refused', 'no_show', 'cancelled', 'withdrawn'],
  acknowledged: ['accepted', 'waitlisted', 'refused', 'cancelled', 'withdrawn'],
  accepted: ['in_service', 'served', 'no_show', 'cancelled', 'withdrawn'],
  waitlisted: ['in_service', 'cancelled', 'withdrawn'],
  refused: ['cancelled', 'withdrawn'],
  no_show: ['cancelled', 'withdrawn'],
  in_service: ['served', 'confirmed', 'partial', 'cancelled', 'withdrawn'],
  served: ['confirmed', 'partial', 'withdrawn'],
  confirmed: [],
  partial: [],
  lost: [],
  cancelled: [],
  withdrawn: [],
  rerouted: [],
}

/** The steps that may be told by hand from a state. */
export function nextStates(from: ReferralState): readonly ReferralState[] {
  return steps[from]
}

/** Who said that a step happened. */
export type ToldBy = 'provider' | 'person' | 'staff'

export interface StepInput {
  readonly from: ReferralState
  readonly to: ReferralState
  readonly toldBy: ToldBy
  readonly reason: string
  /** Day of the step and day of issue, YYYY-MM-DD; the latter '' before issue. */
  readonly on: string
  readonly issuedOn: string
  readonly today: string
  /** Who told `served`, if it was told. */
  readonly servedToldBy: ToldBy | ''
}
export type StepProblem =
  'not-allowed' | 'same-source' | 'person-must-say' | 'reason-missing' | 'date-before-issue' | 'date-in-future'

/** Why a step cannot be taken, or undefined. Pure: page and centre ask the same (referrals.md D.1, invariants 1-3). */
export function stepProblem(s: StepInput): StepProblem | undefined {
  if (!steps[s.from].includes(s.to)) return 'not-allowed'
  if (s.on > s.today) return 'date-in-future'
  if (s.issuedOn !== '' && s.on < s.issuedOn) return 'date-before-issue'
  if ((s.to === 'confirmed' || s.to === 'partial') && s.toldBy !== 'person') return 'person-must-say'
  if (s.to === 'confirmed' && s.from === 'served' && s.servedToldBy === 'person') return 'same-source'
  if ((s.to === 'cancelled' || s.to === 'refused') && s.reason === '') return 'reason-missing'
  return undefined
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

/** Days that a consent to a referral stays good before issue. */
export const consentDaysMax = 30
/** Days that a slip is valid. */
export const slipDaysValid = 60
