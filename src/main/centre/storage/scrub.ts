import type { RawDatabase } from './open-database.ts'
import { prepared } from './prepared.ts'
import { readSetting } from './settings.ts'

/** The setting that an erasure leaves in its own transaction: a killed process must not leave the old bytes behind. */
export const scrubDue = 'scrub.due'

/**
 * Takes the last traces of erased rows out of the database's files, outside transactions; nothing happens when nothing was erased.
 *
 * `secure_delete` overwrites rows, but the search index keeps the words of a removed line until its segments are merged, and the log of
 * writes keeps old pages until it is cut. Freed pages go back to the system.
 */
export function scrub(db: RawDatabase): void {
  if (readSetting(db, scrubDue) === undefined) return
  prepared(db, "INSERT INTO case_search (case_search) VALUES ('optimize')").run()
  prepared(db, "INSERT INTO service_search (service_search) VALUES ('optimize')").run()
  db.pragma('incremental_vacuum')
  prepared(db, 'DELETE FROM setting WHERE key = ?').run(scrubDue)
  db.pragma('wal_checkpoint(TRUNCATE)')
}
