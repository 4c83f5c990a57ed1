import { keyringText } from '../../crypto/keyring.ts'
import type { Ports } from '../../ports.ts'
import { expireBackups, makeBackup, type BackupReason } from '../../storage/backup.ts'
import type { RawDatabase } from '../../storage/open-database.ts'
import type { DeskKeys } from './keys.ts'
import type { deskVault } from './vault.ts'

/** Copies of an open database with the keyring of this moment and the vault. */
export function deskCopies(ports: Ports, keys: DeskKeys, vault: ReturnType<typeof deskVault>) {
  const { files, clock, log } = ports
  /** Returns its id. Throws as `makeBackup`. */
  function make(db: RawDatabase, reason: BackupReason): string {
    const id = makeBackup(db, files, { reason, keyring: keyringText(keys.current()), vault: vault.copyOf(db), now: clock.now() })
    log.write({ event: 'backup-made' })
    return id
  }
  return {
    make,
    /** Takes away those that are too old. Never throws: without room for a new one the old ones stay until there is. */
    expire(db: RawDatabase): void {
      try {
        const gone = expireBackups(files, clock.now(), () => void make(db, 'renewal'))
        if (gone > 0) log.write({ event: 'backup-removed' })
      } catch {
        // nobody is kept from working by it
      }
    },
  }
}
