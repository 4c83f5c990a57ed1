import { reachOf } from '#shared/cases/case-reach.ts'
import type { PermissionId, Role } from '#shared/permissions.ts'
import { Refusal } from '#shared/result.ts'
import type { CallContext } from '../../feature.ts'
import { askerOf, findCase, mayReach, standingOf } from '../cases/index.ts'
import { findReferral, type ReferralRecord } from './referrals-repository.ts'

/** The referral, if the permission reaches its case. Throws Refusal not-found otherwise. */
export function reachableReferral(
  permission: PermissionId,
  id: string,
  context: Pick<CallContext, 'store' | 'session' | 'ports'>,
): ReferralRecord {
  const { store, session } = context
  const record = findReferral(store, session.site.code, id)
  const owner = record && findCase(store, session.site.code, record.case_id)
  if (!record || !owner || !mayReach(permission, owner, context)) throw new Refusal('not-found')
  return record
}

/**
 * The roles as they count for this referral: whoever may not follow its case answers for it like the desk at the door, with the coupon's
 * code alone.
 */
export function rolesFor(record: ReferralRecord, context: Pick<CallContext, 'store' | 'session' | 'ports'>): readonly Role[] {
  const { store, session } = context
  const owner = findCase(store, session.site.code, record.case_id)
  if (!owner) return []
  const asker = askerOf(context)
  const standing = standingOf(owner, asker.day)
  return session.roles.flatMap((role): Role[] => {
    const as = { ...asker, roles: [role] }
    if (reachOf('referral.follow', standing, as) !== 'no') return [role]
    return reachOf('referral.answer', standing, as) === 'no' ? [] : ['REG']
  })
}
