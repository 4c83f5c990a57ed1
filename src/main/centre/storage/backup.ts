import { Refusal } from '#shared/result.ts'
import type { Files } from '../ports.ts'
import { copyDay, copyFiles, keptCopies, nextCopyId, removeCopy, surplusCopies, tidily, type CopyReason } from './kept-copies.ts'
import { refusalOf, type RawDatabase } from './open-database.ts'
import { readableDb } from './prepared.ts'
import { databaseBytes, needSpace } from './space.ts'

export type BackupReason = Exclude<CopyReason, 'aside'>

/** Days after which a copy goes: what was erased since lies in it until then (do-no-harm, certificates of erasure). */
export const backupDaysMax = 90
const dayMilliseconds = 86_400_000
/** Copies for which the disk must have room left, or fewer are kept. */
const copiesOfRoom = 3

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
 * `keyring` is a whole keyring's text, `vault` a copy of `vault.db`. Written as `.part`, proved by reading it back, then renamed; only then
 * those of the same reason that are too many go, so that a good copy never goes before a better one stands. Returns its id. Must not run
 * inside a transaction. Throws Refusal disk-full, disk-failing, store-read-only; then nothing stays behind.
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
  const id = nextCopyId(files, copy.reason, copy.now)
  const { database, keyring, vault } = copyFiles(id)
  const part = `${database}.part`
  needSpace(files, databaseBytes(readableDb(db)))
  try {
    files.remove(part)
    files.replace(keyring, copy.keyring)
    if (copy.vault) files.replace(vault, copy.vault)
    db.prepare('VACUUM INTO ?').run(files.dataPath(part))
    try {
      proveCopy(db, files.dataPath(part))
    } catch (error) {
      const refusal = refusalOf(error)
      // the source was just read whole: it is the disk that does not keep what it is given
      throw refusal instanceof Refusal && refusal.code !== 'database-damaged' ? refusal : new Refusal('disk-failing')
    }
    files.rename(part, database)
  } catch (error) {
    tidily(() => files.remove(part))
    for (const name of [keyring, vault]) tidily(() => files.remove(name))
    throw refusalOf(error)
  }
  const few = files.freeBytes() < files.size(database) * copiesOfRoom
  for (const old of surplusCopies(keptCopies(files), copy.reason, few)) removeCopy(files, old.id)
  return id
}

/**
 * Takes away the copies that are older than 90 days by the PC's clock; `renew` makes a new one first when no younger one stands.
 *
 * Returns how many went. Throws what `renew` throws; then all of them stay.
 */
export function expireBackups(files: Files, now: number, renew: () => void): number {
  const all = keptCopies(files)
  const last = copyDay(now - backupDaysMax * dayMilliseconds)
  const old = all.filter((c) => c.day <= last)
  if (old.length === 0) return 0
  // never without any copy: the newest of the old ones is still better than none
  if (old.length === all.length) renew()
  for (const { id } of old) removeCopy(files, id)
  return old.length
}
