import { z } from 'zod'
import { roles } from '#shared/permissions.ts'
import { Refusal } from '#shared/result.ts'
import type { Site } from '#shared/security/site.ts'
import { identityText, newDeviceIdentity } from '../../crypto/device-identity.ts'
import type { Session } from '../../feature.ts'
import type { Ports } from '../../ports.ts'
import { newWriterId } from '../../storage/furnish-database.ts'
import { migrate, type Migration } from '../../storage/migrate.ts'
import type { RawDatabase } from '../../storage/open-database.ts'
import { comesFromElsewhere } from '../../storage/witness.ts'
import { openStore } from '../../storage/open-store.ts'
import type { SearchWords } from '../../storage/search-index.ts'
import type { Store } from '../../storage/store.ts'
import { storedJson } from '../../storage/stored-json.ts'

const noWitness = { read: () => '', write: () => undefined }

/** Somebody is signed in to an open database. */
export interface OpenDesk {
  readonly phase: 'unlocked'
  readonly db: RawDatabase
  readonly store: Store
  readonly session: Session
  readonly login: string
  /** Exercise mode only: opens nothing but invented people. */
  readonly trainingKey?: Uint8Array
}

export interface OpeningParts {
  readonly ports: Ports
  readonly words: SearchWords
  readonly migrations: readonly Migration[]
}

/** The database with the shipped schema; closed if that fails. Throws as `migrate` and `beforeChange`. */
export function migrated(
  db: RawDatabase,
  { ports, migrations }: OpeningParts,
  beforeChange: (db: RawDatabase) => void,
): RawDatabase {
  try {
    const { from, to } = migrate(db, migrations, () => beforeChange(db))
    if (from !== to) ports.log.write({ event: 'migrated', from, to })
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

interface UserRow {
  readonly id: string
  readonly name: string
  readonly roles: string
}

/** Signs a user in whose secret was right. Throws Refusal database-damaged without a site, wrong-password for a user who is not there. */
export function openDeskOn(db: RawDatabase, { ports, words }: OpeningParts, login: string, mode: Session['mode']): OpenDesk {
  const user = db.prepare<[string], UserRow>('SELECT id, name, roles FROM app_user WHERE login = ?').get(login)
  const site = db.prepare<[], { value: string }>("SELECT value FROM setting WHERE key = 'site'").get()
  if (!site) throw new Refusal('database-damaged')
  if (!user) throw new Refusal('wrong-password')
  const held = z.array(z.enum(roles)).parse(storedJson(user.roles))
  const session: Session = { userId: user.id, userName: user.name, roles: held, mode, site: storedJson<Site>(site.value) }
  const elsewhere = mode === 'real' ? comesFromElsewhere(db, ports) : undefined
  // exercises may be thrown away: nothing outside remembers them
  const remembered = mode === 'real' ? ports : { ...ports, witness: noWitness }
  const store = openStore(db, remembered, { user: user.id, roles: held, app: ports.appVersion }, words)
  if (elsewhere) {
    store.renewWriter(elsewhere)
    ports.log.write({ event: 'writer-renewed' })
  }
  return { phase: 'unlocked', db, store, session, login }
}

/** A device id and its keys as text, for a new database. */
export async function newDevice(ports: Ports): Promise<{ readonly id: string; readonly keys: string }> {
  const id = newWriterId((length) => ports.random.bytes(length))
  return { id, keys: identityText(await newDeviceIdentity(id, ports.random)) }
}
