import type { Files } from '../ports.ts'
import { refusalOf, type RawDatabase } from './open-database.ts'

const backupsKept = 3
const keyringEnd = '.keyring.json'

/**
 * A keyed copy of the whole database with its keyring, inside the data folder (decision 4: `VACUUM INTO`, never `db.backup`).
 *
 * `reason` becomes part of the name. Written as `.part`, then renamed; the oldest beyond three are removed. Returns the name.
 * Must not run inside a transaction. Throws Refusal disk-full, disk-read-only; then nothing stays behind.
 */
export function makeBackup(db: RawDatabase, files: Files, reason: 'import' | 'migration', nowMilliseconds: number): string {
  const day = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone: 'UTC' }).format(
    nowMilliseconds,
  )
  const name = `backups/${day.replace(/\D/g, '')}-${reason}`
  if (files.exists('keyring.json')) files.replace(`${name}${keyringEnd}`, files.read('keyring.json'))
  const part = `${name}.db.part`
  files.remove(part)
  try {
    db.prepare('VACUUM INTO ?').run(files.dataPath(part))
    files.rename(part, `${name}.db`)
  } catch (error) {
    files.remove(part)
    files.remove(`${name}${keyringEnd}`)
    throw refusalOf(error)
  }
  const old = files
    .list('backups')
    .filter((f) => f.endsWith('.db'))
    .toSorted()
    .slice(0, -backupsKept)
  for (const f of old) {
    files.remove(`backups/${f}`)
    files.remove(`backups/${f.replace(/\.db$/, keyringEnd)}`)
  }
  return `${name}.db`
}

/** Removes the keyrings of backups that a killed process never finished; called at the start. */
export function removeHalfBackups(files: Files): void {
  const names = files.list('backups')
  for (const f of names)
    if (f.endsWith(keyringEnd) && !names.includes(`${f.slice(0, -keyringEnd.length)}.db`)) files.remove(`backups/${f}`)
}
