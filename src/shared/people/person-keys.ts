import { joinedSoundKeys, soundKeys } from '../cases/name-sound.ts'
import { answerRefused, answerUnknown } from '../forms/form-definition.ts'

/** Digits of a Cameroonian telephone number without the country's: what stands at the end of every way to write it. */
export const phoneDigits = 9
/** Before the digits of a telephone number in the search index: no typed word has it. */
export const phoneMark = '\u{E001}'

/** The texts that were given to some questions; what is unknown or was not told is none. */
export function textsIn(answers: Readonly<Record<string, unknown>>, questions: readonly string[]): string[] {
  return questions.flatMap((question) => {
    const text = answers[question]
    return typeof text === 'string' && text !== answerUnknown && text !== answerRefused ? [text] : []
  })
}

/** The word under which a whole telephone number is found, however it is written; undefined for anything else. */
export function phoneWord(text: string): string | undefined {
  if (!/^[+\d\s().-]+$/.test(text)) return undefined
  const digits = text.replace(/\D/g, '')
  return digits.length < phoneDigits ? undefined : `${phoneMark}${digits.slice(-phoneDigits)}`
}

/** The keys of names as they sound, and of those of two words written as one. */
export function nameSounds(names: readonly string[]): string[] {
  return [...new Set([...names.flatMap(soundKeys), ...names.flatMap(joinedSoundKeys)])]
}

/** Under which questions a person's own names stand. */
export const nameQuestions = ['family_name', 'given_names', 'usual_name'] as const

/** The keys of somebody's names as they sound. */
export function personSounds(answers: Readonly<Record<string, unknown>>): string[] {
  return nameSounds(textsIn(answers, nameQuestions))
}

/** Names that count for keys: more would be words of a sentence. */
const namesMost = 6

/**
 * Under what two cases may be found to be of one person: every two of their names as they sound, one where there is but one, and the telephone
 * number; sorted. A person who left one name out or wrote them in another order is still found. `sounds`: `personSounds` of the answers.
 */
export function personKeys(answers: Readonly<Record<string, unknown>>, sounds = personSounds(answers)): string[] {
  const counted = sounds.slice(0, namesMost).toSorted()
  const names =
    counted.length === 1 ? counted : counted.flatMap((one, i) => counted.slice(i + 1).map((other) => `${one} ${other}`))
  const phone = phoneWord(textsIn(answers, ['phone']).join(''))
  return [...names, ...(phone === undefined ? [] : [phone])].toSorted()
}

/** The year in which somebody was born, by their date of birth or by the age that they stated when they were registered; 0: not told. */
export function birthYear(answers: Readonly<Record<string, unknown>>, registeredOn: string): number {
  const born = /^\d{4}/.exec(String(answers['birth_date'] ?? ''))?.[0]
  if (born !== undefined) return Number(born)
  const age = Number.parseInt(String(answers['age_stated'] ?? ''), 10)
  const registered = Number(registeredOn.slice(0, 4))
  return Number.isSafeInteger(age) && registered > 0 ? registered - age : 0
}

/** Years by which the births of one person may be apart in two cases (ux.md U8). */
export const birthYearsApart = 2

/** True when two years of birth may be of one person; a year that nobody told fits every other (do-no-harm 40). */
export function mayBeOfOneAge(first: number, second: number): boolean {
  return first === 0 || second === 0 || Math.abs(first - second) <= birthYearsApart
}
