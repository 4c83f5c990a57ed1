export { NewReferralPage } from './new-referral-page.tsx'
export { ReferralPage } from './referral-page.tsx'
export { ReferralTable } from './referral-table.tsx'
export { ReferralsPage } from './referrals-page.tsx'
