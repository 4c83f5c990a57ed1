import { prepared } from './prepared.ts'
import { birthYear, personKeys } from '#shared/people/person-keys.ts'
import { foldedServiceText } from '#shared/directory/search-words.ts'
import type { RawDatabase } from './open-database.ts'

/** Words under which a service is found beside its own name: labels of its codes and names of its place, both languages. */
export interface SearchWords {
  ofService(codes: readonly string[], pcode: string): string
}

/** Keeps in step under what a case is found to be perhaps of the same person as another one. `isNew`: nothing stands there yet; `sounds`: `personSounds` of the answers. */
export function indexPersonKeys(
  db: RawDatabase,
  n: number | bigint,
  answers: Readonly<Record<string, unknown>>,
  sounds: string[],
  registeredOn: string,
  isNew: boolean,
): void {
  const keys = personKeys(answers, sounds)
  const year = birthYear(answers, registeredOn)
  if (!isNew) {
    const held = prepared<[number | bigint], { key: string; year: number }>(
      db,
      'SELECT key, year FROM person_key WHERE n = ? ORDER BY key',
    ).all(n)
    if (held.length === keys.length && held.every((h, i) => h.key === keys[i] && h.year === year)) return
    prepared(db, 'DELETE FROM person_key WHERE n = ?').run(n)
  }
  const add = prepared(db, 'INSERT INTO person_key (key, n, year) VALUES (?, ?, ?)')
  for (const key of keys) add.run(key, n, year)
}

/** Renews the index lines of a changed row of the directory; called in its transaction, for own and received changes alike. */
export function indexService(db: RawDatabase, words: SearchWords, kind: string, id: string): void {
  if (kind === 'service_point') indexServicePoint(db, words, id)
  if (kind === 'service') {
    for (const p of prepared<[string], { id: string }>(db, 'SELECT id FROM service_point WHERE service_id = ?').all(id))
      indexServicePoint(db, words, p.id)
  }
  if (kind === 'organization') {
    const points = prepared<[string], { id: string }>(
      db,
      'SELECT p.id FROM service s JOIN service_point p ON p.service_id = s.id WHERE s.organization_id = ?',
    )
    for (const p of points.all(id)) indexServicePoint(db, words, p.id)
  }
}

/** Under which number and text a person is in the index, or undefined for nobody. */
export function indexedPerson(db: RawDatabase, id: string): { readonly n: number; readonly search_name: string } | undefined {
  return prepared<[string], { n: number; search_name: string }>(db, 'SELECT n, search_name FROM case_record WHERE id = ?').get(id)
}

/** Puts a person into the index under a new text; `again` when the number is in it already. */
export function indexPerson(db: RawDatabase, n: number | bigint, searchName: string, again: boolean): void {
  prepared(db, `INSERT ${again ? 'OR REPLACE ' : ''}INTO case_search (rowid, text) VALUES (?, ?)`).run(n, searchName)
}

interface PointText {
  readonly n: number
  readonly pcode: string | null
  readonly locality: string | null
  readonly codes: string
  readonly names: string
}

function indexServicePoint(db: RawDatabase, words: SearchWords, id: string): void {
  const row = prepared<[string], PointText>(
    db,
    // a hidden location is not found by its place either
    `SELECT p.n, iif(p.hide_location = 1, NULL, p.pcode) AS pcode, iif(p.hide_location = 1, NULL, p.locality) AS locality,
         coalesce((SELECT group_concat(value, ' ') FROM json_each(s.sectors)), '') || ' ' ||
         coalesce((SELECT group_concat(value, ' ') FROM json_each(s.types)), '') AS codes,
         concat_ws(' ', s.name_fr, s.name_en, o.name_fr, o.name_en) AS names
       FROM service_point p LEFT JOIN service s ON s.id = p.service_id LEFT JOIN organization o ON o.id = s.organization_id
       WHERE p.id = ?`,
  ).get(id)
  if (!row) return
  const text = foldedServiceText(
    `${row.names} ${row.locality ?? ''} ${words.ofService(row.codes.split(' ').filter(Boolean), row.pcode ?? '')}`,
  )
  prepared(db, 'INSERT OR REPLACE INTO service_search (rowid, text) VALUES (?, ?)').run(row.n, text)
}
