import { isMinor } from '#shared/cases/consent.ts'
import { reachOf, type Asker, type CaseStanding } from '#shared/cases/case-reach.ts'
import { scopesOf, type PermissionId } from '#shared/permissions.ts'
import { Refusal } from '#shared/result.ts'
import { today } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import { ageOf } from './case-shown.ts'
import { findCase, type CaseRecord } from './cases-repository.ts'

type Asking = Pick<CallContext, 'session' | 'ports'>

/** Whoever is signed in, on this day. */
export function askerOf({ session, ports }: Asking): Asker {
  return { userId: session.userId, roles: session.roles, day: today(ports.clock) }
}

/** What the rules of reach ask about a case. `day` is YYYY-MM-DD. */
export function standingOf(record: CaseRecord, day: string): CaseStanding {
  return {
    createdBy: record.created_by,
    assignedTo: record.assigned_to,
    registeredOn: record.registered_on,
    isMinor: isMinor(ageOf(record.answers, day)),
    isCopy: record.origin_site !== null,
  }
}

/** True when the signed-in user's permission reaches this case, with or without a reason. */
export function mayReach(permission: PermissionId, record: CaseRecord, context: Asking): boolean {
  const asker = askerOf(context)
  return reachOf(permission, standingOf(record, asker.day), asker) !== 'no'
}

/** The case, if the permission reaches it. Throws Refusal not-found otherwise, so that nobody learns that it exists. */
export function reachableCase(permission: PermissionId, id: string, context: Asking & Pick<CallContext, 'store'>): CaseRecord {
  const record = findCase(context.store, context.session.site.code, id)
  if (!record || !mayReach(permission, record, context)) throw new Refusal('not-found')
  return record
}

/** As `reachableCase`, for a case of this centre. Throws Refusal read-only-copy for one that was received. */
export function ownCase(permission: PermissionId, id: string, context: Asking & Pick<CallContext, 'store'>): CaseRecord {
  const record = reachableCase(permission, id, context)
  if (record.origin_site !== null) throw new Refusal('read-only-copy')
  return record
}

/** As `ownCase`, for one that goes on. Throws Refusal case-closed for one that ended. */
export function openCase(permission: PermissionId, id: string, context: Asking & Pick<CallContext, 'store'>): CaseRecord {
  const record = ownCase(permission, id, context)
  if (record.status === 'closed') throw new Refusal('case-closed')
  return record
}

/** A condition on `case_record c` that keeps the cases which a permission reaches, and its parameters. */
export function reachCondition(
  permission: PermissionId,
  context: Asking,
): { readonly sql: string; readonly bound: readonly string[] } {
  const { userId, roles, day } = askerOf(context)
  const parts: { sql: string; bound: readonly string[] }[] = []
  for (const scope of scopesOf(roles, permission)) {
    const extent = scope.split(' ')[0]
    if (extent === 'centre' || extent === 'region') return { sql: '1', bound: [] }
    if (extent === 'own')
      parts.push({ sql: '(c.origin_site IS NOT NULL OR coalesce(c.assigned_to, c.created_by) = ?)', bound: [userId] })
    if (extent === 'today') parts.push({ sql: '(c.created_by = ? AND c.registered_on = ?)', bound: [userId, day] })
    // as it was when the card was last stored: who turned 18 since is still found here, and no longer shown
    if (extent === 'minors') parts.push({ sql: "coalesce(json_extract(c.answers, '$.is_minor'), 'yes') <> 'no'", bound: [] })
  }
  if (parts.length === 0) return { sql: '0', bound: [] }
  return { sql: `(${parts.map((p) => p.sql).join(' OR ')})`, bound: parts.flatMap((p) => p.bound) }
}
