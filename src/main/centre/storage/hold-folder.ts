import Database from 'better-sqlite3'
import type { Files } from '../ports.ts'
import { refusalOf, sqliteCode } from './open-database.ts'

const lockFile = 'desk.lock'

/**
 * Keeps every other process out of the data folder until `release` or until this process ends, however it ends (S43).
 *
 * A lock of the system on an empty SQLite file, not a mark that somebody must take away: a killed process leaves nothing that locks out.
 * Throws Refusal database-busy while another process has the folder, store-read-only where nothing can be written.
 */
export function holdFolder(files: Files): { release(): void } {
  try {
    return hold(files.dataPath(lockFile))
  } catch (error) {
    if (sqliteCode(error) !== 'SQLITE_NOTADB' && sqliteCode(error) !== 'SQLITE_CORRUPT') throw refusalOf(error)
    // something else was written into it; nobody holds it, or the answer had been BUSY
    files.remove(lockFile)
    return hold(files.dataPath(lockFile))
  }
}

function hold(path: string): { release(): void } {
  const db = new Database(path, { timeout: 0 })
  try {
    db.pragma('journal_mode=MEMORY')
    db.exec('BEGIN EXCLUSIVE')
    return { release: () => void db.close() }
  } catch (error) {
    db.close()
    throw error
  }
}
