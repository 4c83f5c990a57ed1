import Database from 'better-sqlite3'
import { Refusal } from '#shared/result.ts'
import { teachAuditSeal } from './audit-chain.ts'

export type RawDatabase = Database.Database

const hexDigits = '0123456789abcdef'

/** `x'…'` as bytes, so that no immutable string of the key is left behind. */
function rawKeyLiteral(key: Uint8Array): Buffer {
  const literal = Buffer.alloc(key.length * 2 + 3)
  literal.write("x'", 0)
  key.forEach((byte, i) => {
    literal[2 + i * 2] = hexDigits.charCodeAt(byte >> 4)
    literal[3 + i * 2] = hexDigits.charCodeAt(byte & 15)
  })
  literal.write("'", literal.length - 1)
  return literal
}

/** SQLite's own code of an error, or undefined. */
export function sqliteCode(error: unknown): string | undefined {
  return error instanceof Database.SqliteError ? error.code : undefined
}

/** What a failed statement means to the person at the desk. Rethrows anything that SQLite did not say. */
export function refusalOf(error: unknown): unknown {
  const code = sqliteCode(error) ?? ''
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return new Refusal('database-busy')
  if (code === 'SQLITE_FULL') return new Refusal('disk-full')
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_CANTOPEN') return new Refusal('disk-read-only')
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_IOERR'))
    return new Refusal('database-damaged')
  return error
}

/**
 * Opens (or creates) an encrypted database for this process alone (decision 3, ADR 0003).
 *
 * `path` is absolute, `key` 32 bytes. The key must already have been proved right by a key slot: a page that fails
 * after that means damage, not a wrong password. Throws Refusal database-busy, database-damaged, disk-read-only.
 */
export function openDatabase(path: string, key: Uint8Array): RawDatabase {
  let db: RawDatabase | undefined
  try {
    db = new Database(path, { timeout: 0 })
    db.pragma("cipher='sqlcipher'")
    db.pragma('legacy=4')
    const literal = rawKeyLiteral(key)
    db.key(literal)
    literal.fill(0)
    // before any query: a sorter's spill would be plain text in the temp folder
    db.pragma('temp_store=MEMORY')
    db.pragma('mmap_size=0')
    db.pragma('locking_mode=EXCLUSIVE')
    db.pragma('journal_mode=WAL')
    db.pragma('synchronous=FULL')
    db.pragma('foreign_keys=ON')
    db.pragma('secure_delete=ON')
    db.exec('BEGIN EXCLUSIVE; COMMIT')
    db.prepare('SELECT count(*) FROM sqlite_master').get()
    teachAuditSeal(db, key)
    return db
  } catch (error) {
    db?.close()
    throw refusalOf(error)
  }
}
