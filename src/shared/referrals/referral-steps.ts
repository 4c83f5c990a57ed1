import { mayDo, type PermissionId, type Role } from '../permissions.ts'
import { referralStates, type ReferralState } from './referral.ts'

/** Who said that a step happened. */
export type ToldBy = 'provider' | 'person' | 'staff'

/** What a state asks before a referral may reach it. */
export interface StepRule {
  readonly from: readonly ReferralState[]
  readonly permission: PermissionId
  /** Whose word counts. */
  readonly tellers: readonly ToldBy[]
  readonly reasonNeeded: boolean
  /** Not before the day by which the provider should have served (`dueOn`). */
  readonly onlyOnceDue: boolean
  /** Hours after which only `referral.supervise` may take the step. */
  readonly hoursAlone: number | null
}

const anybody = ['provider', 'person', 'staff'] as const
const plain = { tellers: anybody, reasonNeeded: false, onlyOnceDue: false, hoursAlone: null } as const
const answered = { ...plain, permission: 'referral.answer' } as const
const followed = { ...plain, permission: 'referral.follow' } as const

/**
 * The steps told by hand in this version, by the state they lead to (referrals.md D.1).
 *
 * `declined`, `ready` and `issued` are reached by their own calls; `lost` and `rerouted` come with attempts and re-routing.
 */
export const stepRules: Readonly<Partial<Record<ReferralState, StepRule>>> = {
  acknowledged: { ...answered, from: ['issued'] },
  accepted: { ...answered, from: ['issued', 'acknowledged'] },
  waitlisted: { ...answered, from: ['issued', 'acknowledged'] },
  refused: { ...answered, from: ['issued', 'acknowledged'], reasonNeeded: true },
  no_show: { ...followed, from: ['issued', 'accepted'], tellers: ['provider', 'person'], onlyOnceDue: true },
  in_service: { ...followed, from: ['accepted', 'waitlisted'] },
  // what the person tells is the confirmation itself
  served: { ...answered, from: ['accepted', 'in_service'], tellers: ['provider', 'staff'] },
  confirmed: { ...followed, from: ['in_service', 'served'], tellers: ['person'] },
  partial: { ...followed, from: ['in_service', 'served'], tellers: ['person'] },
  cancelled: {
    ...followed,
    from: ['draft', 'ready', 'issued', 'acknowledged', 'accepted', 'waitlisted', 'refused', 'no_show', 'in_service'],
    tellers: ['provider', 'staff'],
    reasonNeeded: true,
    hoursAlone: 24,
  },
  withdrawn: {
    ...followed,
    from: ['ready', 'issued', 'acknowledged', 'accepted', 'waitlisted', 'refused', 'no_show', 'in_service', 'served'],
    tellers: ['person'],
  },
}

/** The steps that may be told by hand from a state, whoever tells them. */
export function nextStates(from: ReferralState): readonly ReferralState[] {
  return referralStates.filter((to) => stepRules[to]?.from.includes(from))
}

export interface StepInput {
  readonly from: ReferralState
  readonly to: ReferralState
  readonly toldBy: ToldBy
  readonly reason: string
  /** Days YYYY-MM-DD: of the step, of issue, and by which the service is due; the latter two '' before issue. */
  readonly on: string
  readonly issuedOn: string
  readonly dueOn: string
  readonly today: string
  /** Who told `served`, if it was told. */
  readonly servedToldBy: ToldBy | ''
  /** Roles of whoever records the step. */
  readonly roles: readonly Role[]
  /** Whole hours since the referral was opened. */
  readonly hoursOpen: number
  /** True when the code typed from the coupon is this referral's. */
  readonly couponShown: boolean
}
export type StepProblem =
  | 'not-allowed'
  | 'forbidden'
  | 'coupon-missing'
  | 'not-due'
  | 'same-source'
  | 'person-must-say'
  | 'teller-cannot-say'
  | 'reason-missing'
  | 'date-before-issue'
  | 'date-in-future'

/** Why a step cannot be taken, or undefined. Pure: each target state states its permission and its guards (referrals.md D.1). */
export function stepProblem(s: StepInput): StepProblem | undefined {
  const rule = stepRules[s.to]
  if (!rule?.from.includes(s.from)) return 'not-allowed'
  if (!mayTake(rule, s.roles, s.hoursOpen)) return 'forbidden'
  if (needsCoupon(s.roles) && !(s.couponShown && s.toldBy === 'provider')) return 'coupon-missing'
  if (s.on > s.today) return 'date-in-future'
  if (s.issuedOn !== '' && s.on < s.issuedOn) return 'date-before-issue'
  if (rule.onlyOnceDue && s.on < s.dueOn) return 'not-due'
  if (!rule.tellers.includes(s.toldBy)) return rule.tellers.join() === 'person' ? 'person-must-say' : 'teller-cannot-say'
  // a copy from elsewhere may say that the person told `served`
  if (s.to === 'confirmed' && s.from === 'served' && s.servedToldBy === 'person') return 'same-source'
  if (rule.reasonNeeded && s.reason === '') return 'reason-missing'
  return undefined
}

/** The steps that these roles may take now: what the page offers. Days are YYYY-MM-DD; `dueOn` '' before issue. */
export function offeredStates(
  from: ReferralState,
  roles: readonly Role[],
  now: { readonly hoursOpen: number; readonly dueOn: string; readonly today: string },
): readonly ReferralState[] {
  return nextStates(from).filter((to) => {
    const rule = stepRules[to]
    return rule && mayTake(rule, roles, now.hoursOpen) && !(rule.onlyOnceDue && now.today < now.dueOn)
  })
}

/** True for whoever enters what a coupon says, and sees no more of the person than its code (roles-and-audit.md E.1). */
export function needsCoupon(roles: readonly Role[]): boolean {
  return !mayDo(roles, 'referral.follow')
}

function mayTake(rule: StepRule, roles: readonly Role[], hoursOpen: number): boolean {
  if (!mayDo(roles, rule.permission)) return false
  return rule.hoursAlone === null || hoursOpen <= rule.hoursAlone || mayDo(roles, 'referral.supervise')
}
