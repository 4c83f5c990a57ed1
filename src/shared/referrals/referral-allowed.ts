import { allowsIdentity, guardianAgreed, isMinor } from '../cases/consent.ts'
import type { Answers } from '../forms/form-definition.ts'
import { addDays } from '../forms/partial-date.ts'
import { consentDaysMax } from './referral.ts'

/** Why a referral may not go on; each is also the code of an error that says what to do. */
export const blockReasons = [
  'consent-missing',
  'guardian-consent-missing',
  'service-not-for-minors',
  'service-not-active',
  'service-needs-check',
  'referral-consent-missing',
  'referral-consent-old',
] as const
export type BlockReason = (typeof blockReasons)[number]

/** Where the referral is about to go. */
export type Stage = 'draft' | 'consent' | 'issue' | 'print'

export interface ReferralStanding {
  readonly stage: Stage
  /** YYYY-MM-DD. */
  readonly today: string
  /** The case's answers and age as they are now. */
  readonly answers: Answers
  readonly ageYears: number | undefined
  /** The service as the directory has it now; undefined when it is not held any more or not for ordinary lists. */
  readonly service: { readonly active: boolean; readonly checked: boolean; readonly securityActor: boolean } | undefined
  /** The consent to this referral; undefined before it was asked. */
  readonly consent:
    { readonly given: boolean; readonly on: string; readonly guardianAgrees: boolean; readonly childAssents: boolean } | undefined
}

/**
 * Why a referral may not go on, or undefined; asked anew at draft, consent, issue and print.
 *
 * A person may have withdrawn, an age been corrected, a service closed since the last step (H2, H5, H23, H24; referrals.md D.1).
 */
export function blockReason(s: ReferralStanding): BlockReason | undefined {
  if (!allowsIdentity(s.answers) || s.answers['consent_referral_general'] !== 'yes') return 'consent-missing'
  const minor = isMinor(s.ageYears)
  if (!guardianAgreed(s.answers, minor)) return 'guardian-consent-missing'
  // never a minor to a security actor, whatever the consent (H24)
  if (minor && s.service?.securityActor) return 'service-not-for-minors'
  if (!s.service?.active) return 'service-not-active'
  if (!s.service.checked) return 'service-needs-check'
  if (s.stage === 'draft') return undefined
  if (s.stage !== 'consent' && !s.consent?.given) return 'referral-consent-missing'
  if (minor && !(s.consent?.guardianAgrees && s.consent.childAssents)) return 'guardian-consent-missing'
  if (s.stage === 'issue' && s.consent && addDays(s.consent.on, consentDaysMax) < s.today) return 'referral-consent-old'
  return undefined
}
