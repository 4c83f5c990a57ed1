import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { z } from 'zod'
import type { EventData, EventName } from '#shared/contract.ts'
import { readPhone } from '#shared/forms/phone.ts'
import { forbiddenPair, roles, type Role } from '#shared/permissions.ts'
import { Refusal } from '#shared/result.ts'
import type { AppStatus, Language } from '#shared/security/contract.ts'
import type { Site } from '#shared/security/site.ts'
import { groupedCode, newRecoveryCode, readRecoveryCode } from '../../crypto/recovery-code.ts'
import { makeSlot, newDatabaseKey, openKeyring, sealKeyring, withSlot, type Keyring } from '../../crypto/keyring.ts'
import { identityText, newDeviceIdentity } from '../../crypto/device-identity.ts'
import type { Session } from '../../feature.ts'
import type { Ports } from '../../ports.ts'
import { makeBackup, removeHalfBackups } from '../../storage/backup.ts'
import { furnishDatabase, newWriterId } from '../../storage/furnish-database.ts'
import { migrate, shippedMigrations } from '../../storage/migrate.ts'
import { openDatabase, type RawDatabase } from '../../storage/open-database.ts'
import { openStore } from '../../storage/open-store.ts'
import type { SearchWords } from '../../storage/search-index.ts'
import type { Store } from '../../storage/store.ts'
import { storedJson } from '../../storage/stored-json.ts'
import { attemptKeeper } from './attempts.ts'
import { healKeyring, readKeyring, writeKeyring } from './keyring-file.ts'
import { checkPassword } from './password-rules.ts'

const storeFile = 'store.db'
const setupFile = 'setup.db'
const trainingFile = 'training.db'
const preferencesFile = 'preferences.json'
const Preferences = z.strictObject({ language: z.enum(['fr', 'en']) })

interface PendingSetup {
  readonly code: string
  readonly ring: Keyring
  readonly key: Uint8Array
  readonly siteName: string
  readonly login: string
}
interface OpenDesk {
  readonly phase: 'unlocked'
  readonly db: RawDatabase
  readonly store: Store
  readonly session: Session
  readonly login: string
  /** Exercise mode only: opens nothing but invented people. */
  readonly trainingKey?: Uint8Array
}
type DeskState =
  | { readonly phase: 'first-run'; readonly pending?: PendingSetup }
  | { readonly phase: 'locked' }
  | { readonly phase: 'blocked'; readonly problem: Refusal }
  | OpenDesk

export interface SetupInput {
  readonly language: Language
  readonly site: Site
  readonly userName: string
  readonly login: string
  readonly password: string
  readonly roles: readonly Role[]
  /** Printed on slips; '' for none. */
  readonly deskPhone: string
}

export interface DeskParts {
  readonly ports: Ports
  readonly words: SearchWords
  readonly emit: <K extends EventName>(name: K, data: EventData<K>) => void
  /** Fills a new exercise database with synthetic people and the sample directory. */
  readonly fillTraining: (store: Store, session: Session) => Promise<void>
}

/**
 * Who may open what: first run, unlock, lock, recovery, exercise mode.
 *
 * Holds the only open database; after `lock` it holds none and the key bytes are overwritten (S45).
 */
export function createDesk({ ports, words, emit, fillTraining }: DeskParts) {
  const { files } = ports
  const attempts = attemptKeeper(files, ports.clock)
  const migrations = shippedMigrations(ports.shipped)
  let language = readLanguage()
  let state = startState()

  function readLanguage(): Language {
    try {
      return Preferences.parse(storedJson(new TextDecoder().decode(files.read(preferencesFile)))).language
    } catch {
      return 'fr'
    }
  }

  function removeDatabase(name: string): void {
    for (const suffix of ['', '-wal', '-shm', '-journal']) files.remove(`${name}${suffix}`)
  }

  function startState(): DeskState {
    try {
      removeHalfBackups(files)
      const ring = readKeyring(files)
      if (!ring) {
        // a store without its keyring is not an empty desk: never start over on top of it
        if (files.exists(storeFile)) return { phase: 'blocked', problem: new Refusal('keyring-damaged') }
        if (files.exists(setupFile)) ports.log.write({ event: 'setup-discarded' })
        removeDatabase(setupFile)
        return { phase: 'first-run' }
      }
      // the plug was pulled between writing the keyring and renaming the database
      if (!files.exists(storeFile) && files.exists(setupFile)) files.rename(setupFile, storeFile)
      if (!files.exists(storeFile)) return { phase: 'blocked', problem: new Refusal('database-damaged') }
      return { phase: 'locked' }
    } catch (error) {
      if (error instanceof Refusal) return { phase: 'blocked', problem: error }
      throw error
    }
  }

  function status(): AppStatus {
    const open = state.phase === 'unlocked' ? state : undefined
    const problem = state.phase === 'blocked' ? state.problem : undefined
    return {
      phase: state.phase,
      ...(problem ? { problem: problem.code, ...(problem.details ? { problemDetails: problem.details } : {}) } : {}),
      mode: open?.session.mode ?? 'real',
      preview: ports.preview,
      version: ports.appVersion,
      language,
      ...(open
        ? {
            site: { code: open.session.site.code, name: open.session.site.name, pcode: open.session.site.pcode },
            user: { id: open.session.userId, name: open.session.userName, roles: [...open.session.roles] },
          }
        : {}),
    }
  }

  function openMigrated(name: string, key: Uint8Array): RawDatabase {
    const db = openDatabase(files.dataPath(name), key)
    try {
      const { from, to } = migrate(db, migrations, () => makeBackup(db, files, 'migration', ports.clock.now()))
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
  function openDeskOn(db: RawDatabase, login: string, mode: Session['mode']): OpenDesk {
    const user = db.prepare<[string], UserRow>('SELECT id, name, roles FROM app_user WHERE login = ?').get(login)
    const site = db.prepare<[], { value: string }>("SELECT value FROM setting WHERE key = 'site'").get()
    if (!user || !site) {
      db.close()
      throw new Refusal('wrong-password')
    }
    const held = z.array(z.enum(roles)).parse(storedJson(user.roles))
    const session: Session = { userId: user.id, userName: user.name, roles: held, mode, site: storedJson<Site>(site.value) }
    const store = openStore(db, ports, { user: user.id, roles: held, app: ports.appVersion }, words)
    return { phase: 'unlocked', db, store, session, login }
  }

  async function newDevice(): Promise<{ readonly id: string; readonly keys: string }> {
    const id = newWriterId((length) => ports.random.bytes(length))
    return { id, keys: identityText(await newDeviceIdentity(id, ports.random)) }
  }

  function closeStore(): void {
    if (state.phase === 'unlocked') state.db.close()
  }

  function unlocked(): OpenDesk {
    if (state.phase !== 'unlocked') throw new Refusal('locked')
    return state
  }

  const opener = (login: string, password: string) => ({ kind: 'user' as const, login, password })

  function ringOrRefuse(): Keyring {
    if (state.phase === 'blocked') throw state.problem
    const ring = readKeyring(files)
    if (!ring) throw new Refusal('not-set-up')
    return ring
  }

  async function openWith(
    ring: Keyring,
    account: string,
    by: Parameters<typeof openKeyring>[2],
    wrong: 'wrong-password' | 'wrong-recovery-code',
  ) {
    attempts.check(account)
    const opened = await openKeyring(ports.secrets, ring, by)
    if (!opened.ok && opened.why === 'altered') throw new Refusal('keyring-damaged')
    if (!opened.ok) {
      attempts.failed(account)
      throw new Refusal(wrong)
    }
    healKeyring(files, ring)
    return opened
  }

  function signIn(key: Uint8Array, login: string, account: string, action: 'login' | 'password.recover'): AppStatus {
    let db: RawDatabase
    try {
      db = openMigrated(storeFile, key)
    } finally {
      key.fill(0)
    }
    const failedBefore = attempts.failuresOf(account)
    const open = openDeskOn(db, login, 'real')
    state = open
    open.store.write((unit) =>
      unit.audit({ action, object: open.session.userId, ...(failedBefore > 0 ? { details: { failedBefore } } : {}) }),
    )
    attempts.succeeded(account)
    ports.log.write({ event: 'unlocked' })
    return status()
  }

  async function openTraining(from: OpenDesk, key: Uint8Array): Promise<AppStatus> {
    const db = openMigrated(trainingFile, key)
    // asked of the database: the plug may have been pulled after the file was made and before anybody was in it
    const isNew = db.prepare('SELECT 1 FROM app_user').get() === undefined
    if (isNew) {
      const user = {
        id: from.session.userId,
        login: from.login,
        name: from.session.userName,
        roles: from.session.roles,
        slot: '',
      }
      furnishDatabase(db, ports, {
        device: await newDevice(),
        site: from.session.site,
        deskPhone: '',
        user,
        action: 'training.create',
      })
    }
    if (from.db.open) from.db.close()
    const training = openDeskOn(db, from.login, 'training')
    state = { ...training, trainingKey: key }
    if (isNew) await fillTraining(training.store, training.session)
    ports.log.write({ event: 'training-entered' })
    return status()
  }

  return {
    status,
    /** The open store and session. Throws Refusal locked. */
    open: unlocked,
    /** A keyed copy of the open database. Throws Refusal disk-full. */
    backup(reason: 'import'): void {
      makeBackup(unlocked().db, files, reason, ports.clock.now())
      ports.log.write({ event: 'backup-made' })
    },
    isOpen: () => state.phase === 'unlocked',
    /** The code waiting to be typed back, for printing it. Throws Refusal not-found. */
    pendingRecovery(): { readonly code: string; readonly siteName: string; readonly language: Language } {
      if (state.phase !== 'first-run' || !state.pending) throw new Refusal('not-found')
      return { code: groupedCode(state.pending.code), siteName: state.pending.siteName, language }
    },
    setLanguage(chosen: Language): AppStatus {
      files.replace(preferencesFile, new TextEncoder().encode(JSON.stringify({ language: chosen })))
      language = chosen
      return status()
    },
    /** Prepares everything aside; see security.beginSetup. */
    async beginSetup(input: SetupInput): Promise<{ recoveryCode: string }> {
      if (state.phase === 'blocked') throw state.problem
      if (state.phase !== 'first-run') throw new Refusal('already-set-up')
      if (forbiddenPair(input.roles)) throw new Refusal('bad-input', { field: 'roles' })
      if (input.userName === '') throw new Refusal('bad-input', { field: 'userName' })
      const deskPhone = input.deskPhone.trim() === '' ? '' : readPhone(input.deskPhone)
      if (deskPhone === undefined) throw new Refusal('bad-input', { field: 'deskPhone' })
      checkPassword(input.password, input.login, input.site.name)
      removeDatabase(setupFile)
      const { db: databaseId, key } = newDatabaseKey(ports.random)
      const code = newRecoveryCode(ports.random)
      const cost = await ports.secrets.calibrate()
      const now = ports.clock.now()
      const slotOf = (by: Parameters<typeof makeSlot>[1]['opener']) =>
        makeSlot(ports, { db: databaseId, key, opener: by, cost, now })
      const slot = await slotOf(opener(input.login, input.password))
      const ring = sealKeyring(databaseId, [slot, await slotOf({ kind: 'recovery', code })], key)
      const db = openMigrated(setupFile, key)
      try {
        const user = {
          id: `u${bytesToHex(ports.random.bytes(5))}`,
          login: input.login,
          name: input.userName,
          roles: input.roles,
          slot: slot.id,
        }
        furnishDatabase(db, ports, { device: await newDevice(), site: input.site, deskPhone, user, action: 'setup' })
      } finally {
        db.close()
      }
      this.setLanguage(input.language)
      state = { phase: 'first-run', pending: { code, ring, key, siteName: input.site.name, login: input.login } }
      return { recoveryCode: groupedCode(code) }
    },
    /** Ends first run when the paper code was typed back, and signs the first user in. */
    confirmRecoveryCode(typed: string): AppStatus {
      if (state.phase !== 'first-run' || !state.pending) throw new Refusal('not-found')
      const { pending } = state
      if (readRecoveryCode(typed) !== pending.code) throw new Refusal('wrong-recovery-code')
      writeKeyring(files, pending.ring)
      files.rename(setupFile, storeFile)
      state = { phase: 'locked' }
      ports.log.write({ event: 'setup-done' })
      return signIn(pending.key, pending.login, `user:${pending.login}`, 'login')
    },
    async unlock(login: string, password: string): Promise<AppStatus> {
      if (state.phase === 'unlocked') this.lock()
      const ring = ringOrRefuse()
      const { key } = await openWith(ring, `user:${login}`, opener(login, password), 'wrong-password')
      return signIn(key, login, `user:${login}`, 'login')
    },
    async recover(typed: string, login: string, newPassword: string): Promise<AppStatus> {
      if (state.phase === 'unlocked') this.lock()
      const ring = ringOrRefuse()
      const code = readRecoveryCode(typed)
      if (code === undefined) throw new Refusal('wrong-recovery-code')
      const { key } = await openWith(ring, 'recovery', { kind: 'recovery', code }, 'wrong-recovery-code')
      try {
        const db = openMigrated(storeFile, key)
        const site = db.prepare<[], { value: string }>("SELECT value FROM setting WHERE key = 'site'").get()
        const known = db.prepare<[string], { id: string }>('SELECT id FROM app_user WHERE login = ?').get(login)
        db.close()
        if (!known || !site) throw new Refusal('not-found', { field: 'login' })
        checkPassword(newPassword, login, storedJson<Site>(site.value).name)
        const cost = await ports.secrets.calibrate()
        const slot = await makeSlot(ports, { db: ring.db, key, opener: opener(login, newPassword), cost, now: ports.clock.now() })
        writeKeyring(files, withSlot(ring, slot, key))
      } catch (error) {
        key.fill(0)
        throw error
      }
      attempts.succeeded('recovery')
      return signIn(key, login, `user:${login}`, 'password.recover')
    },
    /** Closes everything; safe to call at any time. */
    lock(): AppStatus {
      if (state.phase === 'unlocked') {
        state.store.write((unit) => unit.audit({ action: 'lock' }))
        closeStore()
        state = { phase: 'locked' }
        ports.log.write({ event: 'locked' })
        emit('status', status())
      }
      return status()
    },
    /** Opens the exercise database, whose key lies inside the real one; made on first use. */
    enterTraining(): Promise<AppStatus> {
      const open = unlocked()
      if (open.session.mode === 'training') return Promise.resolve(status())
      const key = open.store.write((unit) => {
        const kept = open.store.setting('training.key')
        const made = kept ? hexToBytes(kept) : newDatabaseKey(ports.random).key
        if (!kept) unit.local("INSERT INTO setting (key, value) VALUES ('training.key', ?)", bytesToHex(made))
        unit.audit({ action: 'training.enter' })
        return made
      })
      return openTraining(open, key)
    },
    /** Throws the exercises away and starts again with the same invented people. Throws Refusal forbidden outside exercise mode. */
    resetTraining(): Promise<AppStatus> {
      const open = unlocked()
      if (!open.trainingKey) throw new Refusal('forbidden')
      open.db.close()
      removeDatabase(trainingFile)
      return openTraining(open, open.trainingKey)
    },
  }
}
export type Desk = ReturnType<typeof createDesk>
