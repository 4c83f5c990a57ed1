import type { ReadableDb } from '../../storage/store.ts'

export interface KeyRow {
  readonly key: string
  readonly n: number
  readonly year: number
}

/** The next keys after one of them, by key and row; through the primary key. */
export const keysStatement = 'SELECT key, n, year FROM person_key WHERE (key, n) > (?, ?) ORDER BY key, n LIMIT ?'

export function keysAfter(db: ReadableDb, { key, n }: Pick<KeyRow, 'key' | 'n'>, limit: number): KeyRow[] {
  return db.read<KeyRow>(keysStatement).all(key, n, limit)
}

export function keyCount(db: ReadableDb): number {
  return db.read<{ n: number }>('SELECT count(*) AS n FROM person_key').get()?.n ?? 0
}

/** Copies that this centre itself gave to others: the same person as their origin. */
export const copiesStatement = 'SELECT n FROM case_record WHERE origin_site = ?'

export function ownCopies(db: ReadableDb, site: string): ReadonlySet<number> {
  return new Set(
    db
      .read<{ n: number }>(copiesStatement)
      .all(site)
      .map((r) => r.n),
  )
}

/** Pairs about which somebody decided, as `n/n`, the lesser first; those of the links in `except` are left out. */
export function decidedPairs(db: ReadableDb, except: ReadonlySet<string>): ReadonlySet<string> {
  const rows = db
    .read<{ id: string; a: number; b: number }>(
      `SELECT l.id, a.n AS a, b.n AS b FROM case_link l JOIN case_record a ON a.id = l.case_a JOIN case_record b ON b.id = l.case_b
       WHERE l.verdict <> 'none'`,
    )
    .all()
  return new Set(rows.filter((r) => !except.has(r.id)).map((r) => pairName(r.a, r.b)))
}

/** One name for a pair, whichever comes first. */
export function pairName(a: number, b: number): string {
  return a < b ? `${a}/${b}` : `${b}/${a}`
}
