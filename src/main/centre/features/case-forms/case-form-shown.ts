import { dayOfForm } from '#shared/case-forms/case-form.ts'
import type { CaseFormFile, CaseFormRow } from '#shared/case-forms/contract.ts'
import { isMinor } from '#shared/cases/consent.ts'
import type { CompiledForm } from '#shared/forms/compile-form.ts'
import type { Answers } from '#shared/forms/form-definition.ts'
import type { FormPack } from '#shared/forms/form-pack.ts'
import { instantAt } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import { ageOf, mayReach, personName, type CaseRecord } from '../cases/index.ts'
import type { ReadyForm } from '../national/index.ts'
import type { CaseFormRecord } from './case-forms-repository.ts'

/** The title of a form in both languages. */
export function titleOf(pack: FormPack): { readonly fr: string; readonly en: string } {
  const own = pack.title[pack.defaultLanguage] ?? pack.id
  return { fr: pack.title['fr'] ?? own, en: pack.title['en'] ?? own }
}

/** `ready` is undefined while the form is not held here. */
export function caseFormRow(record: CaseFormRecord, ready: ReadyForm | undefined): CaseFormRow {
  return {
    id: record.id,
    form: record.form,
    title: ready ? titleOf(ready.form.pack) : { fr: record.form, en: record.form },
    formVersion: record.form_version,
    on: dayOfForm(record.form, record.answers, record.filled_on),
    author: record.author ?? '',
    state: record.state,
    isReadable: ready !== undefined,
  }
}

/** All that a form may read of its case: a calculation of a form must not carry what is more guarded into its own answers. */
const factNames: readonly string[] = ['age_years', 'is_minor', 'consent_home_visit']

/** What a form reads of its case, by the names of its hidden rows; the age is that of the day (YYYY-MM-DD) on which the form was begun. */
export function factsFor(form: CompiledForm, answers: Answers, day: string): Answers {
  const age = ageOf(answers, day)
  const worked: Answers = { age_years: age ?? null, is_minor: isMinor(age) ? 'yes' : 'no' }
  const names = form.pack.survey.filter((r) => r.type === 'hidden' && factNames.includes(r.name)).map((r) => r.name)
  return Object.fromEntries(names.map((name) => [name, worked[name] ?? answers[name] ?? null]))
}

/** True for a case whose forms may be filled at all: this centre's own, going on. */
const isOpen = (of: CaseRecord): boolean => of.origin_site === null && of.status !== 'closed'

/** A supervisor's word is asked for on a finished plan. */
export const isPlan = (record: CaseFormRecord): boolean => record.form === 'plan' && record.state === 'done'

/** A whole form of a case as its page shows it. */
export function caseFormFile(record: CaseFormRecord, of: CaseRecord, ready: ReadyForm, context: CallContext): CaseFormFile {
  return {
    row: caseFormRow(record, ready),
    caseId: of.id,
    caseNumber: of.number,
    name: personName(of.answers),
    answers: record.answers,
    facts: factsFor(ready.form, of.answers, record.filled_on),
    editable: isOpen(of) && mayReach('caseForm.fill', of, context),
    approvable: isOpen(of) && isPlan(record) && mayReach('caseForm.approve', of, context),
    masked: false,
    confidential: true,
    updatedAt: instantAt(record.updated_at),
  }
}
