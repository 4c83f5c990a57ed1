import { z } from 'zod'
import { ServiceRow } from '../directory/contract.ts'
import { Day, Id, Instant, procedure, shortText } from '../procedure.ts'
import { infoItems, priorities, referralStates } from './referral.ts'

export const ReferralRow = z.strictObject({
  id: z.string(),
  caseId: z.string(),
  caseNumber: z.string(),
  personName: z.string(),
  /** Empty until issued; shown as XXXX-XXXX-X. */
  code: z.string(),
  status: z.enum(referralStates),
  priority: z.enum(priorities),
  serviceName: z.strictObject({ fr: z.string(), en: z.string() }),
  servicePlace: z.string(),
  createdOn: Day,
  dueOn: Day.nullable(),
  overdue: z.boolean(),
  receivedFrom: z.string().nullable(),
})
export type ReferralRow = z.infer<typeof ReferralRow>

export const ReferralFile = z.strictObject({
  row: ReferralRow,
  /** Public words of the need, as the slip may show it. */
  need: z.string(),
  service: ServiceRow,
  consent: z
    .strictObject({
      given: z.boolean(),
      method: z.enum(['signature', 'thumb', 'verbal']).nullable(),
      on: Day,
      items: z.array(z.enum(infoItems)),
    })
    .nullable(),
  appointment: z.string(),
  slipLanguage: z.enum(['fr', 'en', 'bi']),
  validUntil: Day.nullable(),
  printedTimes: z.number().int(),
  history: z.array(
    z.strictObject({
      from: z.enum(referralStates),
      to: z.enum(referralStates),
      on: Day,
      at: Instant,
      by: z.string(),
      reason: z.string(),
    }),
  ),
  /** What may be done next, with what each step asks for. */
  next: z.array(z.enum(referralStates)),
  editable: z.boolean(),
})
export type ReferralFile = z.infer<typeof ReferralFile>

export const referralsContract = {
  /** Throws not-found, service-not-active, service-needs-check, service-not-for-minors, read-only-copy, consent-missing (no general consent to referrals). */
  'referrals.create': procedure({
    input: z.strictObject({ caseId: Id, serviceId: Id, need: z.string().max(10), priority: z.enum(priorities) }),
    output: ReferralFile,
    permission: 'referral.create',
    audited: 'write',
  }),
  /** Consent to THIS referral (H2). `given: false` declines it and closes it. Nothing is pre-ticked (H4). Throws guardian-consent-missing. */
  'referrals.recordConsent': procedure({
    input: z.strictObject({
      referralId: Id,
      given: z.boolean(),
      method: z.enum(['signature', 'thumb', 'verbal']).nullable(),
      on: Day,
      items: z.array(z.enum(infoItems)).max(infoItems.length),
      guardianAgrees: z.boolean().nullable(),
      childAssents: z.boolean().nullable(),
    }),
    output: ReferralFile,
    permission: 'referral.create',
    audited: 'write',
  }),
  /** Gives the code and opens the way to the slip. Throws referral-step-not-allowed, referral-consent-missing, referral-consent-old. */
  'referrals.issue': procedure({
    input: z.strictObject({ referralId: Id, slipLanguage: z.enum(['fr', 'en', 'bi']), appointment: shortText(60) }),
    output: ReferralFile,
    permission: 'referral.create',
    audited: 'write',
  }),
  /**
   * A step of the life cycle told by hand.
   *
   * `toldBy` is who said so: `confirmed` needs the person's voice and not the source of `served` (referrals.md D.1).
   * Throws referral-step-not-allowed {from,to}, referral-same-source, bad-input when a reason is missing.
   */
  'referrals.step': procedure({
    input: z.strictObject({
      referralId: Id,
      to: z.enum(referralStates),
      on: Day,
      toldBy: z.enum(['provider', 'person', 'staff']),
      reason: shortText(200),
    }),
    output: ReferralFile,
    permission: 'referral.answer',
    audited: 'write',
  }),
  'referrals.get': procedure({
    input: z.strictObject({ referralId: Id }),
    output: ReferralFile,
    permission: 'referral.read',
    audited: 'read',
  }),
  /** By code typed or scanned. Throws code-invalid (check character), not-found. */
  'referrals.byCode': procedure({
    input: z.strictObject({ code: z.string().max(20) }),
    output: ReferralFile,
    permission: 'referral.read',
    audited: 'read',
  }),
  'referrals.list': procedure({
    input: z.strictObject({
      caseId: Id.nullable(),
      show: z.enum(['open', 'overdue', 'all']),
      after: z.string().max(100).nullable(),
      limit: z.number().int().min(1).max(100),
    }),
    output: z.strictObject({
      rows: z.array(ReferralRow),
      next: z.string().nullable(),
      open: z.number().int(),
      overdue: z.number().int(),
    }),
    permission: 'referral.read',
    audited: 'read',
  }),
} as const
