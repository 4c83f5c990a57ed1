import { distance } from 'fastest-levenshtein'
import { soundOf } from '../cases/name-sound.ts'
import { foldedServiceText } from '../directory/search-words.ts'

/** A unit group of ISCO-08 with the words that people here use for its trades. */
export interface Occupation {
  /** Four digits. */
  readonly code: string
  readonly label: { readonly fr: string; readonly en: string }
  /** Trades and activities in French, English and Pidgin, as they are said: moto-taxi, bendskin, okada. */
  readonly words: readonly string[]
}

/** A unit group that was found, by one of its words or, with `word` '', by its title. */
export interface OccupationFound {
  readonly occupation: Occupation
  readonly word: string
}

export interface Occupations {
  get(code: string): Occupation | undefined
  /**
   * Unit groups for a trade as it is said: by the beginning of each word, whatever accents, gender and plural; then as it sounds and with a
   * slip of the finger. Each group once, best first, always in the same order; at most `limit`.
   */
  search(text: string, limit: number): readonly OccupationFound[]
}

/** Words between the telling ones of a trade. */
const emptyWords = new Set('a au aux d dans de des du en et for in l la le les of on or ou the un une'.split(' '))
const wordsMax = 6

/** Endings of the same trade: couturière, couturier; vendeuse, vendeur; carriers, carrier. */
const endings: readonly (readonly [RegExp, string])[] = [
  [/(?<=.{3})[sx]$/, ''],
  [/euse$/, 'eur'],
  [/trice$/, 'teur'],
  [/ere$/, 'er'],
  [/ienne$/, 'ien'],
]
const trunk = (word: string): string => endings.reduce((w, [ending, by]) => w.replace(ending, by), word)
const trunks = (text: string): readonly string[] =>
  foldedServiceText(text)
    .split(' ')
    .filter((w) => w !== '' && !emptyWords.has(w))
    .map(trunk)

/** A word or title that a group is found by. */
interface Name {
  readonly of: OccupationFound
  readonly words: readonly string[]
  readonly whole: string
  readonly sounds: readonly string[]
}

const slipsIn = (word: string): number => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2)
/** The word with at most a slip, or the beginning of it while it is still typed. */
function isNear(word: string, wanted: string): boolean {
  const slips = slipsIn(wanted)
  return slips > 0 && (distance(word, wanted) <= slips || distance(word.slice(0, wanted.length), wanted) <= slips)
}

/** How well a name answers what was typed, 0 the best; undefined when it does not. */
function rankOf(name: Name, wanted: readonly string[], sounds: readonly string[]): number | undefined {
  const whole = wanted.join('')
  if (name.whole === whole) return 0
  if (name.whole.startsWith(whole)) return 1
  if (wanted.every((w) => name.words.includes(w))) return 2
  if (wanted.every((w) => name.words.some((x) => x.startsWith(w)))) return 3
  if (sounds.every((s) => s.length > 2 && name.sounds.some((x) => x === s))) return 4
  if (wanted.every((w) => name.words.some((x) => x.startsWith(w) || isNear(x, w)))) return 5
  return undefined
}

/** Builds the lookups over the unit groups; the words are folded at the first search. */
export function occupationList(all: readonly Occupation[]): Occupations {
  const byCode = new Map(all.map((o) => [o.code, o]))
  const nameOf = (occupation: Occupation, text: string, word: string): Name => {
    const words = trunks(text)
    return { of: { occupation, word }, words, whole: words.join(''), sounds: words.map(soundOf) }
  }
  let made: readonly Name[] | undefined
  const index = () =>
    (made ??= all.flatMap((o) => [...o.words.map((w) => nameOf(o, w, w)), nameOf(o, o.label.fr, ''), nameOf(o, o.label.en, '')]))
  return {
    get: (code) => byCode.get(code),
    search(text, limit) {
      const wanted = trunks(text.slice(0, 100)).slice(0, wordsMax)
      if (wanted.length === 0) return []
      const sounds = wanted.map(soundOf)
      const hits = index().flatMap((name) => {
        const rank = rankOf(name, wanted, sounds)
        return rank === undefined ? [] : [{ name, rank }]
      })
      const inOrder = hits.toSorted(
        (a, b) =>
          a.rank - b.rank ||
          a.name.whole.length - b.name.whole.length ||
          (a.name.of.occupation.code < b.name.of.occupation.code
            ? -1
            : a.name.of.occupation.code > b.name.of.occupation.code
              ? 1
              : 0),
      )
      const best = new Map<string, OccupationFound>()
      for (const { name } of inOrder) if (!best.has(name.of.occupation.code)) best.set(name.of.occupation.code, name.of)
      return [...best.values()].slice(0, limit)
    },
  }
}
