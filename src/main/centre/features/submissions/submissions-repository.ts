import type { DraftTexts } from '#shared/cases/draft.ts'
import type { ReadableDb, WriteUnit } from '../../storage/store.ts'
import { storedJson } from '../../storage/stored-json.ts'

export function isMarked(db: ReadableDb, mark: string): boolean {
  return db.read<{ n: number }>('SELECT 1 AS n FROM submission_mark WHERE mark = ?').get(mark) !== undefined
}

/** Remembers for good that this was taken; two interviews of the same content share a mark. */
export function putMark(unit: WriteUnit, mark: string, subject: string, sentOn: string): void {
  unit.local(
    'INSERT OR IGNORE INTO submission_mark (mark, subject, sent_on, at) VALUES (?, ?, ?, ?)',
    mark,
    subject,
    sentOn,
    unit.now,
  )
}

export interface WaitingDraft {
  readonly subject: string
  readonly sent_on: string
  readonly at: number
  readonly reception: DraftTexts
  /** What waits for the card; empty where the person did not agree. */
  readonly card: DraftTexts
}
interface WaitingRaw {
  readonly subject: string
  readonly sent_on: string
  readonly at: number
  readonly reception: string
  readonly card: string | null
}

/** The user's imported interviews whose case is not opened, in the order in which they were taken. */
export function listWaiting(db: ReadableDb, user: string, limit: number): WaitingDraft[] {
  return db
    .read<WaitingRaw>(
      `SELECT d.subject, m.sent_on, m.at, d.texts AS reception, (SELECT c.texts FROM draft c
         WHERE c.user_id = d.user_id AND c.form = 'quick-card' AND c.subject = d.subject) AS card
       FROM draft d JOIN (SELECT subject, min(sent_on) AS sent_on, min(at) AS at FROM submission_mark GROUP BY subject) m
         ON m.subject = d.subject WHERE d.user_id = ? AND d.form = 'new-case' ORDER BY m.at, d.subject LIMIT ?`,
    )
    .all(user, limit)
    .map((raw) => ({
      ...raw,
      reception: storedJson<DraftTexts>(raw.reception),
      card: raw.card === null ? {} : storedJson<DraftTexts>(raw.card),
    }))
}
