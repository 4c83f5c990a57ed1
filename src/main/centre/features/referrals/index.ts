import type { referralsContract } from '#shared/referrals/contract.ts'
import { readReferralCode } from '#shared/referrals/referral-code.ts'
import { Refusal } from '#shared/result.ts'
import { today } from '../../desk-day.ts'
import type { CallContext, CentreCalls, Handlers } from '../../feature.ts'
import type { ReferenceData } from '../../reference-data.ts'
import { issueReferral, recordConsent, stepReferral } from './advance-referral.ts'
import { reachCondition } from '../cases/index.ts'
import { createReferral } from './create-referral.ts'
import { reachableReferral } from './referral-access.ts'
import { referralFile, referralRow } from './referral-shown.ts'
import { findReferralByCode, listReferrals } from './referrals-repository.ts'

export { endAsWithdrawn, issueReferral, recordConsent, stepReferral } from './advance-referral.ts'
export { createReferral } from './create-referral.ts'
export { assertReferralAllowed } from './check-referral.ts'
export { consentItems } from './referral-shown.ts'
export { reachableReferral } from './referral-access.ts'
export { findReferral, referralsOfCase, type ReferralRecord } from './referrals-repository.ts'

export const referralsHandlers = (reference: ReferenceData): Handlers<CentreCalls<typeof referralsContract>> => {
  const shown = (id: string, context: CallContext) => {
    return referralFile(reachableReferral('referral.read', id, context), reference, context)
  }
  return {
    'referrals.create': (input, context) => shown(createReferral(input, reference, context), context),
    'referrals.recordConsent'(input, context) {
      recordConsent(input, context)
      return shown(input.referralId, context)
    },
    'referrals.issue'(input, context) {
      issueReferral(input, reference, context)
      return shown(input.referralId, context)
    },
    'referrals.step'(input, context) {
      stepReferral(input, context)
      return shown(input.referralId, context)
    },
    'referrals.get': ({ referralId }, context) => shown(referralId, context),
    'referrals.byCode'({ code }, context) {
      const read = readReferralCode(code)
      if (read === undefined) throw new Refusal('code-invalid')
      const record = findReferralByCode(context.store, context.session.site.code, read)
      if (!record) throw new Refusal('not-found')
      return shown(record.id, context)
    },
    'referrals.list'(input, context) {
      const { store, session, ports } = context
      const day = today(ports.clock)
      const page = listReferrals(store, session.site.code, {
        ...input,
        today: day,
        reach: reachCondition('referral.list', context),
      })
      return {
        rows: page.rows.map((r) => referralRow(r, store, session.site.code, day)),
        next: page.next,
        open: page.open,
        overdue: page.overdue,
      }
    },
  }
}
