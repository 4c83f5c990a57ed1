import type { CaseFile, CaseRow } from '#shared/cases/contract.ts'
import { isMinor } from '#shared/cases/consent.ts'
import { completeness } from '#shared/forms/check-answers.ts'
import type { Answers, FormDefinition } from '#shared/forms/form-definition.ts'
import { answerRefused, answerUnknown } from '#shared/forms/form-definition.ts'
import { ageYears } from '#shared/forms/partial-date.ts'
import { keepReasons } from '#shared/cases/keep-longer.ts'
import { namedSites } from '#shared/security/site.ts'
import { instantAt } from '../../desk-day.ts'
import type { RecordForm } from '../national/index.ts'
import type { CaseRecord } from './cases-repository.ts'

/** An answer as plain text; unknown and refused count as nothing. */
export function textAnswer(answers: Answers, question: string): string {
  const value = answers[question]
  return (typeof value === 'string' || typeof value === 'number') && value !== answerUnknown && value !== answerRefused
    ? String(value)
    : ''
}

/** Age on a day from the answers, or undefined when nothing tells it. */
export function ageOf(answers: Answers, day: string): number | undefined {
  return ageYears(textAnswer(answers, 'birth_date'), textAnswer(answers, 'age_stated'), day)
}

/** True when no full date of birth tells the age, or the date itself was estimated. */
export function ageIsEstimated(answers: Answers): boolean {
  const precision = textAnswer(answers, 'birth_precision')
  return textAnswer(answers, 'birth_date').length < 10 || precision === 'age' || precision === 'event' || precision === 'year'
}

/** Family and given names as a list shows them. */
export function personName(answers: Answers): string {
  return [textAnswer(answers, 'family_name'), textAnswer(answers, 'given_names')].filter(Boolean).join(' ')
}

/** Name of the centre a row came from, or null. */
export function originName(site: string | null): string | null {
  return site === null ? null : (namedSites.find((s) => s.code === site)?.name ?? site)
}

/** A case as lists show it: never category, group or threat (H9). */
export function caseRow(record: CaseRecord, form: FormDefinition, day: string): CaseRow {
  const counts = form.sections.map((s) => completeness(form, s, record.answers, day))
  return {
    id: record.id,
    number: record.number,
    name: personName(record.answers),
    sex: textAnswer(record.answers, 'sex'),
    ageYears: ageOf(record.answers, day) ?? null,
    status: record.status,
    registeredOn: record.registered_on,
    answered: counts.reduce((sum, c) => sum + c.answered, 0),
    toAnswer: counts.reduce((sum, c) => sum + c.asked, 0),
    referralsOpen: record.referrals_open,
    receivedFrom: originName(record.origin_site),
    opens: true,
    counsellor: record.counsellor ?? '',
    askedBy: record.asked_by_name ?? '',
  }
}

/** How far the end of a case has come. */
export function closingOf(answers: Answers): CaseFile['closing'] {
  const state = textAnswer(answers, 'close_supervisor')
  const on = textAnswer(answers, 'close_date')
  if (on === '' || (state !== 'pending' && state !== 'back' && state !== 'ok')) return null
  const keepReason = keepReasons.find((r) => r === answers['close_keep_reason']) ?? null
  return { on, state, keepUntil: textAnswer(answers, 'retention_until') || null, keepReason }
}

/** A whole case as its page shows it. */
export function caseFile(record: CaseRecord, form: RecordForm, day: string): CaseFile {
  const editable = record.origin_site === null && record.status !== 'closed'
  return {
    row: caseRow(record, form.quickCard, day),
    answers: record.answers,
    formVersion: record.form_version,
    newerForm: editable ? form.newer : null,
    closing: closingOf(record.answers),
    editable,
    masked: false,
    confidential: true,
    isMinor: isMinor(ageOf(record.answers, day)),
    updatedAt: instantAt(record.updated_at),
  }
}
