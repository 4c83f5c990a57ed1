import { foldedWords } from '#shared/cases/fold-name.ts'
import type { CallName } from '#shared/contract.ts'
import type { FailureDetails } from '#shared/result.ts'
import type { AuditInput, ReadableDb } from './storage/store.ts'

/** A list longer than this says so in its audit event (roles-and-audit.md E.2). */
export const longListRows = 50

/** The id that a call is about, for its audit event. */
export function objectOf(input: unknown): { readonly object?: string } {
  if (typeof input !== 'object' || input === null) return {}
  for (const key of ['caseFormId', 'caseId', 'referralId', 'serviceId', 'device', 'previewId', 'subject', 'userId'] as const) {
    const value = (input as Record<string, unknown>)[key]
    if (typeof value === 'string') return { object: value }
  }
  return {}
}

/** Words searched for, under the database's own key: equal searches can be told, the words cannot be read or guessed from outside. */
function hashedTerms(text: string, db: ReadableDb): string {
  const terms = foldedWords(text).toSorted().join(' ')
  const sealed = db.read<{ hash: string }>("SELECT audit_seal('terms', ?) AS hash").get(new TextEncoder().encode(terms))
  return sealed?.hash.slice(0, 16) ?? ''
}

/** The event of a read: what was opened, how many rows were shown, what was searched for, whether a case's confidential answers were among it. */
export function readEvent(name: CallName, input: unknown, value: unknown, db: ReadableDb): AuditInput {
  const rows = Array.isArray(value) ? value : (value as { readonly rows?: readonly unknown[] } | null)?.rows
  const text = (input as { readonly text?: unknown }).text
  const opened = (value as { readonly row?: { readonly id?: unknown } } | null)?.row?.id
  const details: FailureDetails = {
    ...(Array.isArray(rows) ? { rows: rows.length, ...(rows.length > longListRows ? { longList: 1 } : {}) } : {}),
    ...((value as { readonly confidential?: unknown } | null)?.confidential === true ? { confidential: 1 } : {}),
    ...(typeof text === 'string' && text.trim() !== '' ? { terms: hashedTerms(text, db) } : {}),
  }
  const found = (value as { readonly caseId?: unknown } | null)?.caseId
  const object =
    typeof opened === 'string'
      ? { object: opened }
      : { ...(typeof found === 'string' ? { object: found } : {}), ...objectOf(input) }
  return { action: name, ...object, ...(Object.keys(details).length > 0 ? { details } : {}) }
}
