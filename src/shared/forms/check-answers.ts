import { holds, evaluate } from './expression.ts'
import {
  answerRefused,
  answerUnknown,
  type Answer,
  type Answers,
  type FormDefinition,
  type FormSection,
  type Question,
} from './form-definition.ts'
import { isPartialDate, readTypedDate } from './partial-date.ts'
import { readPhone } from './phone.ts'

export type AnswerProblem = 'type' | 'choice' | 'constraint' | 'too-long' | 'required' | 'not-a-question'
export interface AnswerViolation {
  readonly question: string
  readonly problem: AnswerProblem
}

export const textCharactersMax = 120

/** Sections whose questions the counsellor must answer: "prefers not to answer" is no answer there. */
export const administrativeSections: readonly string[] = ['interview', 'consent']

/** True when the person may leave this question open with "unknown" or "prefers not to answer". */
export function mayRefuse(section: FormSection, question: Question): boolean {
  return !administrativeSections.includes(section.name) && question.type !== 'calculate'
}

/** True if the question is asked, given the other answers. `today` is YYYY-MM-DD. */
export function isRelevant(section: FormSection, question: Question, answers: Answers, today: string): boolean {
  const context = { answers, today }
  return (
    (section.relevant === undefined || holds(section.relevant, context)) &&
    (question.relevant === undefined || holds(question.relevant, context))
  )
}

/** True for an answer that says something, "unknown" and "prefers not to answer" included. */
export function isAnswered(answer: Answer | undefined): boolean {
  return answer !== undefined && answer !== null && answer !== '' && !(Array.isArray(answer) && answer.length === 0)
}

/** What is wrong with one given answer, or undefined. Empty answers are never wrong here; see `completeness`. */
export function answerProblem(
  form: FormDefinition,
  section: FormSection,
  question: Question,
  answer: Answer,
  answers: Answers,
  today: string,
): AnswerProblem | undefined {
  if (!isAnswered(answer)) return undefined
  if ((answer === answerUnknown || answer === answerRefused) && mayRefuse(section, question)) return undefined
  const byType = typeProblem(form, question, answer)
  if (byType) return byType
  if (question.constraint !== undefined && !holds(question.constraint, { answers, today, current: answer })) return 'constraint'
  return undefined
}

function typeProblem(form: FormDefinition, question: Question, answer: Answer): AnswerProblem | undefined {
  const codes = question.list === undefined ? [] : (form.choices[question.list] ?? []).map((c) => c.name)
  switch (question.type) {
    case 'text':
      if (typeof answer !== 'string') return 'type'
      return [...answer].length > textCharactersMax ? 'too-long' : undefined
    case 'integer':
      return typeof answer === 'number' && Number.isInteger(answer) ? undefined : 'type'
    case 'date':
      return typeof answer === 'string' && answer.length === 10 && isPartialDate(answer) ? undefined : 'type'
    case 'partial_date':
      return typeof answer === 'string' && isPartialDate(answer) ? undefined : 'type'
    case 'phone':
      return typeof answer === 'string' && readPhone(answer) === answer ? undefined : 'type'
    case 'place':
      return typeof answer === 'string' && /^CM\d{3}(\d{3}){0,2}$/.test(answer) ? undefined : 'type'
    case 'select_one':
      return typeof answer === 'string' && codes.includes(answer) ? undefined : 'choice'
    case 'select_multiple':
      return Array.isArray(answer) && answer.every((a) => codes.includes(a)) && new Set(answer).size === answer.length
        ? undefined
        : 'choice'
    case 'calculate':
      return 'type'
  }
}

/** What is wrong with the answers given for a set of questions; `all` are the answers that expressions look at. */
export function violations(form: FormDefinition, given: Answers, all: Answers, today: string): readonly AnswerViolation[] {
  const found: AnswerViolation[] = []
  for (const [name, answer] of Object.entries(given)) {
    const at = findQuestion(form, name)
    if (!at) {
      found.push({ question: name, problem: 'not-a-question' })
      continue
    }
    const problem = answerProblem(form, at.section, at.question, answer, all, today)
    if (problem) found.push({ question: name, problem })
  }
  return found
}

/** The question of that name with its section. */
export function findQuestion(
  form: FormDefinition,
  name: string,
): { readonly section: FormSection; readonly question: Question } | undefined {
  for (const section of form.sections) {
    const question = section.questions.find((q) => q.name === name)
    if (question) return { section, question }
  }
  return undefined
}

/** Answers with the calculated ones renewed, in the order of the form. */
export function withCalculations(form: FormDefinition, answers: Answers, today: string): Answers {
  const result: Answers = { ...answers }
  for (const section of form.sections) {
    for (const q of section.questions) {
      if (q.calculation === undefined) continue
      const value = evaluate(q.calculation, { answers: result, today })
      result[q.name] = typeof value === 'boolean' ? String(value) : value
    }
  }
  return result
}

/** Questions asked and answered in a section: what the contents list shows. Missing required ones by name. */
export function completeness(
  section: FormSection,
  answers: Answers,
  today: string,
): { readonly answered: number; readonly asked: number; readonly missing: readonly string[] } {
  const asked = section.questions.filter((q) => q.type !== 'calculate' && isRelevant(section, q, answers, today))
  const needed = asked.filter((q) => q.required !== false)
  return {
    answered: asked.filter((q) => isAnswered(answers[q.name])).length,
    asked: asked.length,
    missing: needed.filter((q) => !isAnswered(answers[q.name])).map((q) => q.name),
  }
}

export { readTypedDate }
