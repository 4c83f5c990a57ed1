import { mayDo, roles, type Role } from '#shared/permissions.ts'
import { Refusal } from '#shared/result.ts'
import type { CallContext } from '../../feature.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { storedJson } from '../../storage/stored-json.ts'
import { reachableCase } from './case-access.ts'

interface UserRaw {
  readonly id: string
  readonly name: string
  readonly roles: string
}

/** The people of this desk who may be given a case: those who follow cases of their own or of children, by name. */
export function counsellors(db: ReadableDb): { id: string; name: string }[] {
  const held = (text: string): readonly Role[] => roles.filter((r) => storedJson<readonly string[]>(text).includes(r))
  return db
    .read<UserRaw>('SELECT id, name, roles FROM app_user WHERE disabled_at IS NULL ORDER BY name COLLATE NOCASE, id')
    .all()
    .filter((u) => mayDo(held(u.roles), 'referral.follow') || held(u.roles).includes('GBV'))
    .map(({ id, name }) => ({ id, name }))
}

/** Gives a case to a counsellor; see cases.assign. Whoever had asked for it has an answer. */
export function assignCase(caseId: string, userId: string, context: CallContext): void {
  const record = reachableCase('case.assign', caseId, context)
  if (record.origin_site !== null) throw new Refusal('read-only-copy')
  if (!counsellors(context.store).some((u) => u.id === userId)) throw new Refusal('bad-input', { field: 'userId' })
  context.store.write((unit) => {
    unit.change('case', caseId, { assigned_to: userId, assignment_asked_by: null })
    unit.audit({
      action: 'cases.assign',
      object: caseId,
      details: { to: userId, before: record.assigned_to ?? record.created_by ?? '' },
    })
  })
}

/** Asks for a case; a supervisor decides. */
export function askForCase(caseId: string, context: CallContext): void {
  const record = reachableCase('case.askFor', caseId, context)
  if (record.origin_site !== null) throw new Refusal('read-only-copy')
  context.store.write((unit) => {
    unit.change('case', caseId, { assignment_asked_by: context.session.userId })
    unit.audit({ action: 'cases.askFor', object: caseId })
  })
}
