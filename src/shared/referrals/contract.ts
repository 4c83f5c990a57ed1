import { z } from 'zod'
import { Day, Id, Instant, procedure, shortText } from '../procedure.ts'
import { blockReasons } from './referral-allowed.ts'
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
  /** Where the person goes; a received referral says it itself, whether its service is held here or not. */
  provider: z.strictObject({
    name: z.strictObject({ fr: z.string(), en: z.string() }),
    place: z.string(),
    hours: z.string(),
    phone: z.string(),
  }),
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
  /** The steps that the signed-in user may take now. */
  next: z.array(z.enum(referralStates)),
  /** Why issue or print would be refused as things stand today; null when they would not, or are not the next thing. */
  blocked: z.enum(blockReasons).nullable(),
  editable: z.boolean(),
})
export type ReferralFile = z.infer<typeof ReferralFile>

export const referralsContract = {
  /** Throws not-found, read-only-copy, and what `blockReason` names. */
  'referrals.create': procedure({
    input: z.strictObject({ caseId: Id, serviceId: Id, need: z.string().max(10), priority: z.enum(priorities) }),
    output: ReferralFile,
    permission: 'referral.create',
    audited: 'write',
  }),
  /**
   * Consent to THIS referral (H2). `given: false` declines it and closes it. Nothing is pre-ticked (H4).
   *
   * In `ready`, a yes renews a consent that grew old. Throws what `blockReason` names (referral-allowed.ts), asked anew.
   */
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
  /**
   * Gives the code and opens the way to the slip. Throws referral-step-not-allowed, slip-text-reveals (the appointment's words),
   * and what `blockReason` names, asked anew.
   */
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
   * `couponCode` is what the coupon says; without `referral.follow` nothing is told but by coupon. Each target state has its own
   * permission and guards (referral-steps.ts). Throws referral-step-not-allowed {from,to}, forbidden, code-invalid, referral-not-due,
   * referral-same-source, bad-input {field}.
   */
  'referrals.step': procedure({
    input: z.strictObject({
      referralId: Id,
      to: z.enum(referralStates),
      on: Day,
      toldBy: z.enum(['provider', 'person', 'staff']),
      reason: shortText(200),
      couponCode: z.string().max(20).default(''),
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
    permission: 'referral.list',
    audited: 'read',
  }),
} as const
