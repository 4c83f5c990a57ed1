import { completeness, violations, withCalculations } from '#shared/forms/check-answers.ts'
import type { Answers, FormDefinition } from '#shared/forms/form-definition.ts'
import { isMinor } from '#shared/cases/consent.ts'
import { Refusal } from '#shared/result.ts'
import { today } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import { openCase, ownCase } from './case-access.ts'
import { ageOf, closingOf } from './case-shown.ts'
import type { CaseRecord } from './cases-repository.ts'
import { answerRegisters } from './create-case.ts'

/** Proposes the end of a case; see cases.proposeClosing. No case ends with an open referral (referrals.md D.1, invariant 4). */
export function proposeClosing(
  { caseId, answers: given }: { readonly caseId: string; readonly answers: Answers },
  form: FormDefinition,
  context: CallContext,
): void {
  const day = today(context.ports.clock)
  const record = openCase('case.proposeClosing', caseId, context)
  if (record.referrals_open > 0) throw new Refusal('case-has-open-referrals', { count: record.referrals_open })
  const wrong = violations(form, given, given, day)[0]
  if (wrong) throw new Refusal('answer-invalid', { ...wrong })
  const missing = form.sections.flatMap((s) => completeness(form, s, given, day).missing)[0]
  if (missing !== undefined) throw new Refusal('answer-invalid', { question: missing, problem: 'required' })
  if (String(given['close_date']) > day) throw new Refusal('answer-invalid', { question: 'close_date', problem: 'constraint' })
  context.store.write((unit) => {
    unit.change('case', caseId, answerRegisters({ ...given, close_supervisor: 'pending' }))
    unit.audit({ action: 'cases.proposeClosing', object: caseId })
  })
}

/**
 * The day until which a closed case is kept (H43): the calculation of the closing form, with the age on the day of the end.
 *
 * Whose age is in doubt is a minor there too.
 */
export function keepUntil(answers: Answers, form: FormDefinition): string | null {
  const on = String(answers['close_date'] ?? '')
  const age = ageOf(answers, on)
  const worked = withCalculations(form, { ...answers, age_years: age ?? null, is_minor: isMinor(age) ? 'yes' : 'no' }, on)
  const until = worked['retention_until']
  return typeof until === 'string' && until !== '' ? until.slice(0, 10) : null
}

/** Closes a case as it was proposed, or sends it back; see cases.decideClosing. */
export function decideClosing(
  { caseId, approve }: { readonly caseId: string; readonly approve: boolean },
  form: FormDefinition,
  context: CallContext,
): void {
  const record = ownCase('case.close', caseId, context)
  if (record.status === 'closed' || closingOf(record.answers)?.state !== 'pending') throw new Refusal('not-found')
  if (approve && record.referrals_open > 0) throw new Refusal('case-has-open-referrals', { count: record.referrals_open })
  context.store.write((unit) => {
    unit.change('case', caseId, {
      ...(approve ? { status: 'closed' } : {}),
      ...answerRegisters({
        close_supervisor: approve ? 'ok' : 'back',
        retention_until: approve ? keepUntil(record.answers, form) : null,
      }),
    })
    unit.audit({ action: 'cases.decideClosing', object: caseId, details: { approved: approve ? 'yes' : 'no' } })
  })
}

/** Takes a closed case up again; see cases.reopen. */
export function reopenCase({ caseId }: { readonly caseId: string }, context: CallContext): void {
  const record = ownCase('case.proposeClosing', caseId, context)
  if (record.status !== 'closed') throw new Refusal('not-found')
  context.store.write((unit) => {
    unit.change('case', caseId, {
      status: 'active',
      ...answerRegisters({
        close_date: null,
        close_reason: null,
        close_checks: null,
        close_agreed: null,
        close_supervisor: null,
        retention_until: null,
        close_keep_reason: null,
      }),
    })
    unit.audit({ action: 'cases.reopen', object: caseId })
  })
}

/** True once a closed case has been kept for as long as it may be (H43). `day` is YYYY-MM-DD. */
export function timeEnded(record: Pick<CaseRecord, 'status' | 'answers'>, day: string): boolean {
  const until = closingOf(record.answers)?.keepUntil ?? null
  return record.status === 'closed' && until !== null && until <= day
}
