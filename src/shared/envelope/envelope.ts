import { z } from 'zod'
import { Day, Id, Instant, shortText } from '../procedure.ts'

// The fields of g01 (profile-form.json): closed choices and two short texts, no place for an account (H19).

/** Longest free text of an envelope, in characters. */
export const envelopeTextMax = 60
/** Days after which a service that was found fit has to be looked at again (H16). */
export const safeDaysMax = 90
export const clockHours = 72

const YesNo = z.enum(['yes', 'no'])
export const wantedServices = ['health', 'psychosocial', 'safety', 'legal', 'police', 'livelihood', 'child'] as const
export const WantedService = z.enum(wantedServices)
export type WantedService = z.infer<typeof WantedService>
export const safeAnswers = ['yes', 'no', 'unknown', 'refused'] as const
export const withinAnswers = ['72', '120', 'later', 'na'] as const
export const closedReasons = ['met', 'request', 'taken_over', 'moved', 'no_contact'] as const
export const consentMethods = ['signature', 'thumb', 'verbal'] as const
/** What the coupon says, or the person. */
export const outcomes = ['none', 'came', 'refused', 'done'] as const

/** What the focal point writes down; null: not asked yet. `listenedOnly` yes: nothing else is asked. */
export const EnvelopeAnswers = z.strictObject({
  listenedOnly: YesNo.nullable(),
  reportingInformed: YesNo.nullable(),
  safeNow: z.enum(safeAnswers).nullable(),
  within72h: z.enum(withinAnswers).nullable(),
  isMinor: YesNo.nullable(),
  servicesWanted: z.array(z.enum([...wantedServices, 'none'])).max(wantedServices.length + 1),
  providerCaseRef: shortText(envelopeTextMax),
  nextContact: z.union([Day, z.literal('')]),
  closedReason: z.enum(closedReasons).nullable(),
})
export type EnvelopeAnswers = z.infer<typeof EnvelopeAnswers>

export const noAnswers: EnvelopeAnswers = {
  listenedOnly: null,
  reportingInformed: null,
  safeNow: null,
  within72h: null,
  isMinor: null,
  servicesWanted: [],
  providerCaseRef: '',
  nextContact: '',
  closedReason: null,
}

/** Why answers do not go together, as the field that is wrong; undefined when they do. */
export function wrongAnswer(a: EnvelopeAnswers): keyof EnvelopeAnswers | undefined {
  if (a.servicesWanted.includes('none') && a.servicesWanted.length > 1) return 'servicesWanted'
  if (new Set(a.servicesWanted).size !== a.servicesWanted.length) return 'servicesWanted'
  if (a.listenedOnly !== 'yes') return undefined
  if (a.safeNow !== null) return 'safeNow'
  if (a.within72h !== null) return 'within72h'
  return a.servicesWanted.length > 0 ? 'servicesWanted' : undefined
}

/** The consent to one service, and what came of it; `code` is the referral's code when it was agreed. */
export const ServiceConsent = z.strictObject({
  service: WantedService,
  serviceId: Id,
  providerFr: z.string(),
  providerEn: z.string(),
  consent: YesNo,
  method: z.enum(consentMethods),
  at: Instant,
  code: z.string(),
  mayCallBack: YesNo,
  outcome: z.enum(outcomes),
})
export type ServiceConsent = z.infer<typeof ServiceConsent>

export const Envelope = z.strictObject({
  id: Id,
  caseId: Id,
  /** Random; stands for the person on what is told to a service. */
  code: z.string(),
  opened: Day,
  focalId: Id,
  answers: EnvelopeAnswers,
  consents: z.array(ServiceConsent).max(40),
  /** When the 72 hours began to count, milliseconds since 1970; null: they do not. */
  clockFrom: z.int().nullable(),
})
export type Envelope = z.infer<typeof Envelope>
