import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import type { EventData, EventName } from '#shared/contract.ts'
import { foldName } from '#shared/cases/fold-name.ts'
import { readPhone } from '#shared/forms/phone.ts'
import { forbiddenPair, type Role } from '#shared/permissions.ts'
import { Refusal, type FailureDetails } from '#shared/result.ts'
import type { AppStatus, Language, LockReason } from '#shared/security/contract.ts'
import type { Site } from '#shared/security/site.ts'
import { groupedCode, newRecoveryCode, readRecoveryCode } from '../../crypto/recovery-code.ts'
import { makeSlot, newDatabaseKey, sealKeyring, type Keyring } from '../../crypto/keyring.ts'
import type { Session } from '../../feature.ts'
import type { Ports } from '../../ports.ts'
import { furnishDatabase } from '../../storage/furnish-database.ts'
import { holdFolder } from '../../storage/hold-folder.ts'
import { removeLeftovers } from '../../storage/leftovers.ts'
import { shippedMigrations } from '../../storage/migrate.ts'
import { closeWhole, createDatabase, openDatabase, refusalOf, type RawDatabase } from '../../storage/open-database.ts'
import type { SearchWords } from '../../storage/search-index.ts'
import { readSetting } from '../../storage/settings.ts'
import type { Store } from '../../storage/store.ts'
import { storedJson } from '../../storage/stored-json.ts'
import { tellFailures } from './attempts.ts'
import { deskCredentials, type SignIn } from './credentials.ts'
import { deskCopies } from './desk-copies.ts'
import { foundPhase, keepLanguage, readLanguage, removeDatabase, setupFile, storeFile, trainingFile } from './desk-files.ts'
import { mendKeyring, readKeyrings, writeKeyring } from './keyring-file.ts'
import { decideRestore, dropRestoring, finishRestore } from './restore-swap.ts'
import { destroyWaysIn, ringForRecovery, wayBack } from './evacuation.ts'
import { deskKeys } from './keys.ts'
import { migrated, newDevice, openDeskOn, type OpenDesk } from './open-desk.ts'
import { openTraining } from './open-training.ts'
import { passwordRules } from './password-rules.ts'
import { tidiedKeyring } from './tidied-keyring.ts'
import { acceptsUndertaking } from './undertaking.ts'
import { userIdOf } from './user-id.ts'
import { deskVault } from './vault.ts'

interface PendingSetup {
  readonly code: string
  readonly ring: Keyring
  readonly key: Uint8Array
  readonly own: Uint8Array
  readonly siteName: string
  readonly login: string
}
type DeskState =
  | { readonly phase: 'first-run'; readonly pending?: PendingSetup }
  | { readonly phase: 'locked'; readonly hidden?: boolean }
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

const nameOf = (session: Session) => `${session.mode} ${session.userId}`

export interface DeskParts {
  readonly ports: Ports
  readonly words: SearchWords
  readonly commonPasswords: ReadonlySet<string>
  readonly emit: <K extends EventName>(name: K, data: EventData<K>) => void
  /** Hears of every database that was opened for a session. */
  readonly whenOpened: (store: Store, session: Session) => void
  /** Fills a new exercise database with synthetic people and the sample directory. */
  readonly fillTraining: (store: Store, session: Session) => Promise<void>
}

/**
 * Who may open what: first run, unlock, lock, recovery, exercise mode.
 *
 * Holds the only open database; after `lock` it holds none and the key bytes are overwritten (S45).
 */
export function createDesk({ ports, words, commonPasswords, emit, whenOpened, fillTraining }: DeskParts) {
  const { files } = ports
  const keys = deskKeys(ports)
  const vault = deskVault(ports)
  const checkPassword = passwordRules(commonPasswords)
  const copies = deskCopies(ports, keys, vault)
  const parts = { ports, words, migrations: shippedMigrations(ports.shipped) }
  let language = readLanguage(files)
  let folder: ReturnType<typeof holdFolder> | undefined
  /** Who locked the desk, and in which mode: only they go on where they were. */
  let left: string | undefined
  let resumed = false
  /** Both clocks when the session began: one that was set meanwhile is told at its end. */
  let began = { wall: 0, steady: 0 }
  let state = startState()

  function startState(): DeskState {
    try {
      if (!folder) {
        folder = holdFolder(files)
        putBack()
        removeLeftovers(files)
        dropRestoring(files)
      } else putBack()
      return { phase: foundPhase(files, ports.log) }
    } catch (error) {
      const problem = refusalOf(error)
      if (problem instanceof Refusal) return { phase: 'blocked', problem }
      throw error
    }
  }

  /** Goes on with a copy that was decided to be this desk. */
  function putBack(): void {
    if (finishRestore(files)) ports.log.write({ event: 'restored' })
  }

  function status(): AppStatus {
    // whoever asks again may have closed the other window or made room
    if (state.phase === 'blocked') state = startState()
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
            resumed,
            undertakingDue: open.session.undertakingDue,
          }
        : {}),
      ...(state.phase === 'locked' && state.hidden === true ? { hidden: true } : {}),
    }
  }

  const openMigratedStore = (key: Uint8Array): RawDatabase =>
    migrated(openDatabase(files.dataPath(storeFile), key), parts, (db) => void copies.make(db, 'migration'))

  /** The site's name, for the rules of a new password. Throws Refusal not-found for a login that nobody may use. */
  function siteNameFor(login: string, key: Uint8Array): string {
    const db = openMigratedStore(key)
    try {
      const site = readSetting(db, 'site')
      const known = db
        .prepare<[string], { id: string }>('SELECT id FROM app_user WHERE login = ? AND disabled_at IS NULL')
        .get(login)
      if (!known || !site) throw new Refusal('not-found', { field: 'login' })
      return storedJson<Site>(site).name
    } finally {
      db.close()
    }
  }

  function opened(open: OpenDesk): void {
    whenOpened(open.store, open.session)
    resumed = left === nameOf(open.session)
    began = { wall: ports.clock.now(), steady: ports.clock.steady() }
    state = open
  }

  function unlocked(): OpenDesk {
    if (state.phase !== 'unlocked') throw new Refusal('locked')
    return state
  }

  /** Everything or nothing: without its audit event nobody is signed in. */
  function signIn({ ring, key, own, login, action }: SignIn): AppStatus {
    const account = `user:${login}`
    let tidied: Keyring
    const db = openMigratedStore(key)
    try {
      const failedBefore = keys.attempts.failuresOf(account)
      const open = openDeskOn(db, parts, login, 'real')
      tellFailures(keys.attempts, open.store)
      const entered = vault.enter(open, own)
      open.store.write((unit) => {
        entered.keep(unit)
        unit.audit({ action, object: open.session.userId, ...(failedBefore > 0 ? { details: { failedBefore } } : {}) })
      })
      tidied = tidiedKeyring(open.store, ring, key, ports.clock.now())
      keys.attempts.succeeded(account)
      opened(open)
    } catch (error) {
      vault.leave()
      if (db.open) db.close()
      throw error
    } finally {
      key.fill(0)
      own.fill(0)
    }
    mendKeyring(files, tidied)
    ports.log.write({ event: 'unlocked' })
    const open = unlocked()
    // what an interrupted erasure left, and copies that are too old
    open.store.scrub()
    copies.expire(open.db)
    return status()
  }

  const credentials = deskCredentials({
    ports,
    keys,
    checkPassword,
    open: unlocked,
    siteNameFor,
    signIn,
    readyToSignIn() {
      if (state.phase === 'blocked') throw state.problem
      if (state.phase === 'unlocked') lock('switch')
    },
  })

  /** Closes everything; safe to call at any time. The lock holds even where its audit event cannot be written. */
  function lock(why: LockReason): AppStatus {
    if (state.phase !== 'unlocked') {
      // hiding a locked desk hides its sign-in too
      if (state.phase === 'locked' && why === 'hide') state = { phase: 'locked', hidden: true }
      return status()
    }
    const { store, db, session, trainingKey } = state
    left = why === 'switch' ? undefined : nameOf(session)
    state = { phase: 'locked', hidden: why === 'hide' }
    credentials.forget()
    try {
      const jump = Math.round((ports.clock.now() - began.wall - (ports.clock.steady() - began.steady)) / 60_000)
      const clock: FailureDetails = Math.abs(jump) >= 2 ? { clockJumpMinutes: jump } : {}
      store.write((unit) => unit.audit({ action: 'lock', details: { why, ...clock } }))
    } catch {
      ports.log.write({ event: 'lock-unaudited' })
    }
    try {
      db.close()
    } finally {
      trainingKey?.fill(0)
      ports.log.write({ event: 'locked' })
      emit('status', status())
      vault.leave()
    }
    return status()
  }

  return {
    status,
    lock,
    credentials,
    keys,
    vault,
    /** The open store and session. Throws Refusal locked. */
    open: unlocked,
    /** A keyed copy of the open database. Throws Refusal disk-full. */
    backup: (reason: 'import' | 'daily'): string => copies.make(unlocked().db, reason),
    isOpen: () => state.phase === 'unlocked',
    /** What was put together under `restoring` is the desk from now on. Throws Refusal busy while somebody is signed in, disk-full; then nothing was changed. */
    restore(): AppStatus {
      if (state.phase === 'unlocked') throw new Refusal('busy')
      if (state.phase === 'blocked' && !folder) throw state.problem
      decideRestore(files, ports.clock.now())
      left = undefined
      state = startState()
      return status()
    },
    /** The code waiting to be typed back, for printing it. Throws Refusal not-found. */
    pendingRecovery(): { readonly code: string; readonly siteName: string; readonly language: Language } {
      const replacing = credentials.pendingRecoveryCode()
      if (replacing && state.phase === 'unlocked')
        return { code: groupedCode(replacing), siteName: state.session.site.name, language }
      if (state.phase !== 'first-run' || !state.pending) throw new Refusal('not-found')
      return { code: groupedCode(state.pending.code), siteName: state.pending.siteName, language }
    },
    setLanguage(chosen: Language): AppStatus {
      keepLanguage(files, chosen)
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
      // the keyring of a first run that was ended, but whose database could not be renamed: the next start does that
      if (files.exists(storeFile) || readKeyrings(files)) throw new Refusal('already-set-up')
      removeDatabase(files, setupFile)
      const { db: databaseId, key } = newDatabaseKey(ports.random)
      const code = newRecoveryCode(ports.random)
      const cost = await ports.secrets.calibrate()
      const now = ports.clock.now()
      const own = ports.random.bytes(32)
      const slotOf = (opener: Parameters<typeof makeSlot>[1]['opener'], extra = {}) =>
        makeSlot(ports, { db: databaseId, key, opener, cost, now, ...extra })
      const slot = await slotOf({ kind: 'user', login: input.login, password: input.password }, { own })
      const ring = sealKeyring(databaseId, [slot, await slotOf({ kind: 'recovery', code })], key)
      const db = migrated(createDatabase(files.dataPath(setupFile), key, databaseId), parts, () => undefined)
      try {
        const user = {
          id: userIdOf(input.site.code, input.login),
          login: input.login,
          name: input.userName,
          roles: input.roles,
        }
        furnishDatabase(db, ports, { device: newDevice(ports), site: input.site, deskPhone, user, action: 'setup' })
        // it is renamed as one file
        closeWhole(db)
      } finally {
        if (db.open) db.close()
      }
      this.setLanguage(input.language)
      state = { phase: 'first-run', pending: { code, ring, key, own, siteName: input.site.name, login: input.login } }
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
      return signIn({ ...pending, action: 'login' })
    },
    /** Keeps that the signed-in user accepted the undertaking; see security.acceptUndertaking. */
    acceptUndertaking(typedName: string): AppStatus {
      const open = unlocked()
      acceptsUndertaking(open, typedName, language)
      state = { ...open, session: { ...open.session, undertakingDue: false } }
      return status()
    },
    /** What would open this desk after an evacuation. */
    evacuationPlan: () => ({ wayBack: wayBack(keys.current()) }),
    /** See security.evacuate. */
    async evacuate(password: string, siteName: string): Promise<AppStatus> {
      const { session, store } = unlocked()
      if (foldName(siteName) !== foldName(session.site.name)) throw new Refusal('bad-input', { field: 'siteName' })
      if (session.mode === 'training') {
        lock('switch')
        removeDatabase(files, trainingFile)
        return status()
      }
      await credentials.withOwnPassword(password, ({ ring, key }) => {
        const recovery = ringForRecovery(ring, key)
        store.write((unit) => unit.audit({ action: 'evacuate', details: { wayBack: wayBack(ring) } }))
        lock('switch')
        destroyWaysIn(files, recovery)
      })
      return status()
    },
    /** Locks, and lets another process have the data folder. */
    close(): void {
      lock('close')
      folder?.release()
      folder = undefined
    },
    /** Opens the exercise database, whose key lies inside the real one; made on first use. */
    async enterTraining(): Promise<AppStatus> {
      const open = unlocked()
      if (open.session.mode === 'training') return status()
      const key = open.store.write((unit) => {
        const kept = open.store.setting('training.key')
        const made = kept ? hexToBytes(kept) : newDatabaseKey(ports.random).key
        if (!kept) unit.keepSetting('training.key', bytesToHex(made))
        unit.audit({ action: 'training.enter' })
        return made
      })
      const training = await openTraining(open, key, parts, fillTraining)
      open.db.close()
      opened(training)
      ports.log.write({ event: 'training-entered' })
      return status()
    },
    /** Throws the exercises away and starts again with the same invented people. Throws Refusal forbidden outside exercise mode. */
    async resetTraining(): Promise<AppStatus> {
      const open = unlocked()
      if (!open.trainingKey) throw new Refusal('forbidden')
      open.db.close()
      state = { phase: 'locked' }
      try {
        removeDatabase(files, trainingFile)
        opened(await openTraining(open, open.trainingKey, parts, fillTraining))
      } finally {
        // without a new exercise database there is none open: the page must say so
        if (state.phase === 'locked') emit('status', status())
      }
      ports.log.write({ event: 'training-entered' })
      return status()
    },
  }
}
export type Desk = ReturnType<typeof createDesk>
