import { foldName, foldedWords } from '../cases/fold-name.ts'
import { joinedSoundKeys, soundKeys } from '../cases/name-sound.ts'
import { nameQuestions, nameSounds, personSounds, phoneDigits, phoneMark, phoneWord, textsIn } from './person-keys.ts'

// What is written into the index of people, and what it is asked, stand beside each other: one is of no use without the other.

/** Before the words of a parent's name in the search index: no typed word has it. */
const parentMark = '\u{E002}'
/** Figures from which a text may be a telephone number that is being typed. */
const phoneDigitsLeast = 3

type Said = Readonly<Record<string, unknown>>

/** Own names as written and as heard, number of the case and of the telephone; a folded word each. */
function ownWords(answers: Said, number: string, sounds: readonly string[] = personSounds(answers)): string[] {
  const phone = phoneWord(textsIn(answers, ['phone']).join(''))
  const written = foldName(`${textsIn(answers, nameQuestions).join(' ')} ${number} ${number.replaceAll('-', '')}`).split(' ')
  return [...written, ...sounds, ...(phone ? [phone] : [])]
}

/** The text under which a person is found: what is their own, and the names of their parents, marked. Places are not in it. `sounds`: `personSounds` of the answers. */
export function personSearchText(answers: Said, number: string, sounds?: readonly string[]): string {
  const parents = textsIn(answers, ['mother_name', 'father_name'])
  const theirs = [...parents.flatMap(foldedWords), ...nameSounds(parents)].map((word) => `${parentMark}${word}`)
  return [...ownWords(answers, number, sounds), ...new Set(theirs)].join(' ')
}

/** A word that the index must hold, whole or as the beginning of one. */
interface Asked {
  readonly word: string
  readonly whole: boolean
}
/** What of a text may be found in several ways, each of several words that must all be there. */
interface Piece {
  readonly own: readonly (readonly Asked[])[]
  /** Confidential answers word by word: names of parents, a telephone number of which the beginning is typed. */
  readonly confidential: readonly (readonly Asked[])[]
}

/** The digits of a telephone number, whole or begun, without the country's; undefined for what is none. */
function phoneBegun(figures: string): string | undefined {
  const local = figures.replace(/^(?:00)?237/, '')
  if (local.length < phoneDigitsLeast) return undefined
  return local.length < phoneDigits ? local : local.slice(-phoneDigits)
}

/** Each word for itself, but figures that stand together as one: a telephone number is written in groups. */
function groups(text: string): string[][] {
  const all: string[][] = []
  for (const word of foldedWords(text)) {
    const last = all.at(-1)
    if (last && [word, ...last].every((w) => /^\d+$/.test(w))) last.push(word)
    else all.push([word])
  }
  return all
}

function piecesOf(found: readonly (readonly string[])[]): Piece[] {
  const begun = (word: string): Asked => ({ word, whole: false })
  return found.map((words) => {
    const sounds = words.flatMap(soundKeys).map((word) => [{ word, whole: true }])
    const named = [words.map(begun), ...sounds]
    const ofParents = named.map((way) => way.map(({ word, whole }) => ({ word: `${parentMark}${word}`, whole })))
    const phone = /^\d/.test(words[0]!) ? phoneBegun(words.join('')) : undefined
    const isWhole = phone?.length === phoneDigits
    const byPhone = phone === undefined ? [] : [[{ word: `${phoneMark}${phone}`, whole: isWhole }]]
    return {
      own: isWhole ? [...named, ...byPhone] : named,
      // by a parent's name alone too many people would be found
      confidential: [...(isWhole ? [] : byPhone), ...(found.length > 1 ? ofParents : [])],
    }
  })
}

/** How a text may be read: word by word, or with two words that stand beside each other as one name, since Abdoul Karim may be Abdulkarim. */
function readingsOf(text: string): (readonly Piece[])[] {
  const found = groups(text)
  const pieces = piecesOf(found)
  const joined = found.slice(1).flatMap((next, i) => {
    const words = [...found[i]!, ...next]
    // one that sounds like its first word alone would find people without the second (Oumarou Haoua is not Oumarou)
    const alone = new Set(words.flatMap(soundKeys))
    const joinedKeys = joinedSoundKeys(words.join(' ')).filter((key) => !alone.has(key))
    const name = joinedKeys.map((word): readonly Asked[] => [{ word, whole: true }])
    return name.length === 0 ? [] : [[...pieces.slice(0, i), { own: name, confidential: [] }, ...pieces.slice(i + 2)]]
  })
  return [pieces, ...joined]
}

/** What the index is asked, in the words of FTS5. */
export interface PersonQuery {
  /** Of everybody whom the desk holds: names and number as they begin or sound, a whole telephone number. */
  readonly ofAnybody: string
  /** The same, and names of parents beside another word, and a telephone number that is begun: of people whose answers the asker may read. */
  readonly ofReadable: string
}

/** What to ask for a text that somebody typed: all of its words, in any order; undefined when there is none in it. */
export function personQuery(text: string): PersonQuery | undefined {
  if (groups(text).length === 0) return undefined
  const word = ({ word: asked, whole }: Asked) => `"${asked}"${whole ? '' : '*'}`
  const anyOf = (parts: readonly string[]) => `(${parts.join(' OR ')})`
  const allOf = (parts: readonly string[]) => `(${parts.join(' AND ')})`
  const query = (waysOf: (piece: Piece) => Piece['own']) =>
    anyOf(readingsOf(text).map((pieces) => allOf(pieces.map((piece) => anyOf(waysOf(piece).map((way) => allOf(way.map(word))))))))
  return { ofAnybody: query(({ own }) => own), ofReadable: query(({ own, confidential }) => [...own, ...confidential]) }
}

/** True when a person whom the text found is called not all of it, so that a parent's name is in it. */
export function isFoundByParent(text: string, answers: Said, number: string): boolean {
  const own = ownWords(answers, number)
  const held = ({ word, whole }: Asked) => own.some((w) => (whole ? w === word : w.startsWith(word)))
  const isHeld = ({ own: named, confidential }: Piece) => [...named, ...confidential].some((way) => way.every(held))
  return !readingsOf(text).some((pieces) => pieces.every(isHeld))
}
