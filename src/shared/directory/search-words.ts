import { foldName } from '../cases/fold-name.ts'
import { synonymGroups } from './synonyms.ts'

/** Words that say nothing of a service, French and English. */
const emptyWords = new Set(
  'a an and at au aux chez d dans de des du en et for from in l la le les of on or ou par pour sur the to un une with'.split(' '),
)
const wordsMax = 8

/** Text of a service as it is searched: folded like names, and with the word after l’ and d’ standing alone. */
export function foldedServiceText(text: string): string {
  return foldName(text.replace(/(?<!\p{L})(?:[ldLD]|[qQ]u)['’‘ʼ](?=\p{L})/gu, (found) => `${found.slice(0, -1)} `))
}

/** A plural is looked for as its singular, which begins it: écoles, école. */
const stem = (word: string): string => (word.length > 3 && /[sx]$/.test(word) ? word.slice(0, -1) : word)

const groups = synonymGroups.map((group) => group.map(foldedServiceText))

/** One word of a search: found as the beginning of a word, or by any of its synonyms as whole words. */
export interface SearchTerm {
  readonly beginning: string
  readonly phrases: readonly string[]
}

/** The synonyms that a typed word stands for; a word is known from its fourth letter on. */
function synonymsOf(word: string): readonly string[] {
  const start = stem(word)
  const means = (known: string) => stem(known) === start || (start.length >= 4 && known.startsWith(start))
  const phrases = groups.filter((group) => group.some(means)).flat()
  return [...new Set(phrases.flatMap((p) => (p.endsWith('s') ? [p] : [p, `${p}s`])))]
}

/**
 * What a search for services looks for: every term must be found.
 *
 * Folded; plurals, words that say nothing and synonyms of both languages are taken care of. Empty when no letter or digit was typed.
 */
export function serviceSearchTerms(typed: string): readonly SearchTerm[] {
  const all = foldedServiceText(typed.slice(0, 100)).split(' ').filter(Boolean).slice(0, wordsMax)
  const telling = all.filter((w) => !emptyWords.has(w))
  return (telling.length > 0 ? telling : all).map((word) => ({ beginning: stem(word), phrases: synonymsOf(word) }))
}
