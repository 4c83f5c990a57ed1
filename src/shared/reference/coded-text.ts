import { distance } from 'fastest-levenshtein'
import { answerRefused, answerUnknown } from '../forms/form-definition.ts'

/**
 * An answer that names an entry of a list, holds what was typed, or both: `CM004005002`, `CM004005002:Mémé`, `Mémé`.
 *
 * A place keeps the village beside the nearest unit; an occupation keeps the word that the person uses beside the code of ISCO-08. A text
 * without a code is what the list does not know: it is kept as it was typed, after a colon where it could be taken for something else.
 */
export interface CodedText {
  readonly code: string
  readonly text: string
}

/** A P-code of a region, department or arrondissement. */
export const placeCode = /^CM\d{3}(?:\d{3}){0,2}$/
/** A unit group of ISCO-08. */
export const occupationCode = /^\d{4}$/

/** The longest text beside a code; together they stay within what an answer may hold. */
export const codedTextCharactersMax = 100

/** Reads a stored answer; what begins with no code of that form is a text from its first letter on. */
export function readCodedText(answer: string, code: RegExp): CodedText {
  const [before = '', ...rest] = answer.split(':')
  if (rest.length > 0 && before === '') return { code: '', text: rest.join(':') }
  return code.test(before) ? { code: before, text: rest.join(':') } : { code: '', text: answer }
}

/** The answer to be stored, '' for none. */
export function writeCodedText({ code, text }: CodedText): string {
  if (code !== '') return text === '' ? code : `${code}:${text}`
  const looksCoded = [placeCode, occupationCode].some((c) => c.test(text.split(':')[0] ?? ''))
  return looksCoded || text.startsWith(':') || text === answerUnknown || text === answerRefused ? `:${text}` : text
}

/** What was typed over an answer: a letter more or less keeps the code beside it, another text stands alone. */
export function retyped(was: CodedText, typed: string): CodedText {
  const text = typed.trim()
  return { code: text !== '' && was.text !== '' && distance(was.text, text) < 2 ? was.code : '', text }
}
