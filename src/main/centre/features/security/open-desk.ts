import { z } from 'zod'
import { roles } from '#shared/permissions.ts'
import { Refusal, type FailureDetails } from '#shared/result.ts'
import type { Site } from '#shared/security/site.ts'
import { cardBody, identityText, newDeviceIdentity, readIdentity } from '../../crypto/device-identity.ts'
import type { Session } from '../../feature.ts'
import { renewOwnKey } from '../sync/index.ts'
import type { Ports } from '../../ports.ts'
import { hasNewerToReplay, replayNewer } from '../../storage/apply-entries.ts'
import { newWriterId } from '../../storage/writer-id.ts'
import { restoreDue } from '../../storage/copied-database.ts'
import { migrate, type Migration } from '../../storage/migrate.ts'
import type { RawDatabase } from '../../storage/open-database.ts'
import { comesFromElsewhere } from '../../storage/witness.ts'
import { openStore } from '../../storage/open-store.ts'
import type { SearchWords } from '../../storage/search-index.ts'
import { readSetting } from '../../storage/settings.ts'
import type { Store } from '../../storage/store.ts'
import { storedJson } from '../../storage/stored-json.ts'
import { undertakingIsDue } from './undertaking.ts'

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
  readonly disabled_at: number | null
  readonly undertaking_at: number | null
}

/** Signs a user in whose secret was right. Throws Refusal database-damaged without a site, wrong-password for a user who is not there or was disabled. */
export function openDeskOn(db: RawDatabase, { ports, words }: OpeningParts, login: string, mode: Session['mode']): OpenDesk {
  const user = db
    .prepare<[string], UserRow>('SELECT id, name, roles, disabled_at, undertaking_at FROM app_user WHERE login = ?')
    .get(login)
  const site = readSetting(db, 'site')
  if (!site) throw new Refusal('database-damaged')
  if (!user || user.disabled_at !== null) throw new Refusal('wrong-password')
  const held = z.array(z.enum(roles)).parse(storedJson(user.roles))
  const session: Session = {
    userId: user.id,
    userName: user.name,
    roles: held,
    mode,
    site: storedJson<Site>(site),
    // exercises are about nobody
    undertakingDue: mode === 'real' && undertakingIsDue(user.undertaking_at, ports.clock.now()),
  }
  const due = mode === 'real' ? readSetting(db, restoreDue) : undefined
  // a copy that was restored here knows it, also where the witness is gone
  const elsewhere = mode === 'real' ? (comesFromElsewhere(db, ports) ?? (due === undefined ? undefined : 'restore')) : undefined
  // exercises may be thrown away: nothing outside remembers them
  const remembered = mode === 'real' ? ports : { ...ports, witness: noWitness }
  const store = openStore(db, remembered, { user: user.id, roles: held, app: ports.appVersion }, words)
  if (elsewhere) {
    // a copy on another PC is another device: it gets keys of its own, and its card has to be read by the others
    if (elsewhere === 'clone') renewDevice(store, ports, session.site)
    store.renewWriter(elsewhere)
    // a desk that was put back may have lost the key that the others write to by now
    if (elsewhere === 'restore') store.write((unit) => renewOwnKey(unit, ports.random))
    ports.log.write({ event: 'writer-renewed' })
  }
  if (due !== undefined) {
    store.write((unit) => {
      unit.local('DELETE FROM setting WHERE key = ?', restoreDue)
      unit.audit({ action: 'backups.restore', details: storedJson<FailureDetails>(due) })
    })
  }
  if (hasNewerToReplay(db)) {
    store.write((unit) => {
      const rows = replayNewer(unit)
      unit.audit({ action: 'journal.replay', details: { rows } })
    })
  }
  return { phase: 'unlocked', db, store, session, login }
}

/** Gives this database a device of its own; the one that it was copied from becomes a device that it trusts. */
function renewDevice(store: Store, ports: Ports, site: Site): void {
  const before = readIdentity(store.setting('device.keys') ?? '')
  const made = newDevice(ports)
  store.write((unit) => {
    unit.local("UPDATE setting SET value = ? WHERE key = 'device.id'", made.id)
    unit.local("UPDATE setting SET value = ? WHERE key = 'device.keys'", made.keys)
    unit.local(
      'INSERT INTO peer (device, card, site_code, trusted_at) VALUES (?, ?, ?, ?) ON CONFLICT (device) DO NOTHING',
      before.device,
      JSON.stringify(cardBody(before, site)),
      site.code,
      unit.now,
    )
    unit.audit({ action: 'device.renew', object: made.id })
  })
}

/** A device id and its keys as text, for a new database. */
export function newDevice(ports: Pick<Ports, 'random'>): { readonly id: string; readonly keys: string } {
  const id = newWriterId((length) => ports.random.bytes(length))
  return { id, keys: identityText(newDeviceIdentity(id, ports.random)) }
}
