import type { DraftForm, DraftTexts } from '#shared/cases/draft.ts'
import { regionStream } from '#shared/sync/stream.ts'
import type { Answers } from '#shared/forms/form-definition.ts'
import type { ReadableDb, WriteUnit } from '../../storage/store.ts'
import { storedJson } from '../../storage/stored-json.ts'

/** Which form, about what. */
export interface DraftKey {
  readonly form: DraftForm
  readonly subject: string
}
export interface DraftRecord {
  readonly texts: DraftTexts
  readonly focused: string
  readonly at: number
}
interface DraftRaw {
  readonly texts: string
  readonly focused: string
  readonly at: number
}

/** What the user left in a form, or undefined. */
export function findDraft(db: ReadableDb, user: string, { form, subject }: DraftKey): DraftRecord | undefined {
  const raw = db
    .read<DraftRaw>('SELECT texts, focused, at FROM draft WHERE user_id = ? AND form = ? AND subject = ?')
    .get(user, form, subject)
  return raw && { ...raw, texts: storedJson<DraftTexts>(raw.texts) }
}

/** Keeps the draft as it is now; local to this desk, never journaled. */
export function putDraft(unit: WriteUnit, user: string, { form, subject }: DraftKey, draft: Omit<DraftRecord, 'at'>): void {
  unit.local(
    'INSERT OR REPLACE INTO draft (user_id, form, subject, texts, focused, at) VALUES (?, ?, ?, ?, ?, ?)',
    user,
    form,
    subject,
    JSON.stringify(draft.texts),
    draft.focused,
    unit.now,
  )
}

export function removeDraft(unit: WriteUnit, user: string, { form, subject }: DraftKey): void {
  unit.local('DELETE FROM draft WHERE user_id = ? AND form = ? AND subject = ?', user, form, subject)
}

/**
 * Ends the draft of a reception. What an imported interview holds beside it waits in a draft of the card under the same subject: it goes to
 * the card of the case that was opened, or with the reception.
 */
export function endReception(unit: WriteUnit, user: string, subject: string, caseId?: string): void {
  removeDraft(unit, user, { form: 'new-case', subject })
  if (caseId === undefined) removeDraft(unit, user, { form: 'quick-card', subject })
  else unit.local("UPDATE draft SET subject = ? WHERE user_id = ? AND form = 'quick-card' AND subject = ?", caseId, user, subject)
}

/** Ends the drafts of fields that are stored now, and notes where the user is; nothing is written when nothing changes. */
export function settleDraft(
  unit: WriteUnit,
  user: string,
  key: DraftKey,
  stored: readonly string[],
  focused: string | undefined,
): void {
  const before = findDraft(unit, user, key)
  if (focused === undefined && !before) return
  const texts = Object.fromEntries(Object.entries(before?.texts ?? {}).filter(([name]) => !stored.includes(name)))
  putDraft(unit, user, key, { texts, focused: focused ?? before?.focused ?? '' })
}

/** True for the draft of an interview that was taken from a file. */
export function isImported(db: ReadableDb, { form, subject }: DraftKey): boolean {
  return form === 'new-case' && db.read('SELECT 1 FROM submission_mark WHERE subject = ? LIMIT 1').get(subject) !== undefined
}

/** The user's imported interviews whose case is not opened. */
export function countImported(db: ReadableDb, user: string): number {
  const sql = `SELECT count(*) AS n FROM draft d WHERE d.user_id = ? AND d.form = 'new-case'
    AND EXISTS (SELECT 1 FROM submission_mark m WHERE m.subject = d.subject)`
  return db.read<{ n: number }>(sql).get(user)?.n ?? 0
}

export interface OpenDraft extends DraftKey {
  readonly texts: DraftTexts
  readonly at: number
  /** Null while nobody was received yet. */
  readonly case_id: string | null
  readonly number: string | null
  readonly answers: Answers
}
interface OpenDraftRaw extends DraftKey, DraftRaw {
  readonly case_id: string | null
  readonly number: string | null
  readonly answers: string | null
}

/** The case that a referral is about, or undefined when this desk has no such referral. */
export function caseOfReferral(db: ReadableDb, site: string, referral: string): string | undefined {
  return db
    .read<{ case_id: string }>("SELECT case_id FROM referral WHERE id = ? AND (stream = ? OR stream GLOB 'mbx:*:' || ?)")
    .get(referral, regionStream(site), site)?.case_id
}

/** The form of a case that a draft is of, or undefined when this desk has no such form. */
export function caseFormOfDraft(
  db: ReadableDb,
  site: string,
  id: string,
): { readonly case_id: string; readonly form: string; readonly form_version: string } | undefined {
  return db
    .read<{ case_id: string; form: string; form_version: string }>(
      'SELECT case_id, form, form_version FROM case_form WHERE id = ? AND stream = ?',
    )
    .get(id, regionStream(site))
}

/** The user's drafts whose form can still be finished, newest first, without imported interviews; at most 50. */
export function listDrafts(db: ReadableDb, user: string): OpenDraft[] {
  return db
    .read<OpenDraftRaw>(
      `SELECT d.form, d.subject, d.texts, d.focused, d.at, c.id AS case_id, c.number, c.answers
       FROM draft d LEFT JOIN referral r ON r.id = d.subject LEFT JOIN case_form f ON f.id = d.subject
         LEFT JOIN case_record c ON c.id = coalesce(r.case_id, f.case_id, d.subject)
       WHERE d.user_id = ? AND (d.form = 'new-case' OR c.id IS NOT NULL)
         AND (d.form <> 'case-form' OR f.state = 'draft')
         AND (d.form <> 'referral-consent' OR r.status IN ('draft', 'ready'))
         AND (d.form <> 'referral-issue' OR r.status = 'ready')
         AND (d.form <> 'new-case' OR NOT EXISTS (SELECT 1 FROM submission_mark m WHERE m.subject = d.subject))
       ORDER BY d.at DESC LIMIT 50`,
    )
    .all(user)
    .map((raw) => ({
      ...raw,
      texts: storedJson<DraftTexts>(raw.texts),
      answers: raw.answers === null ? {} : storedJson<Answers>(raw.answers),
    }))
}
