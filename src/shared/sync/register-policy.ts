import { remembered } from '../remembered.ts'

/**
 * How the registers of each kind merge (docs/formats/sync-file.md, "Merge"): which belong together, which wait for a person's decision.
 *
 * The same at every desk: a change here is a change of the format.
 */
interface KindPolicy {
  /** Fields that only make sense together: they travel together, and one change wins or loses as a whole. */
  readonly groups: readonly (readonly string[])[]
  /** A concurrent change waits for a decision instead of being lost in the history. */
  readonly sensitive: RegExp
}

const consentAnswers = [
  'status',
  'giver',
  'method',
  'date',
  'referral_general',
  'other_centre',
  'statistics',
  'photo',
  'home_visit',
].map((f) => `a_consent_${f}`)

const policies: Readonly<Record<string, KindPolicy>> = {
  case: {
    groups: [
      [...consentAnswers, 'a_child_assent'],
      ['a_birth_date', 'a_birth_precision', 'a_age_stated', 'a_age_years', 'a_is_minor'],
      ['a_phone', 'a_phone_owner', 'a_phone_safe', 'a_safe_contact_methods', 'a_safe_contact_notes'],
    ],
    sensitive:
      /^(?:status|a_(?:consent_|child_assent|family_name|given_names|usual_name|sex$|birth_|age_|is_minor|phone|safe_contact|threat|risk))/,
  },
  referral: {
    groups: [['consent_given', 'consent_method', 'consent_on', 'consent_items', 'guardian_agrees', 'child_assents']],
    sensitive: /^(?:status|consent_|guardian_agrees|child_assents)/,
  },
  // what the person agreed to, and whether a form is finished
  case_form: { groups: [], sensitive: /^(?:state$|a_plan_agreed$)/ },
  case_link: { groups: [['verdict', 'leading', 'relation', 'reason']], sensitive: /^(?:verdict|leading|relation)$/ },
  service: { groups: [], sensitive: /^(?:status|sensitive)$/ },
  organization: { groups: [], sensitive: /^security_actor$/ },
  service_point: {
    groups: [
      ['pcode', 'locality', 'lat', 'lon', 'hide_location'],
      ['verified_on', 'verified_how', 'verified_by'],
    ],
    sensitive: /^$/,
  },
}

/** The fields that move together with this one, itself included. */
export function groupOf(kind: string, field: string): readonly string[] {
  return policies[kind]?.groups.find((g) => g.includes(field)) ?? [field]
}

/** True for a list that is one value: it belongs to a group, so its codes are not merged one by one. */
export function isWholeList(kind: string, field: string): boolean {
  return groupOf(kind, field).length > 1
}

/** True when a concurrent change of this register waits for a decision (sync.md 3.5, review queue). */
export function isSensitive(kind: string, field: string): boolean {
  return sensitiveChecks[kind]?.(field) ?? false
}
const sensitiveChecks: Readonly<Record<string, (field: string) => boolean>> = Object.fromEntries(
  Object.entries(policies).map(([kind, { sensitive }]) => [kind, remembered((field) => sensitive.test(field))]),
)

/** How far a referral has come; of two states set at the same time the further one is shown (referrals.md D.1, invariant 7). */
const referralRank: Readonly<Record<string, number>> = {
  draft: 0,
  declined: 1,
  ready: 2,
  issued: 3,
  acknowledged: 4,
  waitlisted: 5,
  refused: 5,
  accepted: 6,
  no_show: 7,
  in_service: 8,
  served: 9,
  partial: 10,
  confirmed: 11,
  lost: 12,
  rerouted: 12,
  cancelled: 13,
  // nobody's later word outweighs the person's
  withdrawn: 14,
}

/** Weight of a value before its time counts: only referral states have one. */
export function weightOf(kind: string, field: string, value: unknown): number {
  return kind === 'referral' && field === 'status' ? (referralRank[String(value)] ?? 0) : 0
}

/** True for a register whose every new value decides an open conflict: a referral's next step is taken knowing its history. */
export function decidesByChange(kind: string, field: string): boolean {
  return kind === 'referral' && field === 'status'
}
