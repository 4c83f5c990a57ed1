import type { CaseFormState } from '#shared/case-forms/case-form.ts'
import type { Answers } from '#shared/forms/form-definition.ts'
import { regionStream } from '#shared/sync/stream.ts'
import { storedJson } from '../../storage/stored-json.ts'
import type { ReadableDb } from '../../storage/store.ts'

export interface CaseFormRecord {
  readonly id: string
  readonly case_id: string
  readonly form: string
  readonly form_version: string
  readonly filled_on: string
  readonly state: CaseFormState
  /** Name at this desk; null for somebody who has no account at it. */
  readonly author: string | null
  readonly answers: Answers
  readonly updated_at: number
}
interface CaseFormRaw extends Omit<CaseFormRecord, 'answers'> {
  readonly answers: string
}

const columns = `f.id, f.case_id, f.form, f.form_version, f.filled_on, f.state, f.answers, f.updated_at,
  (SELECT name FROM app_user u WHERE u.id = f.created_by) AS author`
const parsed = (raw: CaseFormRaw): CaseFormRecord => ({ ...raw, answers: storedJson<Answers>(raw.answers) })

/** One form of a case of this centre. */
export function findCaseForm(db: ReadableDb, siteCode: string, id: string): CaseFormRecord | undefined {
  const raw = db
    .read<CaseFormRaw>(`SELECT ${columns} FROM case_form f WHERE f.id = ? AND f.stream = ?`)
    .get(id, regionStream(siteCode))
  return raw && parsed(raw)
}

/** Every form of a case, in the order in which they came to this desk. */
export function formsOfCase(db: ReadableDb, siteCode: string, caseId: string): CaseFormRecord[] {
  return db
    .read<CaseFormRaw>(`SELECT ${columns} FROM case_form f WHERE f.case_id = ? AND f.stream = ? ORDER BY f.n`)
    .all(caseId, regionStream(siteCode))
    .map(parsed)
}
