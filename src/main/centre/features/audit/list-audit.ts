import { auditActions, failedEnd, technicalKinds, type AuditKind } from '#shared/audit/actions.ts'
import type { AuditEntry } from '#shared/audit/contract.ts'
import { contract } from '#shared/contract.ts'
import { dayMilliseconds, instantAt } from '../../desk-day.ts'
import type { CallContext, CallOutput, CallReceived } from '../../feature.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { readLine } from './audit-line.ts'
import { fileVisitors } from './file-visitors.ts'
import { findAudit, objectShown, objectsOfCase, usersOf } from './audit-repository.ts'

/** The actions of some kinds, by name: the index is asked for names. */
function actionsOf(kinds: readonly AuditKind[]): string[] {
  const named = Object.entries(auditActions)
    .filter(([, kind]) => kinds.includes(kind))
    .map(([action]) => action)
  return kinds.includes('refused') ? [...named, ...Object.keys(contract).map((name) => `${name}${failedEnd}`)] : named
}

/** Milliseconds since 1970 at the beginning of a day of the desk. */
export function startOf(day: string, db: ReadableDb, offsetMinutes: number): number {
  const utc = db.read<{ seconds: number }>('SELECT unixepoch(?) AS seconds').get(day)?.seconds ?? 0
  return utc * 1000 - offsetMinutes * 60_000
}

/** The technical part of the register is all that an administrator may read (roles-and-audit.md E.1). */
export function mayReadOfPeople(session: CallContext['session']): boolean {
  return session.roles.some((role) => role === 'SUP' || role === 'DPO')
}

/** A page of the register; see audit.list. */
export function listAudit(
  input: CallReceived<'audit.list'>,
  { store, session, ports }: Pick<CallContext, 'store' | 'session' | 'ports'>,
): CallOutput<'audit.list'> {
  const seesPeople = mayReadOfPeople(session)
  const allowed = seesPeople ? undefined : technicalKinds
  const wanted = input.kind === null ? allowed : allowed && !allowed.includes(input.kind) ? [] : [input.kind]
  const objects = input.caseId === null ? undefined : seesPeople ? objectsOfCase(store, input.caseId) : []
  const from = input.day === null ? undefined : startOf(input.day, store, ports.clock.offsetMinutes())
  const found = findAudit(store, {
    objects,
    user: input.user ?? undefined,
    actions: wanted && actionsOf(wanted),
    between: from === undefined ? undefined : [from, from + dayMilliseconds],
    before: input.before,
    limit: input.limit + 1,
  })
  const names = new Map(usersOf(store).map((u) => [u.id, u.name]))
  const entries = found.slice(0, input.limit).map(({ seq, line }): AuditEntry => {
    const event = readLine(line)
    const shown = event.object === undefined ? undefined : objectShown(store, event.object)
    const hidden = shown === undefined || (!seesPeople && ['case', 'case_form', 'pair', 'referral'].includes(shown.kind))
    return {
      seq,
      at: instantAt(event.at),
      by: names.get(event.user) ?? '',
      roles: event.roles,
      action: event.action,
      object: hidden ? { kind: '', id: '', label: '' } : { kind: shown.kind, id: event.object ?? '', label: shown.label },
      details: event.details ?? {},
    }
  })
  return {
    entries,
    next: found.length > input.limit ? (entries.at(-1)?.seq ?? null) : null,
    file: objects && input.caseId !== null ? fileVisitors(store, input.caseId, objects, names) : null,
  }
}
