import { serviceSearchTerms, type SearchTerm } from '#shared/directory/search-words.ts'
import type { ReadableDb } from '../../storage/store.ts'

/** A service at a place with its organisation, as the tables hold it. */
export interface PointRecord {
  readonly id: string
  readonly service_id: string
  readonly organization_id: string
  readonly external_id: string | null
  readonly org_type: string | null
  readonly email: string | null
  readonly name_fr: string | null
  readonly name_en: string | null
  readonly status: string | null
  readonly cost: string | null
  readonly capacity: number | null
  readonly capacity_unit: string | null
  readonly is_sample: number | null
  readonly sensitive: number | null
  readonly sectors: string
  readonly types: string
  readonly target_groups: string
  readonly languages: string
  readonly accessibility: string
  readonly pcode: string | null
  readonly locality: string | null
  readonly phone: string | null
  readonly hours: string | null
  readonly hide_location: number | null
  readonly verified_on: string | null
  readonly verified_how: string | null
  /** Name of the user of this desk who verified it. */
  readonly verified_name: string | null
  readonly security_actor: number | null
  readonly updated_at: number
}

const columns = `p.id, p.service_id, s.organization_id, s.external_id, s.name_fr, s.name_en, s.status, s.cost, s.capacity, s.capacity_unit,
  s.is_sample, s.sensitive, s.sectors, s.types, s.target_groups, s.languages, s.accessibility, p.pcode, p.locality, p.phone, p.hours,
  p.hide_location, p.verified_on, p.verified_how, u.name AS verified_name, o.security_actor, o.org_type, o.email, p.updated_at`
const joined = `service_point p JOIN service s ON s.id = p.service_id LEFT JOIN organization o ON o.id = s.organization_id
  LEFT JOIN app_user u ON u.id = p.verified_by`

/** One service point by id. */
export function findPoint(db: ReadableDb, id: string): PointRecord | undefined {
  return db.read<PointRecord>(`SELECT ${columns} FROM ${joined} WHERE p.id = ?`).get(id)
}

/** True if a row of the directory is held. */
export function isHeld(db: ReadableDb, kind: 'organization' | 'service' | 'service_point', id: string): boolean {
  return db.read(`SELECT 1 FROM ${kind} WHERE id = ?`).get(id) !== undefined
}

/** A term as SQLite's full-text search asks for it. */
const termQuery = ({ beginning, phrases }: SearchTerm): string =>
  `(${[`"${beginning}"*`, ...phrases.map((p) => `"${p}"`)].join(' OR ')})`

export interface PointSearch {
  readonly text: string
  readonly sector: string | null
  /** A P-code of any level: what begins with it is inside it. */
  readonly pcode: string | null
  readonly after: string | null
  readonly limit: number
  /** Those marked sensitive too. */
  readonly reserved?: boolean
}

/**
 * A page of service points that hold all the terms, by name. Keyset `id/name`.
 *
 * Services marked sensitive are not in ordinary lists (do-no-harm 12-16): their focal point's own list comes with the envelope.
 */
export function searchPoints(db: ReadableDb, search: PointSearch): { rows: PointRecord[]; next: string | null; total: number } {
  const terms = serviceSearchTerms(search.text)
  if (search.text.trim() !== '' && terms.length === 0) return { rows: [], next: null, total: 0 }
  const conditions = ["coalesce(s.status, 'active') <> 'inactive'", ...(search.reserved ? [] : ['coalesce(s.sensitive, 0) = 0'])]
  const bound: (string | number)[] = []
  if (terms.length > 0) {
    conditions.push('p.n IN (SELECT rowid FROM service_search WHERE text MATCH ?)')
    bound.push(terms.map(termQuery).join(' AND '))
  }
  if (search.sector !== null) {
    conditions.push(
      "EXISTS (SELECT 1 FROM json_each(CASE WHEN instr(?, '.') > 0 THEN s.types ELSE s.sectors END) WHERE value = ?)",
    )
    bound.push(search.sector, search.sector)
  }
  if (search.pcode !== null) {
    conditions.push('p.pcode >= ? AND p.pcode < ? AND coalesce(p.hide_location, 0) = 0')
    bound.push(search.pcode, `${search.pcode}~`)
  }
  const where = conditions.join(' AND ')
  const [afterId, ...nameParts] = search.after === null ? [] : search.after.split('/')
  const paged = afterId === undefined ? '' : "AND (coalesce(s.name_fr, ''), p.id) > (?, ?)"
  const found = db
    .read<PointRecord>(`SELECT ${columns} FROM ${joined} WHERE ${where} ${paged} ORDER BY coalesce(s.name_fr, ''), p.id LIMIT ?`)
    .all(...bound, ...(afterId === undefined ? [] : [nameParts.join('/'), afterId]), search.limit + 1)
  const rows = found.slice(0, search.limit)
  const last = rows.at(-1)
  const total = db.read<{ n: number }>(`SELECT count(*) AS n FROM ${joined} WHERE ${where}`).get(...bound)?.n ?? 0
  return { rows, next: found.length > search.limit && last ? `${last.id}/${last.name_fr ?? ''}` : null, total }
}
