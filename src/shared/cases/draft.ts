import { z } from 'zod'
import { administrativeSections } from '../forms/check-answers.ts'
import {
  AnswerPath,
  answerRefused,
  answerUnknown,
  type Answer,
  type Answers,
  type FormDefinition,
  type Question,
} from '../forms/form-definition.ts'
import { shownDate } from '../forms/partial-date.ts'
import { readTyped, type TypedProblem } from '../forms/typed-answer.ts'
import { consentStatusesThatAllow } from './consent.ts'

/** The forms whose unfinished text is kept until it is stored or thrown away by the user. */
export const draftForms = [
  'quick-card',
  'case-form',
  'new-case',
  'new-referral',
  'referral-consent',
  'referral-issue',
  'referral-step',
] as const
export const DraftForm = z.enum(draftForms)
export type DraftForm = z.infer<typeof DraftForm>

/** Fields of the forms that are no questions of the card; others are refused. */
export const referralDraftFields: Readonly<Partial<Record<DraftForm, readonly string[]>>> = {
  'new-referral': ['need', 'priority', 'service'],
  'referral-consent': ['given', 'method', 'items', 'guardian', 'child'],
  'referral-issue': ['language', 'appointment'],
  'referral-step': ['to', 'on', 'told_by', 'reason'],
}

export const draftCharactersMax = 4000
const FieldName = AnswerPath
/** Field -> text as typed; several codes stand apart by spaces. */
export const DraftTexts = z.record(FieldName, z.string().max(draftCharactersMax))
export type DraftTexts = z.infer<typeof DraftTexts>
/** Changes of a draft: null takes a text away, absent ones stay. */
export const DraftChanges = z.record(FieldName, z.string().max(draftCharactersMax).nullable())
export type DraftChanges = z.infer<typeof DraftChanges>
/** The field where the user was, '' for none. */
export const FocusedField = z.union([z.literal(''), FieldName])

/** An answer as a draft keeps it. */
export function draftText(answer: Answer | undefined): string | null {
  if (answer === undefined || answer === null || answer === '') return null
  return Array.isArray(answer) ? (answer.length === 0 ? null : answer.join(' ')) : String(answer)
}

/** The answer that a draft's text stands for; undefined when it is no answer yet, such as 31/02/2026. */
export function draftAnswer(question: Question, text: string): Answer | undefined {
  if (text === answerUnknown || text === answerRefused) return text
  if (question.type === 'select_multiple') return text.split(' ').filter(Boolean)
  if (question.type === 'select_one' || question.type === 'place') return text
  const isDay = question.type === 'date' || question.type === 'partial_date'
  // an instant that was refused stands as it would have been stored
  const stored = isDay || (question.type === 'dateTime' && /^\d{4}-/.test(text)) ? shownDate(text) : text
  const read = readTyped(question, stored)
  return read.ok ? read.answer : undefined
}

/** A draft as a form shows it: answers, and texts that are none yet with what is wrong with them. */
export interface TakenUp {
  readonly answers: Answers
  readonly unread: Readonly<Record<string, Unread>>
}
/** A text that is no answer yet: it stays in its field, as typed. */
export interface Unread {
  readonly text: string
  readonly problem: TypedProblem
}

/** Takes a draft up again, for the questions that a form has; texts of others are left where they are. */
export function takenUp(questionOf: (name: string) => Question | undefined, texts: DraftTexts): TakenUp {
  const answers: Record<string, Answer> = {}
  const unread: Record<string, Unread> = {}
  for (const [name, text] of Object.entries(texts)) {
    const question = questionOf(name)
    if (!question) continue
    const answer = draftAnswer(question, text)
    const read = readTyped(question, text)
    if (answer !== undefined) answers[name] = answer
    else if (!read.ok) unread[name] = { text, problem: read.problem }
  }
  return { answers, unread }
}

/** How many answers texts hold, without the marks of lines. */
export const answersIn = (texts: DraftTexts): number => Object.keys(texts).filter((path) => !path.endsWith(']')).length

/**
 * What may be kept of an unfinished reception: no free text about people before the consent allows it (H1).
 *
 * Codes and dates of the interview and the consent say nothing of who the person is.
 */
export function withoutEarlyNames(form: FormDefinition, texts: DraftTexts): DraftTexts {
  if (consentStatusesThatAllow.includes(texts['consent_status'])) return texts
  const names = form.sections
    .filter((s) => administrativeSections.includes(s.name))
    .flatMap((s) => s.questions.filter((q) => q.type === 'text').map((q) => q.name))
  return Object.fromEntries(Object.entries(texts).filter(([name]) => !names.includes(name)))
}
