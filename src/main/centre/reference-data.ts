import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { FormPack } from '#shared/forms/form-pack.ts'
import { foldName } from '#shared/cases/fold-name.ts'
import { gazetteer, type Gazetteer, type Place } from '#shared/reference/gazetteer.ts'
import { occupationList, type Occupations } from '#shared/reference/occupation.ts'
import type { TaxonomyEntry } from '#shared/reference/taxonomy.ts'
import { namedSites, siteOfArrondissement, type Site } from '#shared/security/site.ts'
import type { Shipped } from './ports.ts'
import type { SearchWords } from './storage/search-index.ts'
import { storedJson } from './storage/stored-json.ts'

interface SiteShown {
  readonly code: string
  readonly name: string
  readonly pcode: string
  readonly department: string
  readonly region: string
}
/** The desks that first run can choose from. */
export interface SiteFinder {
  find(text: string): SiteShown[]
  byCode(code: string): Site | undefined
}

/** The data that ships with the application, read once. */
export interface ReferenceData {
  readonly places: Gazetteer
  readonly occupations: Occupations
  readonly taxonomy: readonly TaxonomyEntry[]
  /** Every form that ships, by its id. */
  readonly forms: ReadonlyMap<string, FormPack>
  readonly words: SearchWords
  readonly sites: SiteFinder
  /** What people choose first as a password, folded. */
  readonly commonPasswords: ReadonlySet<string>
  /** Text of a shipped file of the exercise data. */
  readonly trainingText: (name: 'services.csv' | 'people.csv') => string
}

const Rows = z.array(z.record(z.string(), z.string()))
const untoldSector = 'S04'
const levels = ['region', 'department', 'arrondissement'] as const

const loaded = new WeakMap<Shipped, ReferenceData>()

/** Reads gazetteer, taxonomy and forms. Throws if one is missing or malformed: the package is then broken; trades are read at their first use. */
export function loadReferenceData(shipped: Shipped): ReferenceData {
  // what ships does not change while the program runs, and reading it takes a tenth of a second
  const known = loaded.get(shipped) ?? readReferenceData(shipped)
  loaded.set(shipped, known)
  return known
}

function readReferenceData(shipped: Shipped): ReferenceData {
  const table = (name: string) => Rows.parse(parse(shipped.text(name), { columns: true, skip_empty_lines: true }))
  const all: Place[] = table('reference/gazetteer.csv').map((r) => ({
    pcode: r['pcode'] ?? '',
    level: levels[Number(r['level']) - 1] ?? 'arrondissement',
    name: r['name_fr'] ?? '',
    nameEn: r['name_en'] ?? '',
    parent: r['parent_pcode'] ?? '',
    seat: r['seat'] ?? '',
    alternates: (r['alt_names'] ?? '').split(';').filter(Boolean),
    lat: Number(r['lat']),
    lon: Number(r['lon']),
  }))
  const localities = table('reference/localities.csv').map((r) => ({
    name: r['name'] ?? '',
    alternates: (r['other_names'] ?? '').split(';').filter(Boolean),
    pcode: r['pcode'] ?? '',
  }))
  const places = gazetteer(all, localities)
  // a desk starts without it: reading it takes as long as the gazetteer
  let occupations: Occupations | undefined
  const readOccupations = () =>
    occupationList(
      table('reference/occupations.csv').map((r) => ({
        code: r['code'] ?? '',
        label: { fr: r['name_fr'] ?? '', en: r['name_en'] ?? '' },
        words: (r['words'] ?? '').split(';').filter(Boolean),
      })),
    )
  const taxonomy = table('reference/service-taxonomy.csv').map((r) => ({
    code: r['code'] ?? '',
    parent: r['parent_code'] ? r['parent_code'] : null,
    label: { fr: r['name_fr'] ?? '', en: r['name_en'] ?? '' },
    // a whole sector whose name would tell what happened to somebody (H13)
    sensitive: r['sensitive'] === '1' || (r['code'] ?? '').startsWith(untoldSector),
    confidential: r['sensitive'] === '1',
  }))
  const forms = new Map(
    shipped
      .list('forms')
      .map((name) => FormPack.parse(storedJson(shipped.text(`forms/${name}`))))
      .map((pack) => [pack.id, pack]),
  )
  const labels = new Map(taxonomy.map((t) => [t.code, `${t.label.fr} ${t.label.en}`]))
  return {
    places,
    get occupations() {
      return (occupations ??= readOccupations())
    },
    taxonomy,
    forms,
    words: { ofService: (codes, pcode) => `${codes.map((c) => labels.get(c) ?? '').join(' ')} ${places.words(pcode)}` },
    sites: siteFinder(places),
    commonPasswords: wordList(shipped.text('reference/common-passwords.csv')),
    trainingText: (name) => shipped.text(`training/${name}`),
  }
}

/** One word a line; empty lines and those that begin with # do not count. */
function wordList(text: string): ReadonlySet<string> {
  return new Set(text.split('\n').filter((line) => line !== '' && !line.startsWith('#')))
}

function siteFinder(places: Gazetteer): SiteFinder {
  const shown = (site: Site): SiteShown => {
    const place = places.get(site.pcode)
    const department = place && places.get(place.parent)
    const region = department && places.get(department.parent)
    return { code: site.code, name: site.name, pcode: site.pcode, department: department?.name ?? '', region: region?.name ?? '' }
  }
  return {
    find(text) {
      const folded = foldName(text)
      const named = namedSites.filter(
        (s) =>
          folded === '' ||
          foldName(s.name)
            .split(' ')
            .some((w) => w.startsWith(folded.split(' ')[0] ?? '')),
      )
      const others = places
        .search(text, 30)
        .flatMap(({ place, locality }) => (locality === '' && place.level === 'arrondissement' ? [place] : []))
        .filter((p) => !namedSites.some((s) => s.pcode === p.pcode))
        .map((p) => siteOfArrondissement(p.pcode, p.name))
      return [...named, ...others].slice(0, 20).map(shown)
    },
    byCode(code) {
      const named = namedSites.find((s) => s.code === code)
      if (named) return named
      const place = places.get(`CM${code}`)
      return place?.level === 'arrondissement' ? siteOfArrondissement(place.pcode, place.name) : undefined
    },
  }
}
