import type { CaseFormRow, caseFormsContract } from '#shared/case-forms/contract.ts'
import type { FormDefinition } from '#shared/forms/form-definition.ts'
import { Refusal } from '#shared/result.ts'
import type { CallContext, CentreCalls, Handlers } from '../../feature.ts'
import type { ReferenceData } from '../../reference-data.ts'
import { reachableCase } from '../cases/index.ts'
import { formOfVersion } from '../national/index.ts'
import { caseFormFile, caseFormRow } from './case-form-shown.ts'
import { formsOfCase, type CaseFormRecord } from './case-forms-repository.ts'
import { approveCaseForm, createCaseForm, reachableCaseForm, saveCaseForm, setCaseFormState } from './fill-case-form.ts'
import { isOffered, offeredForms } from './offered-forms.ts'

export { findCaseForm } from './case-forms-repository.ts'
export { caseFormState, reachableCaseForm } from './fill-case-form.ts'

/** The forms of a case as a list shows them, in the order in which they came to this desk. */
export function caseFormRows(caseId: string, reference: ReferenceData, { store, session }: CallContext): CaseFormRow[] {
  return formsOfCase(store, session.site.code, caseId).map((record) =>
    caseFormRow(record, formOfVersion(store, reference, record.form, record.form_version)),
  )
}

/** The forms of a case with their answers and words; those whose form is not held here are left out. */
export function caseFormsWithAnswers(
  caseId: string,
  reference: ReferenceData,
  { store, session }: CallContext,
): { readonly form: string; readonly record: CaseFormRecord; readonly words: FormDefinition }[] {
  return formsOfCase(store, session.site.code, caseId).flatMap((record) => {
    const ready = formOfVersion(store, reference, record.form, record.form_version)
    return ready ? [{ form: record.form, record, words: ready.words }] : []
  })
}

export const caseFormsHandlers = (reference: ReferenceData): Handlers<CentreCalls<typeof caseFormsContract>> => {
  const shown = (id: string, context: CallContext) => {
    const { record, of, ready } = reachableCaseForm('caseForm.read', id, reference, context)
    return caseFormFile(record, of, ready, context)
  }
  return {
    'caseForms.offered': (_nothing, { store }) => ({ forms: offeredForms(store, reference) }),
    'caseForms.pack'({ form, version }, { store }) {
      const ready = isOffered(store, reference, form) ? formOfVersion(store, reference, form, version) : undefined
      if (!ready) throw new Refusal('not-found')
      return ready.form.pack
    },
    'caseForms.list'({ caseId }, context) {
      reachableCase('caseForm.read', caseId, context)
      const rows = caseFormRows(caseId, reference, context)
      // the latest day first; of one day, what was begun last
      return { rows: rows.toReversed().toSorted((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0)) }
    },
    'caseForms.get': ({ caseFormId }, context) => shown(caseFormId, context),
    'caseForms.create': (input, context) => shown(createCaseForm(input, reference, context), context),
    'caseForms.save'(input, context) {
      const warnings = saveCaseForm(input, reference, context)
      return { file: shown(input.caseFormId, context), warnings }
    },
    'caseForms.setState'(input, context) {
      setCaseFormState(input, reference, context)
      return shown(input.caseFormId, context)
    },
    'caseForms.approve'(input, context) {
      approveCaseForm(input, reference, context)
      return shown(input.caseFormId, context)
    },
  }
}
