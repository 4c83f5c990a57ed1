import { mayGo, notFinished, type CaseFormState } from '#shared/case-forms/case-form.ts'
import { allowsIdentity } from '#shared/cases/consent.ts'
import type { TextWarning } from '#shared/cases/contract.ts'
import { isAnswered } from '#shared/forms/check-answers.ts'
import { workedOut, worldOn, wrongAnswer } from '#shared/forms/filled-form.ts'
import type { Answers } from '#shared/forms/form-definition.ts'
import { FormState } from '#shared/forms/form-state.ts'
import type { PermissionId } from '#shared/permissions.ts'
import { Refusal } from '#shared/result.ts'
import { regionStream } from '#shared/sync/stream.ts'
import type { Language } from '#shared/security/contract.ts'
import { today } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import type { ReferenceData } from '../../reference-data.ts'
import {
  answerRegisters,
  cleanedAnswers,
  openCase,
  reachableCase,
  removeDraft,
  settleDraft,
  warningsOf,
  type CaseRecord,
} from '../cases/index.ts'
import { formOfVersion, newestForm, type ReadyForm } from '../national/index.ts'
import { factsFor, isPlan } from './case-form-shown.ts'
import { findCaseForm, type CaseFormRecord } from './case-forms-repository.ts'
import { isOffered } from './offered-forms.ts'

/** A form of a case with its case and its version. */
export interface CaseFormFound {
  readonly record: CaseFormRecord
  readonly of: CaseRecord
  readonly ready: ReadyForm
}

/**
 * A form of a case, if the permission reaches its case.
 *
 * Throws Refusal not-found otherwise, so that nobody learns that it exists; case-form-not-here while its form has not come in.
 */
export function reachableCaseForm(
  permission: PermissionId,
  id: string,
  reference: ReferenceData,
  context: CallContext,
): CaseFormFound {
  const { store, session } = context
  const record = findCaseForm(store, session.site.code, id)
  if (!record) throw new Refusal('not-found')
  const of = reachableCase(permission, record.case_id, context)
  const ready = formOfVersion(store, reference, record.form, record.form_version)
  if (!ready) throw new Refusal('case-form-not-here')
  return { record, of, ready }
}

/** The same, of a case of this centre that goes on. Throws Refusal read-only-copy, case-closed as well. */
function openCaseForm(permission: PermissionId, id: string, reference: ReferenceData, context: CallContext): CaseFormFound {
  const found = reachableCaseForm(permission, id, reference, context)
  return { ...found, of: openCase(permission, found.of.id, context) }
}

/** Begins a form; see caseForms.create. Returns its id. */
export function createCaseForm(
  { caseId, form }: { readonly caseId: string; readonly form: string },
  reference: ReferenceData,
  context: CallContext,
): string {
  const { store, session, ports } = context
  const of = openCase('caseForm.fill', caseId, context)
  const newest = isOffered(store, reference, form) ? newestForm(store, reference, form) : undefined
  if (!newest) throw new Refusal('not-found')
  if (!allowsIdentity(of.answers)) throw new Refusal('consent-missing')
  return store.write((unit) => {
    const id = unit.insert('case_form', {
      stream: regionStream(session.site.code),
      fields: {
        case_id: caseId,
        form,
        form_version: newest.version,
        filled_on: today(ports.clock),
        state: 'draft',
        created_by: session.userId,
      },
    })
    unit.audit({ action: 'caseForms.create', object: id, details: { form } })
    return id
  })
}

/** A form of a case worked out on a day (YYYY-MM-DD), with answers that come in. */
export function caseFormState({ record, of, ready }: CaseFormFound, given: Answers, day: string, language?: Language): FormState {
  const facts = factsFor(ready.form, of.answers, record.filled_on)
  return new FormState(ready.form, { ...record.answers, ...given, ...facts }, worldOn(day, language))
}

/** Autosave; see caseForms.save. One wrong answer refuses the call and changes nothing. All of it is about the person (H1). */
export function saveCaseForm(
  {
    caseFormId,
    answers,
    focused,
  }: { readonly caseFormId: string; readonly answers: Answers; readonly focused?: string | undefined },
  reference: ReferenceData,
  context: CallContext,
): TextWarning[] {
  const { store, session, ports } = context
  const found = openCaseForm('caseForm.fill', caseFormId, reference, context)
  const { record, of, ready } = found
  if (record.state !== 'draft') throw new Refusal('case-form-closed')
  const given = cleanedAnswers(answers)
  const state = caseFormState(found, given, today(ports.clock))
  const wrong = wrongAnswer(state, given, record.answers)
  if (wrong) throw new Refusal('answer-invalid', { ...wrong })
  if (!allowsIdentity(of.answers) && Object.values(given).some(isAnswered)) throw new Refusal('consent-missing')
  store.write((unit) => {
    const kept = allowsIdentity(of.answers) ? workedOut(state) : {}
    unit.change('case_form', caseFormId, answerRegisters({ ...given, ...kept }))
    settleDraft(unit, session.userId, { form: 'case-form', subject: caseFormId }, Object.keys(given), focused)
    unit.audit({ action: 'caseForms.save', object: caseFormId, details: { questions: Object.keys(given).length } })
  })
  return warningsOf(store, given, ready.words, of.id)
}

/** Finishes a form, takes it up again, or sets it aside; see caseForms.setState. */
export function setCaseFormState(
  { caseFormId, state: to }: { readonly caseFormId: string; readonly state: CaseFormState },
  reference: ReferenceData,
  context: CallContext,
): void {
  const { store, session, ports } = context
  const found = openCaseForm('caseForm.fill', caseFormId, reference, context)
  const { record } = found
  if (!mayGo(record.state, to)) throw new Refusal('case-form-closed')
  const missing = to === 'done' ? notFinished(caseFormState(found, {}, today(ports.clock))) : undefined
  if (missing) throw new Refusal('answer-invalid', { ...missing })
  store.write((unit) => {
    // a plan that is taken up again waits for its supervisor anew
    const word: Answers = record.form === 'plan' && to !== 'void' ? { plan_supervisor_ok: to === 'done' ? 'pending' : null } : {}
    unit.change('case_form', caseFormId, { state: to, ...answerRegisters(word) })
    removeDraft(unit, session.userId, { form: 'case-form', subject: caseFormId })
    unit.audit({ action: 'caseForms.setState', object: caseFormId, details: { from: record.state, to } })
  })
}

/** A supervisor's word on a plan; see caseForms.approve. One that is sent back can be filled again. */
export function approveCaseForm(
  { caseFormId, approve }: { readonly caseFormId: string; readonly approve: boolean },
  reference: ReferenceData,
  context: CallContext,
): void {
  const { record } = openCaseForm('caseForm.approve', caseFormId, reference, context)
  if (!isPlan(record)) throw new Refusal('not-found')
  context.store.write((unit) => {
    unit.change('case_form', caseFormId, {
      ...(approve ? {} : { state: 'draft' }),
      ...answerRegisters({ plan_supervisor_ok: approve ? 'ok' : 'back' }),
    })
    unit.audit({ action: 'caseForms.approve', object: caseFormId, details: { approved: approve ? 'yes' : 'no' } })
  })
}
