import { Refusal } from '#shared/result.ts'
import type { AppStatus } from '#shared/security/contract.ts'
import { withoutSlots, withSlot, type Keyring } from '../../crypto/keyring.ts'
import { makeNationalSlot, openNationalSlot } from '../../crypto/national-slot.ts'
import { groupedCode, newRecoveryCode, readRecoveryCode, readStartCode } from '../../crypto/recovery-code.ts'
import type { Ports } from '../../ports.ts'
import type { DeskKeys, OpenedKeys } from './keys.ts'
import type { OpenDesk } from './open-desk.ts'
import type { PasswordRules } from './password-rules.ts'

export interface SignIn {
  readonly ring: Keyring
  readonly key: Uint8Array
  /** The person's own value; overwritten like the key. */
  readonly own: Uint8Array
  readonly login: string
  readonly action: 'login' | 'password.start' | 'password.recover' | 'password.recover-national'
}

export interface CredentialParts {
  readonly ports: Ports
  readonly keys: DeskKeys
  readonly checkPassword: PasswordRules
  /** Throws Refusal locked. */
  readonly open: () => OpenDesk
  /** Throws Refusal not-found for a login that nobody may use. */
  readonly siteNameFor: (login: string, key: Uint8Array) => string
  readonly signIn: (by: SignIn) => AppStatus
  /** Closes what is open. Throws what blocks the desk. */
  readonly readyToSignIn: () => void
}

/** The ways in, and what replaces them: passwords, starting codes, the paper code, the national shares. */
export function deskCredentials({ ports, keys, checkPassword, open, siteNameFor, signIn, readyToSignIn }: CredentialParts) {
  /** A new paper code that waits to be typed back. */
  let pending: string | undefined

  /**
   * Does something with the database key, which only the signed-in user's own password gives: nobody acts at a desk left open.
   *
   * Throws wrong-password, wait-before-retry; forbidden in exercise mode, which has no people of its own.
   */
  async function withOwnPassword<T>(password: string, work: (keys: OpenedKeys) => T | Promise<T>): Promise<T> {
    const { login, session } = open()
    if (session.mode === 'training') throw new Refusal('forbidden')
    const opened = await keys.openWith({ kind: 'user', login, password }, `user:${login}`, 'wrong-password', true)
    try {
      keys.attempts.succeeded(`user:${login}`)
      return await work(opened)
    } finally {
      opened.key.fill(0)
      opened.own.fill(0)
    }
  }

  /** Sets the password of a login with a key that something else gave, and signs in. */
  async function enterWith(
    opened: OpenedKeys,
    login: string,
    newPassword: string,
    action: SignIn['action'],
    unknownLogin: 'not-found' | 'wrong-start-code',
  ): Promise<AppStatus> {
    let site: string
    try {
      site = siteNameFor(login, opened.key)
    } catch (error) {
      throw error instanceof Refusal && error.code === 'not-found' ? new Refusal(unknownLogin) : error
    }
    checkPassword(newPassword, login, site)
    // a new own value: whoever gave the code or holds the paper gets nothing that only this person could open
    const own = ports.random.bytes(32)
    const slot = await keys.slotFor(opened, { kind: 'user', login, password: newPassword }, { own })
    // a starting code is used up by the password that replaces it
    const spent = withoutSlots(opened.ring, (s) => s.kind === 'once' && s.id === opened.slot, opened.key)
    const ring = withSlot(spent, slot, opened.key)
    keys.write(ring)
    return signIn({ ring, key: opened.key, own, login, action })
  }

  /** As `enterWith`, by a way back that belongs to nobody in particular; `account` counts its failures. */
  async function recoverWith(
    opened: OpenedKeys,
    account: 'recovery' | 'national',
    login: string,
    newPassword: string,
    action: SignIn['action'],
  ): Promise<AppStatus> {
    try {
      const status = await enterWith(opened, login, newPassword, action, 'not-found')
      keys.attempts.succeeded(account)
      return status
    } finally {
      opened.key.fill(0)
    }
  }

  return {
    withOwnPassword,
    async unlock(login: string, password: string): Promise<AppStatus> {
      readyToSignIn()
      const opened = await keys.openWith({ kind: 'user', login, password }, `user:${login}`, 'wrong-password')
      return signIn({ ...opened, login, action: 'login' })
    },
    /** A person's first sign-in, or the one after a reset; see security.start. */
    async start(login: string, typed: string, newPassword: string): Promise<AppStatus> {
      readyToSignIn()
      // what cannot be a code is tried all the same: it counts and takes as long
      const code = readStartCode(typed) ?? typed
      const opened = await keys.openWith({ kind: 'once', login, code }, `user:${login}`, 'wrong-start-code')
      try {
        const slot = opened.ring.slots.find((s) => s.id === opened.slot)
        if (slot?.kind !== 'once' || (slot.until ?? 0) <= ports.clock.now()) throw new Refusal('start-code-expired')
        return await enterWith(opened, login, newPassword, 'password.start', 'wrong-start-code')
      } finally {
        opened.key.fill(0)
      }
    },
    async recover(typed: string, login: string, newPassword: string): Promise<AppStatus> {
      readyToSignIn()
      const code = readRecoveryCode(typed)
      if (code === undefined) throw new Refusal('wrong-recovery-code')
      const opened = await keys.openWith({ kind: 'recovery', code }, 'recovery', 'wrong-recovery-code')
      return recoverWith(opened, 'recovery', login, newPassword, 'password.recover')
    },
    /** With the age identity that two of the three sheets of the national key give. */
    async recoverNational(identity: string, login: string, newPassword: string): Promise<AppStatus> {
      readyToSignIn()
      const opened = await keys.open(
        { account: 'national', wrong: 'wrong-shares', open: (ring) => openNationalSlot(ring, identity) },
        false,
      )
      return recoverWith(opened, 'national', login, newPassword, 'password.recover-national')
    },
    /** Throws wrong-password for the old one, weak-password. */
    async changePassword(old: string, newPassword: string): Promise<void> {
      const { login, session, store } = open()
      await withOwnPassword(old, async (opened) => {
        checkPassword(newPassword, login, session.site.name)
        const slot = await keys.slotFor(opened, { kind: 'user', login, password: newPassword }, { own: opened.own })
        store.write((unit) => unit.audit({ action: 'password.change', object: session.userId }))
        keys.write(withSlot(opened.ring, slot, opened.key))
      })
    },
    /** A new paper code, grouped; nothing counts until it was typed back. */
    async beginRecoveryCode(password: string): Promise<{ recoveryCode: string }> {
      return withOwnPassword(password, () => {
        pending = newRecoveryCode(ports.random)
        return { recoveryCode: groupedCode(pending) }
      })
    },
    /** The new paper code counts from now on, and the old one opens nothing. Throws not-found without `beginRecoveryCode`. */
    async confirmRecoveryCode(typed: string, password: string): Promise<void> {
      if (pending === undefined) throw new Refusal('not-found')
      if (readRecoveryCode(typed) !== pending) throw new Refusal('wrong-recovery-code')
      const code = pending
      const { store } = open()
      await withOwnPassword(password, async (opened) => {
        const slot = await keys.slotFor(opened, { kind: 'recovery', code })
        store.write((unit) => unit.audit({ action: 'recovery.replace' }))
        keys.write(withSlot(opened.ring, slot, opened.key))
      })
      pending = undefined
    },
    /** Seals the key for the national recovery recipient. */
    async addNationalSlot(recipient: string, password: string): Promise<void> {
      const { store } = open()
      await withOwnPassword(password, async (opened) => {
        const slot = await makeNationalSlot(ports.random, {
          db: opened.ring.db,
          key: opened.key,
          recipient,
          now: ports.clock.now(),
        })
        store.write((unit) => unit.audit({ action: 'recovery.national', object: slot.id }))
        keys.write(withSlot(opened.ring, slot, opened.key))
      })
    },
    /** The recipient for whom the key is sealed beside the users, or undefined. */
    nationalRecipient(): string | undefined {
      const slot = keys.current().slots.find((s) => s.kind === 'national')
      return slot?.kind === 'national' ? slot.recipient : undefined
    },
    pendingRecoveryCode: () => pending,
    forget() {
      pending = undefined
    },
  }
}
export type DeskCredentials = ReturnType<typeof deskCredentials>
