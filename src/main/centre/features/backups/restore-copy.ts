import { foldName } from '#shared/cases/fold-name.ts'
import type { AppStatus } from '#shared/security/contract.ts'
import { mayDo } from '#shared/permissions.ts'
import { Refusal } from '#shared/result.ts'
import { instantAt } from '../../desk-day.ts'
import type { Keyring } from '../../crypto/keyring.ts'
import type { CallContext, CallOutput, CallReceived } from '../../feature.ts'
import type { Files } from '../../ports.ts'
import { readyToRestore } from '../../storage/copied-database.ts'
import { shippedMigrations } from '../../storage/migrate.ts'
import { databaseIdOf, dropRestoring, readKeyrings, restoring, storeFile, type Desk } from '../security/index.ts'
import { copyKeyOf, extractDatabase, openSource } from './copy-source.ts'

/** Whether the copy is of the desk that is here, by its database or, where that is damaged, by a keyring beside it. Read while it is closed. */
function relationTo(files: Files, { db }: Keyring): 'none' | 'own' | 'other' {
  if (!files.exists(storeFile)) return 'none'
  try {
    if (databaseIdOf(files, storeFile) === db || readKeyrings(files, db)?.some((ring) => ring.db === db)) return 'own'
  } catch {
    // nothing can be read that would say so
  }
  return 'other'
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
        const relation = relationTo(files, copy.ring)
        const typed = input.key
        key = await copyKeyOf(ports.secrets, desk.keys.attempts, copy.ring, typed, relation === 'own')
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
          desk: relation,
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
