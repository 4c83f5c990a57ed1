import { consentStatusesThatAllow } from '../cases/consent.ts'
import { draftCharactersMax, withoutEarlyNames, type DraftTexts } from '../cases/draft.ts'
import { takenUpRecord } from '../cases/taken-up-record.ts'
import type { AnswerProblem } from '../forms/check-type.ts'
import { administrativeSections, findQuestion, isAnswered } from '../forms/check-answers.ts'
import type { CompiledForm } from '../forms/compile-form.ts'
import { keysOfPath, nodeOfPath, worldOn } from '../forms/filled-form.ts'
import type { FormDefinition } from '../forms/form-definition.ts'
import { FormState } from '../forms/form-state.ts'
import { instanceHere } from '../forms/path-answers.ts'
import { questionOfRow } from '../forms/quick-card.ts'
import { isDateQuestion, readTyped, type TypedProblem } from '../forms/typed-answer.ts'
import { cleanText } from '../procedure.ts'
import { choiceOf } from './choice-of.ts'
import type { GivenText, RawSubmission } from './raw-submission.ts'

/** `far-too-long`: more than a draft may hold; it is not taken. */
export type SubmissionProblem = AnswerProblem | TypedProblem | 'far-too-long'

/** A value that does not fit its question. It goes into the draft as it was typed, unless it is far too long. */
export interface SubmissionFinding {
  readonly path: string
  readonly column: string
  readonly value: string
  readonly problem: SubmissionProblem
}

/** An interview as a draft holds it. */
export interface SubmissionTexts {
  readonly texts: DraftTexts
  readonly findings: readonly SubmissionFinding[]
}

const wordsMax = 60
const wordCharactersMax = 60

/** The texts of an interview's draft, by path, lines of repeats among them, and what does not fit its question as things stand on `today`. */
export function draftOfSubmission(form: CompiledForm, raw: RawSubmission, today: string): SubmissionTexts {
  const texts: Record<string, string> = Object.fromEntries(raw.lines.map((path) => [path, instanceHere]))
  const findings: SubmissionFinding[] = []
  for (const given of raw.given.values()) {
    const text = textOf(form, given)
    if (isTooLong(given, text)) {
      findings.push({ path: given.path, column: given.column, value: text.slice(0, wordCharactersMax), problem: 'far-too-long' })
    } else if (text !== '') texts[given.path] = text
  }
  for (const { path, problem } of problemsOf(form, texts, today)) {
    const given = raw.given.get(path)
    if (given) findings.push({ path, column: given.column, value: texts[path] ?? '', problem })
  }
  return { texts, findings }
}

/** What stands at a question, as a draft keeps it: codes for words that say exactly one choice, days as they are stored. */
function textOf(form: CompiledForm, { node, text, ticked, unclear }: GivenText): string {
  const said = cleanText(text)
  const question = questionOfRow(node.row)
  if (question?.type === 'select_one') return choiceOf(form, node, said) ?? said
  if (question?.type === 'select_multiple') {
    const codes = codesOf(form, node, said)
    return [...new Set([...(codes ?? [said].filter(Boolean)), ...ticked]), ...unclear.map(cleanText)].join(' ')
  }
  if (question && isDateQuestion(question)) {
    // an instant of Kobo or a day of Excel
    const day = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?$/.exec(said)?.[1]
    const read = day === undefined ? readTyped(question, said) : undefined
    return day ?? (read?.ok === true && read.answer !== null ? String(read.answer) : said)
  }
  if (question?.type === 'integer' || question?.type === 'decimal') return said.replace(/\.0+$/, '')
  if (question?.type === 'phone') {
    const read = readTyped(question, said)
    return read.ok && read.answer !== null ? String(read.answer) : said
  }
  return said
}

/** The codes in a text: apart by spaces, or the words of choices apart by commas, semicolons or bars; undefined when one says no choice. */
function codesOf(form: CompiledForm, node: GivenText['node'], text: string): readonly string[] | undefined {
  if (text === '') return []
  for (const parts of [text.split(' '), [text], text.split(/[,;|]/)]) {
    const codes = parts.filter((part) => part.trim() !== '').map((part) => choiceOf(form, node, part))
    if (codes.every((code) => code !== undefined)) return codes
  }
  return undefined
}

function isTooLong({ node }: GivenText, text: string): boolean {
  if (node.row.type !== 'select_multiple') return text.length > draftCharactersMax
  const words = text.split(' ')
  return words.length > wordsMax || words.some((word) => word.length > wordCharactersMax)
}

function problemsOf(form: CompiledForm, texts: DraftTexts, today: string) {
  const { answers, unread } = takenUpRecord(form, texts)
  const state = new FormState(form, answers, worldOn(today))
  const found: { readonly path: string; readonly problem: SubmissionProblem }[] = []
  for (const [path, { problem }] of Object.entries(unread)) found.push({ path, problem })
  for (const [path, answer] of Object.entries(answers)) {
    const node = nodeOfPath(form, path)
    const isAsked = node?.kind === 'question' && isAnswered(answer)
    const problem = isAsked ? state.problemOf(node, keysOfPath(path), answer, false) : undefined
    if (problem) found.push({ path, problem })
  }
  return found
}

/** What the person of an interview agreed to, as far as its draft goes; `unreadable` when the answer is missing or is none. */
export type SubmissionConsent = 'allows' | 'declined' | 'unreadable'

export interface SortedTexts {
  readonly consent: SubmissionConsent
  /** The interview and the consent: the draft of a reception. */
  readonly reception: DraftTexts
  /** All else: put into the card when the case is opened. Nothing where the person did not agree (H1). */
  readonly card: DraftTexts
  /** How many answers about the person were left out because they did not agree. */
  readonly leftOut: number
}

/** Parts the texts of an interview by what its consent allows to keep (H1). */
export function sortByConsent(quickCard: FormDefinition, texts: DraftTexts): SortedTexts {
  const isReception = (path: string) => administrativeSections.includes(findQuestion(quickCard, path)?.section.name ?? '')
  const said = Object.entries(texts).filter(([path]) => isReception(path))
  const others = Object.entries(texts).filter(([path]) => !isReception(path))
  const status = texts['consent_status']
  const isKnown = quickCard.choices[findQuestion(quickCard, 'consent_status')?.question.list ?? '']?.some(
    (c) => c.name === status,
  )
  if (!isKnown) return { consent: 'unreadable', reception: {}, card: {}, leftOut: Object.keys(texts).length }
  if (consentStatusesThatAllow.includes(status)) {
    return { consent: 'allows', reception: Object.fromEntries(said), card: Object.fromEntries(others), leftOut: 0 }
  }
  const reception = withoutEarlyNames(quickCard, Object.fromEntries(said))
  return { consent: 'declined', reception, card: {}, leftOut: Object.keys(texts).length - Object.keys(reception).length }
}
