import { allowsIdentity } from '#shared/cases/consent.ts'
import { noteOfChange } from '#shared/cases/withdrawal.ts'
import type { SavedAnswers } from '#shared/cases/contract.ts'
import { completeness, isAnswered } from '#shared/forms/check-answers.ts'
import { isAdministrative, nodeOfPath, workedOut, worldOn, wrongAnswer } from '#shared/forms/filled-form.ts'
import type { Answers } from '#shared/forms/form-definition.ts'
import { FormState } from '#shared/forms/form-state.ts'
import { cleanText } from '#shared/procedure.ts'
import { Refusal } from '#shared/result.ts'
import { today } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import type { ReferenceData } from '../../reference-data.ts'
import { profileOf } from '../national/index.ts'
import { openCase } from './case-access.ts'
import { caseFile } from './case-shown.ts'
import { findCase } from './cases-repository.ts'
import { answerRegisters } from './create-case.ts'
import { warningsOf } from './look-at-text.ts'
import { settleDraft } from './drafts-repository.ts'

/** Text answers as they are kept (NFC, no control characters). */
export function cleanedAnswers(answers: Answers): Answers {
  return Object.fromEntries(Object.entries(answers).map(([q, v]) => [q, typeof v === 'string' ? cleanText(v) : v]))
}

/** What the form works out, as far as it may be kept: without consent nothing about the person (H1). */
export function keptCalculations(state: FormState): Answers {
  const allowed = allowsIdentity(state.answers)
  const mayKeep = (path: string) => allowed || isAdministrative(nodeOfPath(state.form, path))
  return Object.fromEntries(Object.entries(workedOut(state)).filter(([path]) => mayKeep(path)))
}

/**
 * Autosave; see cases.saveAnswers. One wrong answer refuses the call and changes nothing: the page keeps what was typed.
 *
 * No identity field is stored unless consent allows it, whatever the order of the calls (H1).
 */
export function saveAnswers(
  {
    caseId,
    answers: typed,
    focused,
  }: { readonly caseId: string; readonly answers: Answers; readonly focused?: string | undefined },
  reference: ReferenceData,
  context: CallContext,
): SavedAnswers {
  const { store, session, ports } = context
  const day = today(ports.clock)
  const record = openCase('case.edit', caseId, context)
  const form = profileOf(store, reference, record.form_version)
  const { profile, profileWords, quickCard } = form
  const given = cleanedAnswers(typed)
  const state = new FormState(profile, { ...record.answers, ...given }, worldOn(day))
  const all = state.answers
  const wrong = wrongAnswer(state, given, record.answers)
  if (wrong) throw new Refusal('answer-invalid', { ...wrong })
  // whatever is not about the interview and the consent itself is about the person
  const personal = (path: string) => !isAdministrative(nodeOfPath(profile, path))
  if (!allowsIdentity(all) && Object.entries(given).some(([path, a]) => isAnswered(a) && personal(path))) {
    throw new Refusal('consent-missing')
  }
  const complete = quickCard.sections.every((s) => completeness(quickCard, s, all, day).missing.length === 0)
  const status = record.status === 'draft' && complete ? 'active' : record.status
  store.write((unit) => {
    unit.change('case', caseId, {
      status,
      ...answerRegisters({ ...given, ...keptCalculations(state), ...noteOfChange(record.answers, all, day) }),
    })
    settleDraft(unit, session.userId, { form: 'quick-card', subject: caseId }, Object.keys(given), focused)
    unit.audit({ action: 'cases.saveAnswers', object: caseId, details: { questions: Object.keys(given).length } })
  })
  const saved = findCase(store, session.site.code, caseId)
  if (!saved) throw new Refusal('not-found')
  return { file: caseFile(saved, form, day), warnings: warningsOf(store, given, profileWords, caseId) }
}
