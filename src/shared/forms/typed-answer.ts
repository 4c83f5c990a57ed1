import type { Answer, Question } from './form-definition.ts'
import { readTypedDate, type DateProblem } from './partial-date.ts'
import { readPhone } from './phone.ts'

/** Why a typed text is no answer of its question's type. */
export type TypedProblem = DateProblem | 'no-time' | 'integer' | 'decimal' | 'phone'
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
  if (question.type === 'dateTime') return readTypedInstant(bare)
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

/** A day with its time as a person types it: `24/11/2026 14:30`, `24/11/2026 à 14h30`, `24/11/2026 9h`. The country keeps one time all year, UTC+1. */
function readTypedInstant(typed: string): TypedRead {
  const [, day, hours, minutes = '00'] = /^([^\s,]+)[\s,]+(?:(?:à|at)\s+)?(\d{1,2})\s*[h:]\s*(\d{2})?$/i.exec(typed) ?? []
  const date = readTypedDate(day ?? typed, false)
  if (!date.ok) return date
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return { ok: false, problem: 'no-time' }
  return { ok: true, answer: `${date.date}T${hours.padStart(2, '0')}:${minutes}:00.000+01:00` }
}
