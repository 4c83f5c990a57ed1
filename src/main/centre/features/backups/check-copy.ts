import { scopesOf } from '#shared/permissions.ts'
import { Refusal } from '#shared/result.ts'
import { uncoverVault } from '../../crypto/vault-file.ts'
import { instantAt } from '../../desk-day.ts'
import type { CallContext, CallOutput, CallReceived } from '../../feature.ts'
import { readAttached, readCopied, type CopiedDatabase } from '../../storage/copied-database.ts'
import { checkedFile } from '../../storage/leftovers.ts'
import { shippedMigrations } from '../../storage/migrate.ts'
import type { Desk } from '../security/index.ts'
import { refuseInTraining } from '../sync/index.ts'
import { copyKeyOf, extractDatabase, openSource } from './copy-source.ts'

const checkedLog = `${checkedFile}-wal`

/**
 * See backups.check. How many cases there are is told to whoever may find all of this desk, of copies of this desk alone. Of its vault it is only asked
 * whether the outer layer opens, which every desk's does (H12).
 */
export async function checkCopy(
  input: CallReceived<'backups.check'>,
  context: CallContext,
  desk: Desk,
): Promise<CallOutput<'backups.check'>> {
  refuseInTraining(context)
  const { ports, session, store } = context
  const { files } = ports
  const running = context.job(input.job)
  const copy = await openSource(files, input.source)
  let key: Uint8Array | undefined
  try {
    const ownDesk = copy.ring.db === desk.keys.current().db
    if (!input.key && !ownDesk) throw new Refusal('copy-other-desk')
    if (input.key) key = await copyKeyOf(ports.secrets, desk.keys.attempts, copy.ring, input.key, ownDesk)
    await extractDatabase(files, copy, { database: checkedFile, log: checkedLog }, running)
    const path = files.dataPath(checkedFile)
    const migrations = shippedMigrations(ports.shipped)
    const found: CopiedDatabase = key ? readCopied(path, key, migrations) : readAttached(desk.open().db, path, migrations)
    if (copy.vault.length > 0 && !uncoverVault(found.vaultKey, copy.vault)) throw new Refusal('copy-damaged')
    store.write((unit) => unit.audit({ action: 'backups.check', details: { until: found.until } }))
    const all = scopesOf(session.roles, 'case.search').includes('centre')
    return {
      siteName: found.site.name,
      until: instantAt(found.until),
      ownDesk,
      cases: ownDesk && all ? found.cases : null,
    }
  } finally {
    key?.fill(0)
    await copy.close()
    for (const end of ['', '-wal', '-shm', '-journal']) files.remove(`${checkedFile}${end}`)
  }
}
