import { formatDay } from '#renderer/i18n/format.ts'
import { useText, type Text } from '#renderer/i18n/text.tsx'
import { auditActionKey, failedEnd } from '#shared/audit/actions.ts'
import type { AuditEntry } from '#shared/audit/contract.ts'
import { errorCodes, type ErrorCode } from '#shared/result.ts'
import { keepReasons } from '#shared/cases/keep-longer.ts'
import { RevealReason } from '#shared/screen/contract.ts'
import { LockReason } from '#shared/security/contract.ts'
import { RegisterFault } from '#shared/sync/contract.ts'

const isErrorCode = (code: unknown): code is ErrorCode => (errorCodes as readonly unknown[]).includes(code)

/** Stands for the object while it is not known whether the sentence has a place for it. */
const place = '\u0000'

/** What was done; `object` in its place in the sentence, or behind it. */
function did(text: Text, action: string, object?: AuditEntry['object']): string {
  const key = auditActionKey(action)
  const done = key === undefined ? text('audit.other', { code: action }) : text(`audit.actions.${key}`, { object: place })
  const known = object !== undefined && object.kind !== '' && object.label !== '' ? { ...object, kind: object.kind } : undefined
  if (done.includes(place))
    return done.replace(place, known ? text(`audit.objects.${known.kind}`, { label: known.label }) : text('audit.objects.gone'))
  return known ? `${done} ${text(`audit.aside.${known.kind}`, { label: known.label })}` : done
}

/** What was done and to what, in words: the end of a sentence that begins with who. */
export function auditSentence(text: Text, { action, object }: AuditEntry): string {
  return action.endsWith(failedEnd)
    ? text('audit.failed', { what: did(text, action.slice(0, -failedEnd.length), object) })
    : did(text, action, object)
}

/** The words of a reason, to see a person or to keep a case for longer; undefined for one that is not known here. */
function reasonWords(text: Text, code: unknown): string | undefined {
  const reveal = RevealReason.safeParse(code)
  if (reveal.success) return text(`screen.reasons.${reveal.data}`)
  const keep = keepReasons.find((r) => r === code)
  return keep && text(`rights.keepReasons.${keep}`)
}

/** The reason that somebody gave to see a person, with what they wrote to it. */
export function reasonInWords(text: Text, given: { readonly reason: string; readonly note: string }): string {
  const words = reasonWords(text, given.reason) ?? given.reason
  return given.note === '' ? words : `${words} ${text('audit.note', { note: given.note })}`
}

/** Why and how much, in words; '' when the event says nothing of it. */
export function auditDetails(text: Text, { action, details }: AuditEntry): string {
  const said: string[] = []
  const reason = reasonWords(text, details['reason'])
  if (reason !== undefined) said.push(text('audit.reason', { reason }))
  if (typeof details['until'] === 'string') said.push(text('audit.until', { day: formatDay(details['until']) }))
  if (typeof details['note'] === 'string') said.push(text('audit.note', { note: details['note'] }))
  const why = LockReason.safeParse(details['why'])
  if (action === 'lock' && why.success) said.push(text(`audit.locks.${why.data}`))
  if (typeof details['clockJumpMinutes'] === 'number')
    said.push(text('audit.clockJump', { minutes: details['clockJumpMinutes'] }))
  if (typeof details['minutes'] === 'number' && action === 'clock.back')
    said.push(text('audit.clockBack', { minutes: details['minutes'] }))
  if (typeof details['rows'] === 'number') said.push(text('audit.rows', { rows: details['rows'] }))
  if (details['longList'] === 1) said.push(text('audit.longList'))
  if (typeof details['terms'] === 'string') said.push(text('audit.searched', { terms: details['terms'].slice(0, 6) }))
  if (typeof details['failures'] === 'number') said.push(text('audit.failures', { failures: details['failures'] }))
  if (typeof details['failedBefore'] === 'number') said.push(text('audit.failedBefore', { failures: details['failedBefore'] }))
  if (typeof details['to'] === 'string') said.push(text('audit.versionTo', { version: details['to'] }))
  if (details['newKey'] === 1) said.push(text('audit.newKey'))
  const register = RegisterFault.safeParse(details['register'])
  if (register.success) said.push(text(`audit.registerFault.${register.data}`))
  if (typeof details['call'] === 'string') said.push(text('audit.wanted', { what: did(text, details['call']) }))
  if (isErrorCode(details['code'])) said.push(text(`errors.${details['code']}.what`))
  return said.join(' · ')
}

/** The words of one entry. */
export function useAuditWords(): (entry: AuditEntry) => { readonly sentence: string; readonly details: string } {
  const text = useText()
  return (entry) => ({ sentence: auditSentence(text, entry), details: auditDetails(text, entry) })
}
