import type { RawDatabase } from './open-database.ts'
import { keepSetting, readSetting } from './settings.ts'

const key = 'journal.orphans'

/** Rows (`kind/row`) of which changes are held and no insert yet: they are made from the journal once it comes. */
export function readOrphans(db: RawDatabase): Set<string> {
  return new Set(readSetting(db, key)?.split(' ').filter(Boolean))
}

/** Keeps the set; inside the caller's transaction. */
export function keepOrphans(db: RawDatabase, orphans: ReadonlySet<string>): void {
  keepSetting(db, key, [...orphans].join(' '))
}
