import type { Answers } from '../forms/form-definition.ts'
import { isFilledIn } from '../forms/filled-form.ts'
import type { FormState } from '../forms/form-state.ts'
import type { AnswerProblem } from '../forms/check-type.ts'

/**
 * How far a form of a case is: being filled, finished, or begun by mistake.
 *
 * Nothing is taken away: what was begun by mistake stays in the history, like everything that was written of a person.
 */
export const caseFormStates = ['draft', 'done', 'void'] as const
export type CaseFormState = (typeof caseFormStates)[number]

const steps: Readonly<Record<CaseFormState, readonly CaseFormState[]>> = {
  draft: ['done', 'void'],
  done: ['draft'],
  void: ['draft'],
}

/** True if a form may go from one state to the other. */
export function mayGo(from: CaseFormState, to: CaseFormState): boolean {
  return steps[from].includes(to)
}

/**
 * The forms that ship and are filled for a case, beside its record.
 *
 * Not the end of a case, which is answered on the case itself (cases.proposeClosing); nor the referral and its coupon, which are referrals; nor
 * what a person says of the service, which is anonymous and never of a case.
 */
export const shippedCaseForms: readonly string[] = ['plan', 'counselling', 'follow-up']

/** The question of each that says on which day it was: a visit is often typed later. */
const dayQuestions: Readonly<Record<string, string>> = { plan: 'plan_date', counselling: 'session_date', 'follow-up': 'fu_date' }

/** The day of a form (YYYY-MM-DD): what it says itself, else when it was begun. */
export function dayOfForm(form: string, answers: Answers, begunOn: string): string {
  const said = answers[dayQuestions[form] ?? '']
  return typeof said === 'string' && /^\d{4}-\d{2}-\d{2}/.test(said) ? said.slice(0, 10) : begunOn
}

/** The first question that keeps a form from being finished, in its order; undefined when nothing does. */
export function notFinished(state: FormState): { readonly question: string; readonly problem: AnswerProblem } | undefined {
  for (const { node, path, problem } of state.asked()) if (problem && isFilledIn(node.row)) return { question: path, problem }
  return undefined
}

/**
 * Names that no form of a case may have: what lies in the envelope is asked nowhere else, and the model's is nobody's, nor is that of a file
 * without one. Those that ship are no new forms either.
 */
export const reservedForms: readonly string[] = ['envelope', 'card', 'quick-card', 'closing', 'form_id', 'form']
