import { envelopeTextMax, type ServiceConsent } from '#shared/envelope/envelope.ts'
import { addDays, shownDate } from '#shared/forms/partial-date.ts'
import { slipOf, type SlipContent } from '#shared/referrals/referral-slip.ts'
import { shownReferralCode } from '#shared/referrals/referral-code.ts'
import type { PointRecord } from '../directory/index.ts'

const daysValid = 30

/** The slip of an envelope's referral: variant `code`, with nothing of the person, the need or the provider's name (H17). */
export function codeSlip(
  consent: ServiceConsent,
  point: PointRecord | undefined,
  desk: { readonly phone: string; readonly place: string; readonly exercise: boolean },
): SlipContent {
  const day = consent.at.slice(0, 10)
  return slipOf({
    code: shownReferralCode(consent.code),
    issuedOn: shownDate(day),
    validUntil: shownDate(addDays(day, daysValid)),
    language: 'bi',
    appointment: '',
    provider: {
      nameFr: '',
      nameEn: '',
      place: desk.place.slice(0, envelopeTextMax),
      hours: point?.hours ?? '',
      phone: '',
      cost: point?.cost ?? '',
    },
    need: { fr: '', en: '' },
    items: [],
    person: {
      familyName: '',
      givenNames: '',
      ageYears: undefined,
      ageEstimated: false,
      sex: '',
      phone: '',
      docs: { fr: '', en: '' },
      access: { fr: '', en: '' },
    },
    deskPhone: desk.phone,
    duplicate: false,
    exercise: desk.exercise,
    variant: 'code',
  })
}
