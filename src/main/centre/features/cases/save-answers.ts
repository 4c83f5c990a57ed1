import { allowsIdentity, identitySections } from '#shared/cases/consent.ts'
import { noteOfChange } from '#shared/cases/withdrawal.ts'
import type { SavedAnswers } from '#shared/cases/contract.ts'
import { completeness, findQuestion, isAnswered, violations, withCalculations } from '#shared/forms/check-answers.ts'
import type { Answers, FormDefinition } from '#shared/forms/form-definition.ts'
import { cleanText } from '#shared/procedure.ts'
import { Refusal } from '#shared/result.ts'
import { today } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import { reachableCase } from './case-access.ts'
import { caseFile } from './case-shown.ts'
import { findCase } from './cases-repository.ts'
import { answerRegisters } from './create-case.ts'
import { warningsOf } from './look-at-text.ts'
import { settleDraft } from './drafts-repository.ts'

/** Text answers as they are kept (NFC, no control characters). */
function cleaned(answers: Answers): Answers {
  return Object.fromEntries(Object.entries(answers).map(([q, v]) => [q, typeof v === 'string' ? cleanText(v) : v]))
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
  form: FormDefinition,
  context: CallContext,
): SavedAnswers {
  const { store, session, ports } = context
  const day = today(ports.clock)
  const record = reachableCase('case.edit', caseId, context)
  if (record.origin_site !== null) throw new Refusal('read-only-copy')
  if (record.status === 'closed') throw new Refusal('case-closed')
  const given = cleaned(typed)
  const all = withCalculations(form, { ...record.answers, ...given }, day)
  const wrong = violations(form, given, all, day)[0]
  if (wrong) throw new Refusal('answer-invalid', { ...wrong })
  const identity = Object.keys(given).some(
    (q) => isAnswered(given[q]) && identitySections.includes(findQuestion(form, q)?.section.name ?? ''),
  )
  if (identity && !allowsIdentity(all)) throw new Refusal('consent-missing')
  const complete = form.sections.every((s) => completeness(form, s, all, day).missing.length === 0)
  const status = record.status === 'draft' && complete ? 'active' : record.status
  const calculated = Object.fromEntries(
    form.sections.flatMap((s) =>
      s.questions.filter((q) => q.calculation !== undefined).map((q) => [q.name, all[q.name] ?? null]),
    ),
  )
  store.write((unit) => {
    unit.change('case', caseId, {
      status,
      ...answerRegisters({ ...given, ...calculated, ...noteOfChange(record.answers, all, day) }),
    })
    settleDraft(unit, session.userId, { form: 'quick-card', subject: caseId }, Object.keys(given), focused)
    unit.audit({ action: 'cases.saveAnswers', object: caseId, details: { questions: Object.keys(given).length } })
  })
  const saved = findCase(store, session.site.code, caseId)
  if (!saved) throw new Refusal('not-found')
  return { file: caseFile(saved, form, day), warnings: warningsOf(store, given, form, caseId) }
}
