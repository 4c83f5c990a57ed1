import type { RawDatabase } from './open-database.ts'
import { prepared, readableDb } from './prepared.ts'
import type { ReadableDb } from './store.ts'

/** A setting of this database, or undefined. Settings are local: never exchanged. */
export function settingOf(db: ReadableDb, key: string): string | undefined {
  return db.read<{ value: string }>('SELECT value FROM setting WHERE key = ?').get(key)?.value
}

/** As `settingOf`, of a connection. */
export function readSetting(db: RawDatabase, key: string): string | undefined {
  return settingOf(readableDb(db), key)
}

/** Keeps a setting, in place of what was there; inside the caller's transaction. */
export function keepSetting(db: RawDatabase, key: string, value: string): void {
  prepared(db, 'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(
    key,
    value,
  )
}
