import { distance } from 'fastest-levenshtein'
import { foldedWords } from '../cases/fold-name.ts'
import { soundOf } from '../cases/name-sound.ts'

/** An entry of a short list, with every name under which it is looked for. */
export interface SearchedChoice {
  readonly code: string
  readonly names: readonly string[]
}

/** How well a name answers the words that were typed, 0 the best; undefined when it does not. */
function rankOf(name: string, wanted: readonly string[]): number | undefined {
  const words = foldedWords(name)
  const [whole, typed] = [words.join(''), wanted.join('')]
  if (whole === typed) return 0
  if (whole.startsWith(typed)) return 1
  const isDigits = (w: string) => /^\d+$/.test(w)
  // Form 1 is not Form 10, nor Class 5 any word that begins so
  if (wanted.every((w) => words.some((x) => (isDigits(w) ? x === w : x.startsWith(w))))) return 2
  if (typed.length < 4 || /\d/.test(typed)) return undefined
  if (words.map(soundOf).join('').startsWith(wanted.map(soundOf).join(''))) return 3
  return distance(whole, typed) <= 1 ? 4 : undefined
}

/** The codes that a text looks for, best first, in the order of the list where they are equal; all of them for an empty text. */
export function searchChoices(choices: readonly SearchedChoice[], text: string): readonly string[] {
  const wanted = foldedWords(text)
  if (wanted.length === 0) return choices.map((c) => c.code)
  return choices
    .flatMap(({ code, names }) => {
      const ranks = names.flatMap((n) => rankOf(n, wanted) ?? [])
      return ranks.length === 0 ? [] : [{ code, rank: Math.min(...ranks) }]
    })
    .toSorted((a, b) => a.rank - b.rank)
    .map((c) => c.code)
}
