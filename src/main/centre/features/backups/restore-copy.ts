import { foldName } from '#shared/cases/fold-name.ts'
import type { AppStatus } from '#shared/security/contract.ts'
import { mayDo } from '#shared/permissions.ts'
import { Refusal } from '#shared/result.ts'
import { instantAt } from '../../desk-day.ts'
import type { CallContext, CallOutput, CallReceived } from '../../feature.ts'
import type { Files } from '../../ports.ts'
import { readyToRestore } from '../../storage/copied-database.ts'
import { shippedMigrations } from '../../storage/migrate.ts'
import { databaseIdOf, dropRestoring, restoring, storeFile, type Desk } from '../security/index.ts'
import { copyKeyOf, extractDatabase, openSource } from './copy-source.ts'

/** Of the desk that is here; undefined on an empty PC. Read while it is closed. */
function presentId(files: Files): string | undefined {
  return files.exists(storeFile) ? databaseIdOf(files, storeFile) : undefined
}

/** Puts a copy in the place of the desk: read and proved beside it first, then swapped in by renames (security/restore-swap.ts). */
export function copyRestore(desk: Desk, files: Files) {
  /** Name of the place of what lies ready. */
  let ready: string | undefined

  function drop(): void {
    ready = undefined
    dropRestoring(files)
  }

  return {
    /** See backups.prepareRestore. */
    async prepare(
      input: CallReceived<'backups.prepareRestore'>,
      { ports, job }: Pick<CallContext, 'ports' | 'job'>,
    ): Promise<CallOutput<'backups.prepareRestore'>> {
      if (desk.isOpen()) throw new Refusal('busy')
      drop()
      const running = job(input.job)
      const copy = await openSource(files, input.source)
      let key: Uint8Array | undefined
      try {
        const present = presentId(files)
        const ownDesk = present === copy.ring.db
        const typed = input.key
        key = await copyKeyOf(ports.secrets, desk.keys.attempts, copy.ring, typed, ownDesk)
        await extractDatabase(files, copy, restoring, running)
        const found = readyToRestore(
          files.dataPath(restoring.database),
          key,
          shippedMigrations(ports.shipped),
          (read, rolesOf) => {
            const user = typed.kind === 'password' ? rolesOf(typed.login) : undefined
            if (user && !mayDo(user.roles, 'backup.restore')) throw new Refusal('copy-needs-supervisor')
            return JSON.stringify({ by: user?.id ?? 'paper', until: read.until })
          },
        )
        for (const name of restoring.keyrings) files.replace(name, copy.keyring)
        if (copy.vault.length > 0) files.replace(restoring.vault, copy.vault)
        ready = found.site.name
        return {
          siteName: ready,
          until: instantAt(found.until),
          desk: present === undefined ? 'none' : ownDesk ? 'own' : 'other',
        }
      } catch (error) {
        drop()
        throw error
      } finally {
        key?.fill(0)
        await copy.close()
      }
    },
    /** See backups.restore. */
    restore(siteName: string): AppStatus {
      if (ready === undefined) throw new Refusal('not-found')
      if (foldName(siteName) !== foldName(ready)) throw new Refusal('bad-input', { field: 'siteName' })
      const status = desk.restore()
      ready = undefined
      return status
    },
    drop,
  }
}
