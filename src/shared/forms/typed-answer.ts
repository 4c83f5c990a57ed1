import type { Answer, Question } from './form-definition.ts'
import { readTypedDate, type DateProblem } from './partial-date.ts'
import { readPhone } from './phone.ts'

/** Why a typed text is no answer of its question's type. */
export type TypedProblem = DateProblem | 'integer' | 'decimal' | 'phone'
export type TypedRead = { readonly ok: true; readonly answer: Answer } | { readonly ok: false; readonly problem: TypedProblem }

/** True for questions whose answer is a day, whole or partial. */
export function isDateQuestion(question: Question): boolean {
  return question.type === 'date' || question.type === 'partial_date'
}

/** The answer in a text that a person typed; an empty text is the answer null. A wrong text is no answer, and says why (U14). */
export function readTyped(question: Question, typed: string): TypedRead {
  const bare = typed.trim()
  if (bare === '') return { ok: true, answer: null }
  if (isDateQuestion(question)) {
    const date = readTypedDate(bare, question.type === 'partial_date')
    return date.ok ? { ok: true, answer: date.date } : date
  }
  if (question.type === 'integer') {
    return /^\d{1,4}$/.test(bare) ? { ok: true, answer: Number(bare) } : { ok: false, problem: 'integer' }
  }
  if (question.type === 'decimal') {
    return /^\d{1,9}(?:[.,]\d{1,4})?$/.test(bare)
      ? { ok: true, answer: Number(bare.replace(',', '.')) }
      : { ok: false, problem: 'decimal' }
  }
  if (question.type === 'phone') {
    const phone = readPhone(bare)
    return phone === undefined ? { ok: false, problem: 'phone' } : { ok: true, answer: phone }
  }
  return { ok: true, answer: typed }
}
