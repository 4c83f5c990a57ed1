import { distance } from 'fastest-levenshtein'
import { foldedWords, foldName } from '../cases/fold-name.ts'
import { soundOf } from '../cases/name-sound.ts'
import { placeCode, readCodedText } from './coded-text.ts'

/** A region, department or arrondissement (OCHA COD-AB). */
export interface Place {
  readonly pcode: string
  readonly level: 'region' | 'department' | 'arrondissement'
  readonly name: string
  /** '' where it is the French one. */
  readonly nameEn: string
  readonly parent: string
  readonly seat: string
  readonly alternates: readonly string[]
  readonly lat: number
  readonly lon: number
}

/** A village, quarter or camp that people name, and the arrondissement in which it lies. */
export interface Locality {
  readonly name: string
  readonly alternates: readonly string[]
  readonly pcode: string
}

type Language = 'fr' | 'en'

/** A place that was looked for: a unit, or a locality within it; `locality` '' for the unit itself. */
export interface PlaceFound {
  readonly place: Place
  readonly locality: string
}

export interface Gazetteer {
  /** By P-code. */
  get(pcode: string): Place | undefined
  /** Every arrondissement, in the order of the file. */
  arrondissements(): readonly Place[]
  /** Names above the place, nearest first: "Mayo-Sava, Extrême-Nord". */
  within(place: Place, language: Language): string
  /**
   * Units and localities by the beginning of their names, whatever the accents, the letters ɓ ɗ ŋ, spaces and hyphens; then by how they
   * sound (Kusseri, Kousséri) and with a slip of the finger. A further word may name what is above: "meme mayo sava". Best first, always
   * in the same order; at most `limit`.
   */
  search(text: string, limit: number): readonly PlaceFound[]
  /** Every name under which a place is looked for, its parents included. */
  words(pcode: string): string
  /** A stored place in words: "Mora", "Mémé (Mora)"; a code that nobody knows stays as it is. */
  answerInWords(answer: string, language: Language): string
  /** Kilometres between the centroids of two places, or undefined. */
  kilometres(a: string, b: string): number | undefined
}

/** The name of a place in that language. */
export const placeName = (place: Place, language: Language): string =>
  language === 'en' && place.nameEn !== '' ? place.nameEn : place.name
const levels: readonly (Place['level'] | 'locality')[] = ['region', 'department', 'arrondissement', 'locality']
const joined = (words: readonly string[]): string => words.join('')
const soundOfWords = (words: readonly string[]): string => joined(words.map(soundOf))

/** A name folded into words, in one piece, and as it sounds. */
interface Name {
  readonly words: readonly string[]
  readonly whole: string
  readonly sound: string
}
const folded = (text: string): readonly string[] => foldName(text).split(' ')
const nameOf = (text: string): Name => {
  const words = folded(text)
  return { words, whole: joined(words), sound: soundOfWords(words) }
}

/** One thing that can be found, with its own names and those it goes by besides. */
interface Entry extends PlaceFound {
  readonly shown: string
  readonly order: number
  readonly names: readonly Name[]
  readonly others: readonly Name[]
  readonly above: readonly string[]
}

/** How well an entry answers what was typed, 0 the best; undefined when it does not. */
function rankOf(entry: Entry, wanted: readonly string[], sounds: string): number | undefined {
  const whole = joined(wanted)
  const is = (names: Entry['names']) => names.some((n) => n.whole === whole)
  const begins = (names: Entry['names']) => names.some((n) => n.whole.startsWith(whole))
  if (is(entry.names)) return 0
  if (is(entry.others)) return 1
  if (begins(entry.names)) return 2
  if (begins(entry.others)) return 3
  const own = [...entry.names, ...entry.others].flatMap((n) => n.words)
  const inOwn = wanted.filter((w) => own.some((x) => x.startsWith(w)))
  if (inOwn.length === wanted.length) return 4
  if (inOwn.length > 0 && wanted.every((w) => inOwn.includes(w) || entry.above.some((x) => x.startsWith(w)))) return 5
  if (whole.length < 4) return undefined
  const slips = whole.length < 7 ? 1 : 2
  const heard = (names: Entry['names']) => sounds.length > 2 && names.some((n) => n.sound.startsWith(sounds))
  const near = (names: Entry['names']) =>
    names.some((n) => Math.abs(n.whole.length - whole.length) <= slips && distance(n.whole, whole) <= slips)
  if (heard(entry.names)) return 6
  if (near(entry.names)) return 7
  return heard(entry.others) ? 8 : near(entry.others) ? 9 : undefined
}

/** Builds the lookups once over the rows of the gazetteer; a locality whose unit is not there is passed over. */
export function gazetteer(places: readonly Place[], localities: readonly Locality[]): Gazetteer {
  const byCode = new Map(places.map((p) => [p.pcode, p]))
  const parents = (place: Place): readonly Place[] => {
    const parent = byCode.get(place.parent)
    return parent ? [parent, ...parents(parent)] : []
  }
  const names = (p: Place) => [p.name, p.nameEn, p.seat, ...p.alternates].filter(Boolean)
  const entry = (found: PlaceFound, own: readonly string[], others: readonly string[], above: readonly Place[]): Entry => ({
    ...found,
    shown: own[0] ?? '',
    order: levels.indexOf(found.locality === '' ? found.place.level : 'locality'),
    names: own.filter(Boolean).map(nameOf),
    others: others.filter(Boolean).map(nameOf),
    above: above.flatMap(names).flatMap(folded),
  })
  let made: readonly Entry[] | undefined
  // a desk starts without it; the first search makes it
  const index = () =>
    (made ??= [
      ...places.map((p) => entry({ place: p, locality: '' }, [p.name, p.nameEn], [p.seat, ...p.alternates], parents(p))),
      ...localities.flatMap((l) => {
        const place = byCode.get(l.pcode)
        return place ? [entry({ place, locality: l.name }, [l.name], l.alternates, [place, ...parents(place)])] : []
      }),
    ])
  return {
    get: (pcode) => byCode.get(pcode),
    arrondissements: () => places.filter((p) => p.level === 'arrondissement'),
    within: (place, language) =>
      parents(place)
        .map((p) => placeName(p, language))
        .join(', '),
    search(text, limit) {
      const wanted = foldedWords(text)
      if (wanted.length === 0) return []
      const sounds = soundOfWords(wanted)
      const asTyped = text.trim().toLowerCase()
      const hits = index().flatMap((e) => {
        const rank = rankOf(e, wanted, sounds)
        // with its accents a name is that name: Mémé before Meme
        return rank === undefined ? [] : [{ e, rank, spelt: e.shown.toLowerCase().startsWith(asTyped) ? 0 : 1 }]
      })
      return hits
        .toSorted(
          (a, b) =>
            a.rank - b.rank ||
            a.spelt - b.spelt ||
            a.e.order - b.e.order ||
            a.e.shown.localeCompare(b.e.shown, 'fr') ||
            (a.e.place.pcode < b.e.place.pcode ? -1 : 1),
        )
        .slice(0, limit)
        .map(({ e }) => ({ place: e.place, locality: e.locality }))
    },
    words(pcode) {
      const place = byCode.get(pcode)
      return place ? [place, ...parents(place)].flatMap(names).join(' ') : ''
    },
    answerInWords(answer, language) {
      const { code, text } = readCodedText(answer, placeCode)
      const place = byCode.get(code)
      const unit = place ? placeName(place, language) : code
      return text === '' || unit === '' ? `${text}${unit}` : `${text} (${unit})`
    },
    kilometres(a, b) {
      const [x, y] = [byCode.get(a), byCode.get(b)]
      if (!x || !y) return undefined
      const radians = Math.PI / 180
      const half =
        Math.sin(((y.lat - x.lat) * radians) / 2) ** 2 +
        Math.cos(x.lat * radians) * Math.cos(y.lat * radians) * Math.sin(((y.lon - x.lon) * radians) / 2) ** 2
      return 2 * 6371 * Math.asin(Math.sqrt(half))
    },
  }
}
