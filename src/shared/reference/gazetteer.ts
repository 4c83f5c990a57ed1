import { foldedWords, foldName } from '../cases/fold-name.ts'

/** A region, department or arrondissement (OCHA COD-AB). */
export interface Place {
  readonly pcode: string
  readonly level: 'region' | 'department' | 'arrondissement'
  readonly name: string
  readonly nameEn: string
  readonly parent: string
  readonly seat: string
  readonly alternates: readonly string[]
  readonly lat: number
  readonly lon: number
}

export interface Gazetteer {
  /** By P-code. */
  get(pcode: string): Place | undefined
  /** Every arrondissement, in the order of the file. */
  arrondissements(): readonly Place[]
  /** Names above the place, nearest first: "Mayo-Sava, Extrême-Nord". */
  within(place: Place): string
  /** Places whose names begin with the folded words; smaller divisions last. At most `limit`. */
  search(text: string, limit: number): readonly Place[]
  /** Every name under which a place is looked for, its parents included. */
  words(pcode: string): string
  /** Kilometres between the centroids of two places, or undefined. */
  kilometres(a: string, b: string): number | undefined
}

/** Builds the lookups once over the rows of the gazetteer. */
export function gazetteer(places: readonly Place[]): Gazetteer {
  const byCode = new Map(places.map((p) => [p.pcode, p]))
  const parents = (place: Place): readonly Place[] => {
    const parent = byCode.get(place.parent)
    return parent ? [parent, ...parents(parent)] : []
  }
  const names = (p: Place) => [p.name, p.nameEn, p.seat, ...p.alternates].filter(Boolean)
  const index = places.map((place) => ({ place, words: foldName(names(place).join(' ')).split(' '), own: foldName(place.name) }))
  return {
    get: (pcode) => byCode.get(pcode),
    arrondissements: () => places.filter((p) => p.level === 'arrondissement'),
    within: (place) =>
      parents(place)
        .map((p) => p.name)
        .join(', '),
    search(text, limit) {
      const wanted = foldedWords(text)
      if (wanted.length === 0) return []
      const hits = index.filter((i) => wanted.every((w) => i.words.some((x) => x.startsWith(w))))
      const whole = wanted.join(' ')
      const rank = (i: (typeof index)[number]) => (i.own === whole ? 0 : i.own.startsWith(whole) ? 1 : 2)
      return hits
        .toSorted(
          (a, b) =>
            rank(a) - rank(b) || a.place.name.localeCompare(b.place.name, 'fr') || (a.place.pcode < b.place.pcode ? -1 : 1),
        )
        .slice(0, limit)
        .map((i) => i.place)
    },
    words(pcode) {
      const place = byCode.get(pcode)
      return place ? [place, ...parents(place)].flatMap(names).join(' ') : ''
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
