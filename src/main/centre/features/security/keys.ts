import { Refusal } from '#shared/result.ts'
import {
  costOf,
  makeSlot,
  openKeyring,
  type Keyring,
  type KeyringOpened,
  type Opener,
  type SecretSlot,
} from '../../crypto/keyring.ts'
import type { Ports } from '../../ports.ts'
import { attemptKeeper } from './attempts.ts'
import { storeFile } from './desk-files.ts'
import { databaseIdOf, readKeyrings, writeKeyring } from './keyring-file.ts'

/** A keyring with the database key that one of its slots gave; whoever asked for it overwrites the key. */
export interface OpenedKeys {
  readonly ring: Keyring
  readonly key: Uint8Array
  /** The person's own value (crypto/vault-file.ts); empty where a slot is nobody's. */
  readonly own: Uint8Array
  /** Id of the slot that opened. */
  readonly slot: string
}

export interface KeyRequest {
  /** Counted apart, so that nobody's mistakes make another wait (H30). */
  readonly account: string
  readonly wrong: 'wrong-password' | 'wrong-recovery-code' | 'wrong-start-code' | 'wrong-shares'
  readonly open: (ring: Keyring) => Promise<KeyringOpened>
}

/** The keyring of this data folder: opening it, counting attempts, writing it. */
export function deskKeys(ports: Ports) {
  const { files } = ports
  const attempts = attemptKeeper(files, ports.clock)
  /** Of the store that was opened last: the file itself may not be read while SQLite has it. */
  let storeId: string | undefined

  function rings(id: string | undefined): readonly [Keyring, ...Keyring[]] {
    const found = readKeyrings(files, id)
    if (!found) throw new Refusal('not-set-up')
    return found
  }

  /**
   * The key, by whatever `request` tries; another copy of the keyring only where the list of slots was changed by somebody without the key.
   *
   * Throws `request.wrong` {seconds}, wait-before-retry {seconds}, keyring-damaged, not-set-up.
   */
  async function open(request: KeyRequest, storeIsOpen: boolean): Promise<OpenedKeys> {
    const id = storeIsOpen ? storeId : files.exists(storeFile) ? databaseIdOf(files, storeFile) : undefined
    const candidates = rings(id)
    attempts.check(request.account)
    for (const ring of candidates) {
      const opened = await request.open(ring)
      if (opened.ok) {
        storeId = ring.db
        return { ring, key: opened.key, own: opened.own, slot: opened.slot }
      }
      if (opened.why === 'wrong') {
        const seconds = attempts.failed(request.account)
        throw new Refusal(request.wrong, seconds > 0 ? { seconds } : undefined)
      }
    }
    throw new Refusal('keyring-damaged')
  }

  return {
    attempts,
    open,
    /** By password or code. */
    openWith: (opener: Opener, account: string, wrong: KeyRequest['wrong'], storeIsOpen = false) =>
      open({ account, wrong, open: (ring) => openKeyring(ports.secrets, ring, opener) }, storeIsOpen),
    /** The keyring of the open store. Throws not-set-up. */
    current: (): Keyring => rings(storeId)[0],
    /** A slot for one more opener of an opened keyring, at the cost of its passwords; `extra.own` is kept in it, or a new value. */
    async slotFor(
      { ring, key }: Pick<OpenedKeys, 'ring' | 'key'>,
      opener: Opener,
      extra: { readonly until?: number; readonly own?: Uint8Array } = {},
    ): Promise<SecretSlot> {
      const cost = costOf(ring) ?? (await ports.secrets.calibrate())
      const now = ports.clock.now()
      return makeSlot(ports, { db: ring.db, key, opener, cost, now, ...extra })
    },
    write(ring: Keyring): void {
      writeKeyring(files, ring)
    },
  }
}
export type DeskKeys = ReturnType<typeof deskKeys>
