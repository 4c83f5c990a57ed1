import { foldName } from '../cases/fold-name.ts'
import type { TextFinding } from '../forms/text-findings.ts'
import { isNeutral } from '../referrals/revealing-words.ts'
import { watchedWords } from './watched-words.ts'

/** Questions that ask for a name: a name in them is no finding. */
export const nameQuestions: readonly string[] = [
  'family_name',
  'given_names',
  'usual_name',
  'guardian_name',
  'guardian_consent_name',
  'consent_witness',
]

/** Days in either order, which are no telephone numbers. */
const days = /(?<!\d)(?:\d{1,2}[-./ ]\d{1,2}[-./ ]\d{4}|\d{4}[-./ ]\d{1,2}[-./ ]\d{1,2})(?!\d)/g
/** Eight to fifteen digits, with or without a country's code (E.164), with signs between them or not. */
const phone = /(?<!\d)(?:\+|00)?\d(?:[ .\-()\u00a0\u202f]?\d){7,14}(?!\d)/
const ids: readonly RegExp[] = [
  // numbers of cases, ours
  /(?<![A-Za-z])[A-Z]{3}-?\d{2}-?\d{6}-?\d{2}(?!\d)/i,
  // identity cards: the unique identifier of today, and what is written behind the name of a paper
  /(?<!\d)\d{17,20}(?!\d)/,
  /(?<!\p{L})(?:cni|nic|passeports?|passports?|r[ée]c[ée]piss[ée]|proges|ohcr|hcr|unhcr|id)\s*(?:n[°o.]*)?\s*:?\s*[A-Z]{0,3}\d{5,}/iu,
  // passports, and refugees' papers
  /(?<!\p{L})[A-Z]{1,2}\d{6,9}(?!\d)/u,
  /(?<!\d)\d{3}-\d{2}[CG]\d{5}(?!\d)/i,
]
const watched = new RegExp(`(?<![a-z0-9])(?:${[...watchedWords.fr, ...watchedWords.en].join('|')})(?![a-z0-9])`)

/** What a text holds, but for names of registered people, which only the register knows. Pure. */
export function findingsIn(text: string): TextFinding[] {
  const rest = text.replace(days, ' ')
  const isId = ids.some((pattern) => pattern.test(rest))
  const found: TextFinding[] = []
  if (phone.test(isId ? ids.reduce((t, pattern) => t.replace(pattern, ' '), rest) : rest)) found.push('phone')
  if (isId) found.push('id')
  if (watched.test(foldName(text)) || !isNeutral(text)) found.push('word')
  return found
}

/** How many words of a text are looked at for names. */
export const wordsLookedAt = 200
/** How far apart the words of one name may stand. */
const wordsApart = 3

/** Pairs of folded words that stand close together: what could be a name, each once. At most `wordsLookedAt` words are looked at. */
export function pairsOf(text: string): readonly (readonly [string, string])[] {
  const words = foldName(text)
    .split(' ')
    .filter((w) => w.length > 1 && !/^\d+$/.test(w))
    .slice(0, wordsLookedAt)
  const pairs = new Map<string, readonly [string, string]>()
  for (const [at, first] of words.entries())
    for (const second of words.slice(at + 1, at + 1 + wordsApart))
      if (first !== second) pairs.set(`${first} ${second}`, [first, second])
  return [...pairs.values()]
}
