import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { assertInvariant } from '#shared/assert.ts'
import { Refusal } from '#shared/result.ts'
import { refusalOf, type RawDatabase } from './open-database.ts'

export interface Migration {
  readonly name: string
  readonly sql: string
}

/** The shipped migrations in order: one folder each, `<timestamp>_<name>/migration.sql`. */
export function shippedMigrations(shipped: {
  list(folder: string): readonly string[]
  text(name: string): string
}): readonly Migration[] {
  return shipped
    .list('migrations')
    .filter((name) => /^\d{14}_\w+$/.test(name))
    .toSorted()
    .map((name) => ({ name, sql: shipped.text(`migrations/${name}/migration.sql`) }))
}

/** SHA-256 of a migration's text with Unix line ends, as pinned in the database and in test/migrations. */
export function migrationHash(migration: Migration): string {
  return bytesToHex(sha256(utf8ToBytes(migration.sql.replaceAll('\r\n', '\n'))))
}

const journalTable = 'CREATE TABLE schema_migration (position INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL) STRICT'

/** The migrations that a database went through; none for a fresh one. Throws Refusal database-altered if it has tables but no such list. */
function appliedTo(db: RawDatabase, schema = 'main'): readonly { readonly name: string; readonly hash: string }[] {
  const tables = db.prepare<[], { name: string }>(`SELECT name FROM ${schema}.sqlite_master WHERE type = 'table'`).all()
  if (tables.length === 0) return []
  if (!tables.some((t) => t.name === 'schema_migration')) throw new Refusal('database-altered')
  return db
    .prepare<[], { name: string; hash: string }>(`SELECT name, hash FROM ${schema}.schema_migration ORDER BY position`)
    .all()
}

/**
 * How many of the migrations the database of a schema went through; nothing is written.
 *
 * Throws Refusal database-newer if it knows a migration that we do not, database-altered if one of ours was edited since or is missing in between.
 */
export function refuseUnknown(db: RawDatabase, migrations: readonly Migration[], schema = 'main'): number {
  const applied = appliedTo(db, schema)
  applied.forEach((done, i) => {
    const ours = migrations[i]
    if (!migrations.some((m) => m.name === done.name)) throw new Refusal('database-newer')
    if (ours === undefined || ours.name !== done.name || migrationHash(ours) !== done.hash) throw new Refusal('database-altered')
  })
  return applied.length
}

/**
 * Brings a database to the shipped schema (ADR 0007): our own wrapper, because drizzle's migrator skips an older-stamped migration,
 * ignores edits to released ones and opens a newer database without a word.
 *
 * Takes `beforeChange`, called once when there is something to do on a database that has data (it makes the backup).
 * Returns how many migrations were there and how many are now. Before anything is written, throws as `refuseUnknown`. Throws disk-full and
 * its like with the database as it was.
 */
export function migrate(
  db: RawDatabase,
  migrations: readonly Migration[],
  beforeChange: () => void,
): { readonly from: number; readonly to: number } {
  const applied = refuseUnknown(db, migrations)
  const pending = migrations.slice(applied)
  if (pending.length === 0) return { from: applied, to: applied }
  if (applied > 0) beforeChange()
  // SQLite ignores this pragma inside a transaction
  db.pragma('foreign_keys=OFF')
  try {
    db.transaction(() => {
      if (applied === 0) db.exec(journalTable)
      for (const migration of pending) {
        db.exec(migration.sql)
        db.prepare('INSERT INTO schema_migration (name, hash) VALUES (?, ?)').run(migration.name, migrationHash(migration))
      }
      assertInvariant((db.pragma('foreign_key_check') as unknown[]).length === 0, 'foreign keys after migration')
    }).immediate()
  } catch (error) {
    throw refusalOf(error)
  } finally {
    db.pragma('foreign_keys=ON')
  }
  return { from: applied, to: migrations.length }
}
