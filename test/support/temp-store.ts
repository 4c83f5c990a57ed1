import path from 'node:path'
import { onTestFinished } from 'vitest'
import { furnishDatabase } from '#main/centre/storage/furnish-database.ts'
import { migrate, shippedMigrations } from '#main/centre/storage/migrate.ts'
import type { Store } from '#main/centre/storage/store.ts'
import { createDatabase, type RawDatabase } from '#main/centre/storage/open-database.ts'
import { openStore } from '#main/centre/storage/open-store.ts'
import { namedSites } from '#shared/security/site.ts'
import type { Files } from '#main/centre/ports.ts'
import { fakePorts, repositoryShipped, type FakePorts } from './fake-ports.ts'
import { tempFolder } from './temp-folder.ts'

const noFiles = {} as Files

export interface TempStore {
  readonly db: RawDatabase
  readonly store: Store
  readonly ports: FakePorts
  readonly file: string
  readonly key: Uint8Array
  readonly folder: string
}

/** A real encrypted, migrated and furnished database of Mora's desk with an open store; closed when the test ends. */
export function tempStore(options: { readonly seed?: number; readonly ports?: FakePorts } = {}): TempStore {
  const ports = options.ports ?? fakePorts(noFiles, { seed: options.seed ?? 1 })
  const folder = tempFolder()
  const file = path.join(folder, 'store.db')
  const key = ports.random.bytes(32)
  const db = createDatabase(file, key)
  onTestFinished(() => {
    if (db.open) db.close()
  })
  migrate(db, shippedMigrations(repositoryShipped), () => undefined)
  const user = { id: 'u01', login: 'aminatou', name: 'A. Bello', roles: ['SUP', 'CW', 'DIR'] as const }
  furnishDatabase(db, ports, {
    device: { id: 'aaaaaaaaaaaaaaaa', keys: '{}' },
    site: namedSites.find((s) => s.code === 'MOR')!,
    deskPhone: '',
    user,
    action: 'setup',
  })
  const store = openStore(db, ports, { user: user.id, roles: user.roles, app: ports.appVersion }, { ofService: () => '' })
  return { db, store, ports, file, key, folder }
}
