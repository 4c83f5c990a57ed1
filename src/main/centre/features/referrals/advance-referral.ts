import { addDays } from '#shared/forms/partial-date.ts'
import type { PermissionId } from '#shared/permissions.ts'
import { isOpen, priorityDays, slipDaysValid, type InfoItem, type ReferralState } from '#shared/referrals/referral.ts'
import { readReferralCode, referralCode } from '#shared/referrals/referral-code.ts'
import { isNeutral } from '#shared/referrals/revealing-words.ts'
import { stepProblem, type StepProblem, type ToldBy } from '#shared/referrals/referral-steps.ts'
import { Refusal, type ErrorCode } from '#shared/result.ts'
import { today } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import type { ReferenceData } from '../../reference-data.ts'
import type { RegisterValue } from '../../storage/journaled-tables.ts'
import type { WriteUnit } from '../../storage/store.ts'
import { findPoint, serviceRow } from '../directory/index.ts'
import { assertReferralAllowed } from './check-referral.ts'
import { hoursOpen } from './referral-shown.ts'
import { reachableReferral, rolesFor } from './referral-access.ts'
import { codeIsTaken, referralsOfCase, type ReferralRecord } from './referrals-repository.ts'

/** The referral if it is this desk's own and the permission reaches it. Throws Refusal not-found, read-only-copy. */
function ownReferral(permission: PermissionId, id: string, context: CallContext): ReferralRecord {
  const record = reachableReferral(permission, id, context)
  if (record.origin_site !== null) throw new Refusal('read-only-copy')
  return record
}

interface Step {
  readonly to: ReferralState
  readonly on: string
  readonly toldBy: ToldBy
  readonly reason: string
  readonly fields: Record<string, RegisterValue>
}

function recordStep(unit: WriteUnit, record: ReferralRecord, step: Step, userName: string): void {
  unit.change('referral', record.id, { status: step.to, ...step.fields })
  unit.insert('referral_step', {
    stream: record.stream,
    fields: {
      referral_id: record.id,
      from_state: record.status,
      to_state: step.to,
      happened_on: step.on,
      recorded_at: unit.now,
      told_by: step.toldBy,
      by_name: userName,
      reason: step.reason,
    },
  })
}

/**
 * Ends every referral of a case that is still open, since the person no longer agrees (referrals.md D.1); what was never shared is declined.
 *
 * In the caller's transaction. Returns how many.
 */
export function endAsWithdrawn(unit: WriteUnit, caseId: string, on: string, userName: string): number {
  const open = referralsOfCase(unit, caseId).filter((r) => r.origin_site === null && isOpen(r.status))
  for (const record of open) {
    const to = record.status === 'draft' ? 'declined' : 'withdrawn'
    recordStep(unit, record, { to, on, toldBy: 'person', reason: '', fields: {} }, userName)
  }
  return open.length
}

export interface ConsentInput {
  readonly referralId: string
  readonly given: boolean
  readonly method: 'signature' | 'thumb' | 'verbal' | null
  readonly on: string
  readonly items: readonly InfoItem[]
  readonly guardianAgrees: boolean | null
  readonly childAssents: boolean | null
}

/**
 * Consent to this referral, or its respected refusal; see referrals.recordConsent (H2, H4).
 *
 * A consent that grew old before issue is asked again; who then says no withdraws, which is a step.
 */
export function recordConsent(input: ConsentInput, context: CallContext): void {
  const { store, session, ports } = context
  const record = ownReferral('referral.create', input.referralId, context)
  const day = today(ports.clock)
  if (record.status !== 'draft' && !(record.status === 'ready' && input.given))
    throw new Refusal('referral-step-not-allowed', { from: record.status, to: input.given ? 'ready' : 'declined' })
  if (input.on > day) throw new Refusal('bad-input', { field: 'on' })
  if (input.given && input.method === null) throw new Refusal('bad-input', { field: 'method' })
  // saying no is always possible
  if (input.given)
    assertReferralAllowed(
      record,
      { db: store, siteCode: session.site.code, day, stage: 'consent' },
      { given: true, on: input.on, guardianAgrees: input.guardianAgrees === true, childAssents: input.childAssents === true },
    )
  const yesNo = (value: boolean | null) => (value === null ? null : value ? 'yes' : 'no')
  store.write((unit) => {
    const fields = {
      consent_given: yesNo(input.given),
      consent_method: input.given ? input.method : null,
      consent_on: input.on,
      consent_items: input.given ? [...new Set(input.items)] : [],
      guardian_agrees: yesNo(input.guardianAgrees),
      child_assents: yesNo(input.childAssents),
    }
    recordStep(
      unit,
      record,
      { to: input.given ? 'ready' : 'declined', on: input.on, toldBy: 'person', reason: '', fields },
      session.userName,
    )
    unit.audit({
      action: 'referrals.recordConsent',
      object: record.id,
      details: { given: input.given ? 'yes' : 'no', items: input.items.length },
    })
  })
}

/** Gives the code and the provider's details of this day; see referrals.issue. */
export function issueReferral(
  input: { readonly referralId: string; readonly slipLanguage: 'fr' | 'en' | 'bi'; readonly appointment: string },
  reference: ReferenceData,
  context: CallContext,
): void {
  const { store, session, ports } = context
  const record = ownReferral('referral.create', input.referralId, context)
  const day = today(ports.clock)
  if (record.status !== 'ready') throw new Refusal('referral-step-not-allowed', { from: record.status, to: 'issued' })
  assertReferralAllowed(record, { db: store, siteCode: session.site.code, day, stage: 'issue' })
  if (!isNeutral(input.appointment)) throw new Refusal('slip-text-reveals')
  const point = findPoint(store, record.service_point_id)
  if (!point) throw new Refusal('not-found')
  const service = serviceRow(point, reference.places, day)
  let code = referralCode(ports.random.bytes(8))
  while (codeIsTaken(store, code)) code = referralCode(ports.random.bytes(8))
  const place = [service.place.locality, service.place.arrondissement].filter(Boolean)
  store.write((unit) => {
    const fields = {
      code,
      issued_on: day,
      due_on: addDays(day, priorityDays[record.priority].service),
      valid_until: addDays(day, slipDaysValid),
      slip_language: input.slipLanguage,
      appointment: input.appointment === '' ? null : input.appointment,
      provider_name_fr: service.name.fr,
      provider_name_en: service.name.en,
      provider_place: [...new Set(place)].join(', '),
      provider_hours: service.hours,
      provider_phone: service.phone,
    }
    recordStep(unit, record, { to: 'issued', on: day, toldBy: 'staff', reason: '', fields }, session.userName)
    unit.audit({ action: 'referrals.issue', object: record.id })
  })
}

/** The code of each problem, and the field at fault where it is the input's. */
const problemCodes: Readonly<Record<StepProblem, readonly [code: ErrorCode, field?: string]>> = {
  'not-allowed': ['referral-step-not-allowed'],
  forbidden: ['forbidden'],
  'coupon-missing': ['code-invalid'],
  'not-due': ['referral-not-due'],
  'same-source': ['referral-same-source'],
  'person-must-say': ['referral-same-source'],
  'teller-cannot-say': ['bad-input', 'toldBy'],
  'reason-missing': ['bad-input', 'reason'],
  'date-before-issue': ['bad-input', 'on'],
  'date-in-future': ['bad-input', 'on'],
}

/** A step told by hand; see referrals.step. */
export function stepReferral(
  input: {
    readonly referralId: string
    readonly to: ReferralState
    readonly on: string
    readonly toldBy: ToldBy
    readonly reason: string
    readonly couponCode: string
  },
  context: CallContext,
): void {
  const { store, session, ports } = context
  const record = ownReferral('referral.answer', input.referralId, context)
  const problem = stepProblem({
    ...input,
    from: record.status,
    issuedOn: record.issued_on ?? '',
    dueOn: record.due_on ?? '',
    today: today(ports.clock),
    servedToldBy: record.served_told_by ?? '',
    roles: rolesFor(record, context),
    hoursOpen: hoursOpen(record, ports.clock),
    couponShown: record.code !== null && readReferralCode(input.couponCode) === record.code,
  })
  if (problem) {
    const [code, field] = problemCodes[problem]
    throw new Refusal(code, field === undefined ? { from: record.status, to: input.to } : { field })
  }
  store.write((unit) => {
    const fields: Record<string, RegisterValue> = input.to === 'served' ? { served_told_by: input.toldBy } : {}
    const { to, on, toldBy, reason } = input
    recordStep(unit, record, { to, on, toldBy, reason, fields }, session.userName)
    unit.audit({ action: 'referrals.step', object: record.id, details: { from: record.status, to: input.to } })
  })
}
