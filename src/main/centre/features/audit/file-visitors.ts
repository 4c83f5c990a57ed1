import { auditKindOf } from '#shared/audit/actions.ts'
import type { FileVisitor } from '#shared/audit/contract.ts'
import type { CallOutput } from '#shared/contract.ts'
import { instantAt } from '../../desk-day.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { readLine } from './audit-line.ts'
import { eventsOf, objectShown } from './audit-repository.ts'

/** Who looked at a file and its referrals, who changed them, and why: by person, the last first. `names`: user id -> name. */
export function fileVisitors(
  db: ReadableDb,
  caseId: string,
  objects: readonly string[],
  names: ReadonlyMap<string, string>,
): CallOutput<'audit.list'>['file'] {
  const visitors = new Map<string, FileVisitor>()
  if (objects.length > 0) {
    for (const { line } of eventsOf(db, objects)) {
      const { at, user, roles, action, details } = readLine(line)
      const visitor = visitors.get(user) ?? {
        by: names.get(user) ?? '',
        roles,
        reads: 0,
        changes: 0,
        last: instantAt(at),
        reasons: [],
      }
      visitors.set(user, visitor)
      const kind = auditKindOf(action)
      if (kind === 'read') visitor.reads += 1
      else if (kind !== 'refused') visitor.changes += 1
      const { reason, note } = details ?? {}
      if (typeof reason !== 'string') continue
      const given = { reason, note: typeof note === 'string' ? note : '' }
      if (!visitor.reasons.some((r) => r.reason === given.reason && r.note === given.note)) visitor.reasons.push(given)
    }
  }
  const shown = objects.length > 0 ? objectShown(db, caseId) : undefined
  return { number: shown?.label ?? '', visitors: [...visitors.values()] }
}
