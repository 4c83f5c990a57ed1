import { Refusal } from '#shared/result.ts'
import type { Files } from '../ports.ts'
import { refusalOf, type RawDatabase } from './open-database.ts'

/** Kept of each reason: an update that went wrong is often noticed only after many imports. */
const backupsKept = 3
const folder = 'backups'
const keyringEnd = '.keyring.json'
/** Of the copy of `vault.db` that belongs to a backup. */
const vaultEnd = '.vault'
const backupName = /^(\d{6})-(\d{8})-(import|migration|renewal)\.db$/
/** Days after which an automatic copy goes: what was erased since lies in it until then (do-no-harm, certificates of erasure). */
export const backupDaysMax = 90
const dayMilliseconds = 86_400_000

/** Why a copy is made: before an import, before a migration, or because every other copy is too old to be kept. */
export type BackupReason = 'import' | 'migration' | 'renewal'

/** The day of an instant in UTC as it stands in names: YYYYMMDD. */
const dayOf = (milliseconds: number): string =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: 'UTC' }).format(milliseconds).replace(/\D/g, '')

/** Names with the oldest first. By number, not by date: a PC whose clock starts in 1980 would throw its newest copy away. */
function backupsOf(files: Files, reason: string): readonly string[] {
  return files
    .list(folder)
    .filter((f) => backupName.exec(f)?.[3] === reason)
    .toSorted()
}

/** Throws unless the copy opens with this database's own key, each of its pages is whole, and it holds the same audit trail. */
function proveCopy(db: RawDatabase, path: string): void {
  db.prepare('ATTACH ? AS proof').run(path)
  try {
    const answer = db.pragma('proof.quick_check', { simple: true })
    const same = db
      .prepare<[], { same: number }>('SELECT (SELECT max(seq) FROM main.audit) IS (SELECT max(seq) FROM proof.audit) AS same')
      .get()?.same
    if (answer !== 'ok' || same !== 1) throw new Refusal('disk-failing')
  } finally {
    db.exec('DETACH proof')
  }
}

/**
 * A keyed copy of the whole database with its keyring, inside the data folder (decision 4: `VACUUM INTO`, never `db.backup`).
 *
 * `keyring` is a whole keyring's text, `vault` a copy of `vault.db`. Written as `.part`, proved by reading it back, then renamed; only then the oldest beyond three of the
 * same reason are removed, so that a good copy never goes before a better one stands. Returns the name. Must not run inside a transaction.
 * Throws Refusal disk-full, disk-failing, store-read-only; then nothing stays behind.
 */
export function makeBackup(
  db: RawDatabase,
  files: Files,
  copy: {
    readonly reason: BackupReason
    readonly keyring: Uint8Array
    readonly vault: Uint8Array | undefined
    readonly now: number
  },
): string {
  const number = Math.max(0, ...files.list(folder).map((f) => Number(/^(\d{6})-/.exec(f)?.[1] ?? 0))) + 1
  const name = `${folder}/${String(number).padStart(6, '0')}-${dayOf(copy.now)}-${copy.reason}`
  const part = `${name}.db.part`
  try {
    files.remove(part)
    files.replace(`${name}${keyringEnd}`, copy.keyring)
    if (copy.vault) files.replace(`${name}${vaultEnd}`, copy.vault)
    db.prepare('VACUUM INTO ?').run(files.dataPath(part))
    try {
      proveCopy(db, files.dataPath(part))
    } catch (error) {
      const refusal = refusalOf(error)
      // the source was just read whole: it is the disk that does not keep what it is given
      throw refusal instanceof Refusal && refusal.code !== 'database-damaged' ? refusal : new Refusal('disk-failing')
    }
    files.rename(part, `${name}.db`)
  } catch (error) {
    tidily(() => files.remove(part))
    for (const end of [keyringEnd, vaultEnd]) tidily(() => files.remove(`${name}${end}`))
    throw refusalOf(error)
  }
  for (const old of backupsOf(files, copy.reason).slice(0, -backupsKept)) removeBackup(files, old)
  return `${name}.db`
}

/** The keyrings beside the copies, with their folder. */
export function backupKeyrings(files: Files): string[] {
  return files
    .list(folder)
    .filter((f) => f.endsWith(keyringEnd))
    .map((f) => `${folder}/${f}`)
}

function removeBackup(files: Files, name: string): void {
  tidily(() => files.remove(`${folder}/${name}`))
  for (const end of [keyringEnd, vaultEnd]) tidily(() => files.remove(`${folder}/${name.replace(/\.db$/, end)}`))
}

/**
 * Takes away the copies that are older than 90 days by the PC's clock; `renew` makes a new one first when no younger one stands.
 *
 * Returns how many went. Throws what `renew` throws; then all of them stay.
 */
export function expireBackups(files: Files, now: number, renew: () => void): number {
  const all = files.list(folder).filter((f) => backupName.test(f))
  const last = dayOf(now - backupDaysMax * dayMilliseconds)
  const old = all.filter((f) => (backupName.exec(f)?.[2] ?? '') <= last)
  if (old.length === 0) return 0
  // never without any copy: the newest of the old ones is still better than none
  if (old.length === all.length) renew()
  for (const name of old) removeBackup(files, name)
  return old.length
}

/** Removes the keyrings and vault copies of backups that a killed process never finished or was taking away. Only while no other process has the folder. */
export function removeHalfBackups(files: Files): void {
  const names = files.list(folder)
  for (const f of names)
    for (const end of [keyringEnd, vaultEnd])
      if (f.endsWith(end) && !names.includes(`${f.slice(0, -end.length)}.db`)) tidily(() => files.remove(`${folder}/${f}`))
}

/** Tidying up must not fail what was done. */
function tidily(work: () => void): void {
  try {
    work()
  } catch {
    // it stays, and takes some space
  }
}
