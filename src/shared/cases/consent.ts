import type { Answers } from '../forms/form-definition.ts'

/** Consent that lets an identity be stored (H1). */
export const consentStatusesThatAllow: readonly unknown[] = ['given', 'restricted', 'guardian']

/** The points that must have been explained before anything is written. */
export const informationPoints = [
  'purpose',
  'who_sees',
  'voluntary',
  'skip',
  'withdraw',
  'retention',
  'rights',
  'complaint',
  'limits',
] as const

/** True when identity may be stored under these answers (H1). */
export function allowsIdentity(answers: Answers): boolean {
  return consentStatusesThatAllow.includes(answers['consent_status'])
}

/** True for under 18, and when age is in doubt (H23). `ageYears` undefined = unknown. */
export function isMinor(ageYears: number | undefined): boolean {
  return ageYears === undefined || ageYears < 18
}

/** True when a minor's guardian consented and the child agreed (H23); always true for adults. */
export function guardianAgreed(answers: Answers, minor: boolean): boolean {
  if (!minor) return true
  return answers['consent_status'] === 'guardian' && answers['consent_giver'] !== 'self' && answers['child_assent'] === 'yes'
}

/** True when the person agreed to be counted, and did not take it back (H45): the filter of every figure. */
export function mayBeCounted(answers: Answers): boolean {
  return allowsIdentity(answers) && answers['consent_statistics'] === 'yes'
}

/** True when the person agreed that another centre may receive the file; of a minor, with the guardian's consent. */
export function mayShareWithCentre(answers: Answers, minor: boolean): boolean {
  return allowsIdentity(answers) && answers['consent_other_centre'] === 'yes' && guardianAgreed(answers, minor)
}
