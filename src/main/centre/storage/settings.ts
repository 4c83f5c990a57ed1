import type { RawDatabase } from './open-database.ts'
import { prepared } from './prepared.ts'

/** A setting of this database, or undefined. Settings are local: never exchanged. */
export function readSetting(db: RawDatabase, key: string): string | undefined {
  return prepared<[string], { value: string }>(db, 'SELECT value FROM setting WHERE key = ?').get(key)?.value
}

/** Keeps a setting, in place of what was there; inside the caller's transaction. */
export function keepSetting(db: RawDatabase, key: string, value: string): void {
  prepared(db, 'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(
    key,
    value,
  )
}
