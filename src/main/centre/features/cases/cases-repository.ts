import type { Answers } from '#shared/forms/form-definition.ts'
import { personQuery } from '#shared/people/person-search.ts'
import { regionStream } from '#shared/sync/stream.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { guardedCondition, keptCondition, owedCondition } from '../../storage/owed-cases.ts'
import { storedJson } from '../../storage/stored-json.ts'

export interface CaseRecord {
  readonly id: string
  readonly stream: string
  readonly number: string
  readonly status: 'draft' | 'active' | 'closed'
  readonly registered_on: string
  readonly form_version: string
  readonly created_by: string | null
  /** Null: whoever created it has it. */
  readonly assigned_to: string | null
  readonly assignment_asked_by: string | null
  /** Names at this desk; null for nobody, or somebody of another one. */
  readonly counsellor: string | null
  readonly asked_by_name: string | null
  readonly origin_site: string | null
  readonly answers: Answers
  readonly updated_at: number
  readonly referrals_open: number
}
interface CaseRaw extends Omit<CaseRecord, 'answers'> {
  readonly answers: string
}

const columns = `c.id, c.stream, c.number, c.status, c.registered_on, c.form_version, c.created_by, c.assigned_to,
  c.assignment_asked_by, c.origin_site, c.answers, c.updated_at,
  (SELECT name FROM app_user u WHERE u.id = coalesce(c.assigned_to, c.created_by)) AS counsellor,
  (SELECT name FROM app_user u WHERE u.id = c.assignment_asked_by) AS asked_by_name,
  (SELECT count(*) FROM referral r WHERE r.case_id = c.id
    AND r.status NOT IN ('declined', 'confirmed', 'partial', 'lost', 'cancelled', 'withdrawn', 'rerouted')) AS referrals_open`

const parsed = (raw: CaseRaw): CaseRecord => ({ ...raw, answers: storedJson<Answers>(raw.answers) })

/** The number of figures that were kept of an anonymised case: nobody's, in no list. */
export const figureNumber = ''

/** Rows this desk may see: its own region's, and what other centres handed to it; no figures. */
const visible = "(c.stream = ? OR c.stream GLOB 'mbx:*:' || ?) AND c.number <> ''"

/** One case by id, if it belongs to this desk. */
export function findCase(db: ReadableDb, siteCode: string, id: string): CaseRecord | undefined {
  const raw = db
    .read<CaseRaw>(`SELECT ${columns} FROM case_record c WHERE c.id = ? AND ${visible}`)
    .get(id, regionStream(siteCode), siteCode)
  return raw && parsed(raw)
}

/** One case by the number of its row, if it belongs to this desk. */
export function findCaseAt(db: ReadableDb, siteCode: string, n: number): CaseRecord | undefined {
  const raw = db
    .read<CaseRaw>(`SELECT ${columns} FROM case_record c WHERE c.n = ? AND ${visible}`)
    .get(n, regionStream(siteCode), siteCode)
  return raw && parsed(raw)
}

interface Condition {
  readonly sql: string
  readonly bound: readonly string[]
}

/** What a list of cases is asked for. */
export interface CaseSearch {
  readonly text: string
  readonly after: string | null
  readonly limit: number
  readonly show: 'all' | 'incomplete'
  /** Which of them may be filled in, for `incomplete`. */
  readonly mine: Condition
  /** Of which of them the confidential answers may be read, if need be with a reason. */
  readonly readable: Condition
}

/** Who is found by a text; undefined when it holds no word. */
function foundBy(text: string, readable: Condition): Condition | undefined {
  const query = personQuery(text)
  if (!query) return undefined
  if (readable.sql === '1') return { sql: 's.text MATCH ?', bound: [query.ofReadable] }
  if (readable.sql === '0' || query.ofReadable === query.ofAnybody) return { sql: 's.text MATCH ?', bound: [query.ofAnybody] }
  return {
    sql: `s.text MATCH ? AND (c.n IN (SELECT rowid FROM case_search WHERE text MATCH ?) OR ${readable.sql})`,
    bound: [query.ofReadable, query.ofAnybody, ...readable.bound],
  }
}

/**
 * The statement of a page of cases, with what is bound to it; undefined when the text holds no word, so that nobody is found.
 *
 * Who is found is sought once, for the page and the number of all; a card is read for the rows of the page alone.
 */
export function caseListStatement(
  siteCode: string,
  { text, after, limit, show, mine, readable }: CaseSearch,
): { readonly sql: string; readonly bound: readonly (string | number)[] } | undefined {
  const everybody: Condition = { sql: '1', bound: [] }
  const isSought = text.trim() !== ''
  const found = isSought ? foundBy(text, readable) : everybody
  if (!found) return undefined
  const open: Condition =
    show === 'all' ? everybody : { ...mine, sql: `c.status = 'draft' AND c.origin_site IS NULL AND ${mine.sql}` }
  const from = isSought ? 'case_search s CROSS JOIN case_record c INDEXED BY case_record_found ON c.n = s.rowid' : 'case_record c'
  const [afterAt, afterN] = after === null ? [] : after.split('/').map(Number)
  const page = afterAt === undefined ? '' : 'WHERE (updated_at, n) < (?, ?)'
  return {
    sql: `WITH found AS ${isSought ? '' : 'NOT '}MATERIALIZED
      (SELECT c.n, c.updated_at FROM ${from} WHERE ${found.sql} AND ${visible} AND ${open.sql})
      SELECT t.total, c.n, ${columns} FROM (SELECT count(*) AS total FROM found) t
        LEFT JOIN (SELECT n, updated_at FROM found ${page} ORDER BY updated_at DESC, n DESC LIMIT ?) p
        LEFT JOIN case_record c ON c.n = p.n ORDER BY p.updated_at DESC, p.n DESC`,
    bound: [
      ...found.bound,
      regionStream(siteCode),
      siteCode,
      ...open.bound,
      ...(afterAt === undefined ? [] : [afterAt, afterN ?? 0]),
      limit + 1,
    ],
  }
}

/** A page of cases, newest change first; keyset `updated_at/n`. `text` as `personQuery` has it. */
export function listCases(
  db: ReadableDb,
  siteCode: string,
  search: CaseSearch,
): { rows: CaseRecord[]; next: string | null; total: number } {
  const statement = caseListStatement(siteCode, search)
  if (!statement) return { rows: [], next: null, total: 0 }
  const raws = db.read<CaseRaw & { n: number | null; total: number }>(statement.sql).all(...statement.bound)
  const found = raws.filter((raw) => raw.n !== null)
  const page = found.slice(0, search.limit)
  const last = page.at(-1)
  return {
    rows: page.map(({ n: _n, total: _total, ...raw }) => parsed(raw)),
    next: found.length > search.limit && last ? `${last.updated_at}/${last.n}` : null,
    total: raws[0]?.total ?? 0,
  }
}

/** Ids of cases with a name of one of these keys, those with most of them first, whoever may see them. */
export function casesOfSound(db: ReadableDb, keys: readonly string[], limit: number): string[] {
  return db
    .read<{ id: string }>(
      'SELECT c.id FROM case_search s JOIN case_record c ON c.n = s.rowid WHERE s.text MATCH ? ORDER BY s.rank LIMIT ?',
    )
    .all(keys.map((key) => `"${key}"`).join(' OR '), limit)
    .map((row) => row.id)
}

/** Today's cases of each kind, by an index of their own: a card is long, and most owe nothing. Bound: today, and the same day 18 years ago. */
export const taskStatement = `SELECT n FROM case_record WHERE ${owedCondition}
  UNION ALL SELECT n FROM case_record WHERE ${keptCondition} AND json_extract(answers, '$.retention_until') <= ?
  UNION ALL SELECT n FROM case_record WHERE ${guardedCondition} AND json_extract(answers, '$.birth_date') <= ?`

/** The centre's own cases of which a right or a deadline may ask something, oldest first. `day` is YYYY-MM-DD. */
export function taskCases(db: ReadableDb, siteCode: string, day: string): CaseRecord[] {
  const ofAge = `${Number(day.slice(0, 4)) - 18}${day.slice(4)}`
  return db
    .read<CaseRaw>(
      `SELECT ${columns} FROM case_record c WHERE c.n IN (${taskStatement}) AND c.stream = ? AND c.number <> '' ORDER BY c.n`,
    )
    .all(day, ofAge, regionStream(siteCode))
    .map(parsed)
}

/** How many cases there are of which figures alone were kept. */
export function figuresKept(db: ReadableDb): number {
  return db.read<{ n: number }>('SELECT count(*) AS n FROM case_record WHERE number = ?').get(figureNumber)?.n ?? 0
}

/** How many people with two such names are looked at: one is enough to warn. */
const namesakesMax = 50

/** People of the register whose names hold both words of a pair, whoever's case it is; one statement for all pairs. */
export function peopleNamed(
  db: ReadableDb,
  pairs: readonly (readonly [string, string])[],
  exceptCase: string | null,
): { readonly first: string; readonly second: string; readonly answers: Answers }[] {
  return db
    .read<{ first: string; second: string; answers: string }>(
      `SELECT p.value ->> 0 AS first, p.value ->> 1 AS second, c.answers
       FROM json_each(?) p JOIN case_search s ON s.text MATCH '"' || (p.value ->> 0) || '" "' || (p.value ->> 1) || '"'
         JOIN case_record c ON c.n = s.rowid WHERE c.id <> ? LIMIT ${namesakesMax}`,
    )
    .all(JSON.stringify(pairs), exceptCase ?? '')
    .map((raw) => ({ ...raw, answers: storedJson<Answers>(raw.answers) }))
}
