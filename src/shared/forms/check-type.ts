import type { Answer } from './form-definition.ts'
import type { Choice, SurveyRow } from './form-pack.ts'
import { isPartialDate } from './partial-date.ts'
import { readPhone } from './phone.ts'
import { readInstant } from './xpath-dates.ts'

/** What may be wrong with one answer. */
export type AnswerProblem = 'type' | 'choice' | 'constraint' | 'too-long' | 'required' | 'not-a-question' | 'too-many'

export const textCharactersMax = 120
const noteCharactersMax = 2000

/** True for an answer that says something, "unknown" and "prefers not to answer" included. */
export function isAnswered(answer: Answer | undefined): boolean {
  return answer !== undefined && answer !== null && answer !== '' && !(Array.isArray(answer) && answer.length === 0)
}

/** What the type of a question says against an answer, or undefined; `choices` are those that may be chosen now. */
export function typeProblem(row: SurveyRow, choices: readonly Choice[], answer: Answer): AnswerProblem | undefined {
  const offered = (code: string) => choices.some((c) => c.name === code)
  const fits = (ok: boolean): AnswerProblem | undefined => (ok ? undefined : 'type')
  switch (row.type) {
    case 'select_one':
      return typeof answer === 'string' && offered(answer) ? undefined : 'choice'
    case 'select_multiple':
    case 'rank':
      return Array.isArray(answer) && answer.every(offered) && new Set(answer).size === answer.length ? undefined : 'choice'
    case 'integer':
      return fits(typeof answer === 'number' && Number.isSafeInteger(answer))
    case 'decimal':
    case 'range':
      return fits(typeof answer === 'number' && Number.isFinite(answer))
    case 'date':
      return fits(typeof answer === 'string' && answer.length === 10 && isPartialDate(answer))
    case 'time':
      return fits(typeof answer === 'string' && /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(answer))
    case 'dateTime':
      return fits(typeof answer === 'string' && readInstant(answer, 0)?.hasTime === true)
    case 'acknowledge':
      return fits(answer === 'OK')
    case 'text':
    case 'image':
    case 'file':
    case 'hidden':
      return textProblem(row, answer)
    default:
      return 'type'
  }
}

function textProblem(row: SurveyRow, answer: Answer): AnswerProblem | undefined {
  if (typeof answer !== 'string') return 'type'
  const bad = (ok: boolean): AnswerProblem | undefined => (ok ? undefined : 'type')
  switch (row.widget) {
    case 'partial_date':
      return bad(isPartialDate(answer))
    case 'phone':
      return bad(readPhone(answer) === answer)
    default:
      return [...answer].length > (row.appearance === 'multiline' ? noteCharactersMax : textCharactersMax)
        ? 'too-long'
        : undefined
  }
}
