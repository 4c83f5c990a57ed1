import { distance } from 'fastest-levenshtein'
import { foldName, foldedWords } from './fold-name.ts'

// Names of one person are written by ear: Oumarou and Umaru, Aïssatou and Aishatu, Tchinda and Chinda, in either order.
// Measured against other methods: npm run bench -- search.

/** Spellings of one ear, in the order in which they are tried; on a folded word. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/ph/g, 'f'],
  [/([kgtdbr])h/g, '$1'],
  [/chr/g, 'kr'],
  [/t?sch|tch|ts?h|[cs]h/g, 's'],
  [/dj|dz/g, 'j'],
  [/ck|q/g, 'k'],
  [/c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
  [/x/g, 'ks'],
  [/z/g, 's'],
  [/t/g, 'd'],
  [/ou|oo|w/g, 'u'],
  [/ee/g, 'i'],
  [/o/g, 'u'],
  [/h/g, ''],
  [/a[iy]|e[iy]/g, 'e'],
  [/y/g, 'i'],
  // a nasal before a consonant is spoken with or without a vowel: Mbarga, Embarga
  [/^[ei](?=[mn][bdfgjklprsv])/, ''],
  [/(.)\1+/g, '$1'],
]

/** Names of one origin that the ear alone does not bring together. */
const families: readonly (readonly string[])[] = [
  ['mohamed', 'mohamadou', 'mouhamadou', 'mamoudou', 'mamadou', 'mahamat', 'muhammad', 'mohammed', 'mahmoud', 'mouhamed'],
  ['youssouf', 'issoufou', 'yusuf', 'youssoufa', 'issoufa'],
  ['aboubakar', 'boubakari', 'abubakar', 'boubakary', 'aboubakary', 'bubakari'],
  ['khadidja', 'hadidja', 'didja', 'khadija', 'hadijah', 'kadidjatou'],
  ['fatima', 'fatimatou', 'fadimatou', 'fatime', 'falmata', 'fadima', 'fatoumata'],
  ['mariam', 'mariama', 'mairamou', 'mariyamou', 'mairam', 'maryam', 'mariamou'],
  ['ali', 'aliou', 'aliyu'],
  ['abdouramane', 'abdramane', 'abderamane'],
  ['ibrahim', 'ibrahima', 'brahim', 'ibrahimou', 'iberahima'],
  ['souleymane', 'suleiman', 'souleimanou', 'soulemanou', 'sulaiman'],
]

/** As it sounds: one spelling for all that are heard alike. */
function heard(word: string): string {
  let sound = word
  for (const [pattern, by] of spellings) sound = sound.replace(pattern, by)
  return sound
}

/** What is left without the ending of a language: Oumarou of Fulfulde, Umar of Arabic, Halimatou beside Halima. */
function stemOf(sound: string): string {
  const short = sound.length > 4 ? sound.replace(/adu$/, 'a') : sound
  const stem = short.replace(/[aeiu]+$/, '')
  return stem.length > 2 ? stem : short
}

const familyOf = new Map(
  families.flatMap((names) => names.map((name) => [stemOf(heard(name)), stemOf(heard(names[0]!))] as const)),
)

/** The key under which a folded word is found, however it is written. */
export function soundOf(word: string): string {
  const stem = stemOf(heard(word))
  return familyOf.get(stem) ?? stem
}

/** Before every key in the search index: a sign for private use, which no folded text has, so that no typed word begins so. */
const keyMark = '\u{E000}'

/** The keys of all names in a text, for the search index and for asking it. */
export function soundKeys(text: string): string[] {
  return [...new Set(foldedWords(text).filter((w) => /^[a-z]{3,}$/.test(w)))].map((w) => `${keyMark}${soundOf(w)}`)
}

/** The keys of the words of a name written as one: Abdoul Karim beside Abdulkarim. */
export function joinedSoundKeys(name: string): string[] {
  const words = foldedWords(name)
  return words.slice(1).flatMap((word, i) => soundKeys(`${words[i]!}${word}`))
}

/** From this likeness on two names may be one person's; a person decides (do-no-harm 40). */
export const likelySame = 0.85

/** The same for two people with one telephone number: a whole family may have it. */
export const likelyWithPhone = 0.7

/** How alike two whole names are, from 0 to 1, whatever the order of their words. */
export function likeness(first: string, second: string): number {
  const [a, b] = [foldName(first).split(' '), foldName(second).split(' ')]
  const joined = likeWords(a.join(''), b.join(''))
  if (a.length === 1 && b.length === 1) return joined
  const both = a.length === b.length ? Math.max(paired(a, b), paired(b, a)) : a.length < b.length ? paired(a, b) : paired(b, a)
  return Math.max(joined, both, 0)
}

/** Each word with the likest that is left of the other name. */
function paired(few: readonly string[], many: readonly string[]): number {
  const left = [...many]
  let sum = 0
  for (const word of few) {
    const scores = left.map((other) => likeWords(word, other))
    const best = Math.max(...scores)
    sum += best
    left.splice(scores.indexOf(best), 1)
  }
  return sum / few.length - left.length * wordLeftOver
}

/** What each word of one name that the other lacks takes away. */
const wordLeftOver = 0.15

function likeWords(a: string, b: string): number {
  if (a === b) return 1
  const [x, y] = [heard(a), heard(b)]
  if (x === y) return 0.98
  const [s, t] = [stemOf(x), stemOf(y)]
  // Amina is a woman, Aminou a man
  const apart = endsApart(x, y) ? 0.25 : 0
  if (s === t) return 0.95 - apart
  if (soundOf(a) === soundOf(b)) return 0.9
  const near = Math.max(ratio(x, y) * 0.95, ratio(s, t) * 0.9, ratio(a, b) * 0.95)
  const bones = consonants(s)
  return Math.max(near - apart / 2, bones.length > 3 && bones === consonants(t) ? 0.85 - apart / 2 : 0, 0)
}

const ratio = (a: string, b: string): number => 1 - distance(a, b) / Math.max(a.length, b.length)
const consonants = (sound: string): string => sound.slice(0, 1) + sound.slice(1).replace(/[aeiu]/g, '')
const ending = (sound: string): string => /[au]$/.exec(sound.replace(/adu$/, 'a'))?.[0] ?? ''
const endsApart = (a: string, b: string): boolean => {
  const [x, y] = [ending(a), ending(b)]
  return x !== '' && y !== '' && x !== y
}
