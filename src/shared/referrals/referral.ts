/** The states of a referral (referrals.md D.1); the first version walks the path that a desk needs by hand. */
export const referralStates = [
  'draft',
  'declined',
  'ready',
  'issued',
  'acknowledged',
  'accepted',
  'waitlisted',
  'refused',
  'no_show',
  'in_service',
  'served',
  'confirmed',
  'partial',
  'lost',
  'cancelled',
  'withdrawn',
  'rerouted',
] as const
export type ReferralState = (typeof referralStates)[number]

export const priorities = ['urgent', 'high', 'normal', 'low'] as const
export type Priority = (typeof priorities)[number]

/** What the person may agree to share with the provider; nothing is ticked by default (H4). */
export const infoItems = ['name', 'phone', 'age_sex', 'need', 'docs', 'access', 'issuer'] as const
export type InfoItem = (typeof infoItems)[number]
