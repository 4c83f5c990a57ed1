import { concatBytes, hexToBytes } from '@noble/hashes/utils.js'
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

/** What a failed statement means to the person at the desk; gives back anything that SQLite did not say. */
export function refusalOf(error: unknown): unknown {
  const code = sqliteCode(error) ?? ''
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return new Refusal('database-busy')
  if (code === 'SQLITE_FULL') return new Refusal('disk-full')
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN')) return new Refusal('store-read-only')
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT') || damagedReads.has(code))
    return new Refusal('database-damaged')
  if (code.startsWith('SQLITE_IOERR')) return new Refusal('disk-failing')
  return error
}
/** Read errors that mean a cut or scrambled file, not a disk that fails. */
const damagedReads = new Set(['SQLITE_IOERR_SHORT_READ', 'SQLITE_IOERR_CORRUPTFS', 'SQLITE_IOERR_DATA'])

function open(path: string, key: Uint8Array, literal: Buffer, isNew: boolean): RawDatabase {
  let db: RawDatabase | undefined
  try {
    db = new Database(path, { timeout: 0, fileMustExist: !isNew })
    db.pragma("cipher='sqlcipher'")
    db.pragma('legacy=4')
    db.key(literal)
    // before any query: a sorter's spill would be plain text in the temp folder
    db.pragma('temp_store=MEMORY')
    db.pragma('mmap_size=0')
    db.pragma('locking_mode=EXCLUSIVE')
    const tables = db.prepare<[], { count: number }>('SELECT count(*) AS count FROM sqlite_master').get()?.count ?? 0
    // an emptied file opens with any key, and would be filled as if the desk were new
    if (tables === 0 && !isNew) throw new Refusal('database-damaged')
    // only before the first table: what was erased gives its pages back (scrub.ts)
    if (tables === 0) db.pragma('auto_vacuum=INCREMENTAL')
    db.pragma('journal_mode=WAL')
    db.pragma('synchronous=FULL')
    db.pragma('foreign_keys=ON')
    db.pragma('secure_delete=ON')
    db.exec('BEGIN EXCLUSIVE; COMMIT')
    teachAuditSeal(db, key)
    return db
  } catch (error) {
    db?.close()
    throw refusalOf(error)
  } finally {
    literal.fill(0)
  }
}

/**
 * Opens an encrypted database for this process alone (decision 3, ADR 0003).
 *
 * `path` is absolute, `key` 32 bytes. The key must already have been proved right by a key slot: a page that fails
 * after that means damage, not a wrong password. Throws Refusal database-busy, database-damaged (also when empty), disk-failing, disk-full, store-read-only.
 */
export function openDatabase(path: string, key: Uint8Array): RawDatabase {
  return open(path, key, rawKeyLiteral(key), false)
}

/**
 * Makes an encrypted database, or opens one, for this process alone.
 *
 * `id` (16 bytes, hex) becomes its first bytes, by which a keyring is known to be its own (docs/formats/keyring.md). Throws as `openDatabase`.
 */
export function createDatabase(path: string, key: Uint8Array, id?: string): RawDatabase {
  const known = id === undefined ? new Uint8Array(0) : hexToBytes(id)
  return open(path, key, rawKeyLiteral(concatBytes(key, known)), true)
}

/** Closes a database after everything was written into its main file. Throws Refusal disk-full, disk-failing; it is closed all the same. */
export function closeWhole(db: RawDatabase): void {
  try {
    db.pragma('wal_checkpoint(TRUNCATE)')
  } catch (error) {
    throw refusalOf(error)
  } finally {
    db.close()
  }
}
