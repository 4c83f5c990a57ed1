import { consentStatusesThatAllow } from '#shared/cases/consent.ts'
import type { CaseFile } from '#shared/cases/contract.ts'

export interface ProtectionMark {
  readonly mark: 'minor' | 'ageUnknown' | 'noConsent' | 'consentRestricted' | 'doNotCall' | 'callCarefully' | 'received'
  readonly tone: 'red' | 'amber'
}

/**
 * What everybody who opens the case must see before acting: childhood, consent, whether one may call, whose copy it is.
 *
 * Never category, group or threat (H9). Age in doubt counts as childhood (H23).
 */
export function protectionMarks({ row, answers, isMinor }: CaseFile): readonly ProtectionMark[] {
  const marks: ProtectionMark[] = []
  if (isMinor) marks.push({ mark: row.ageYears === null ? 'ageUnknown' : 'minor', tone: 'red' })
  const consent = answers['consent_status']
  if (!consentStatusesThatAllow.includes(consent)) marks.push({ mark: 'noConsent', tone: 'red' })
  else if (consent === 'restricted') marks.push({ mark: 'consentRestricted', tone: 'amber' })
  const methods = answers['safe_contact_methods']
  if (answers['phone_safe'] === 'no' || (Array.isArray(methods) && methods.includes('none')))
    marks.push({ mark: 'doNotCall', tone: 'red' })
  else if (answers['phone_safe'] === 'careful') marks.push({ mark: 'callCarefully', tone: 'amber' })
  if (row.receivedFrom !== null) marks.push({ mark: 'received', tone: 'amber' })
  return marks
}
