import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { mayDo } from '#shared/permissions.ts'
import { Refusal } from '#shared/result.ts'
import { coverVault, openContainer, recipientOf, sealContainer, uncoverVault } from '../../crypto/vault-file.ts'
import type { Ports } from '../../ports.ts'
import { vaultKeySetting } from '../../storage/furnish-database.ts'
import type { RawDatabase } from '../../storage/open-database.ts'
import { readSetting } from '../../storage/settings.ts'
import type { WriteUnit } from '../../storage/store.ts'
import { storedJson } from '../../storage/stored-json.ts'
import type { OpenDesk } from './open-desk.ts'

export const vaultFile = 'vault.db'
/** Set by the first sign-in of somebody who may use the vault: from then on only a holder of a key replaces what lies in it. */
export const vaultBegunSetting = 'vault.begun'
/** Public half of the own value of a user; stands here for every user. */
export const recipientSetting = (userId: string): string => `recipient.${userId}`

const Payload = z.strictObject({
  recipients: z.array(z.strictObject({ of: z.string(), key: z.string().regex(/^[0-9a-f]{64}$/) })),
  content: z.unknown(),
})
type VaultPayload = z.infer<typeof Payload>

/**
 * `vault.db` (docs/formats/vault.md): there on every desk, of one size, rewritten at every lock by whoever locks.
 *
 * What its outer layer covers opens for those alone who hold a value that is sealed to in it; the desk's other users cannot tell whether
 * anything lies in it.
 */
export function deskVault({ files, random }: Pick<Ports, 'files' | 'random'>) {
  let key: Uint8Array | undefined
  let opened: VaultPayload | undefined

  /** Throws private-damaged, locked. */
  function inner(): Uint8Array {
    if (!key) throw new Refusal('locked')
    const found = files.exists(vaultFile) ? uncoverVault(key, files.read(vaultFile)) : undefined
    if (!found) throw new Refusal('private-damaged')
    return found
  }

  /** Throws private-full, disk-full, store-read-only; then the file is as before. */
  function write(payload: VaultPayload | undefined): void {
    if (!key) throw new Refusal('locked')
    const text = payload ? utf8ToBytes(JSON.stringify(payload)) : new Uint8Array()
    const sealed = sealContainer(payload?.recipients.map((r) => hexToBytes(r.key)) ?? [], text, random)
    text.fill(0)
    if (!sealed) throw new Refusal('private-full')
    files.replace(vaultFile, coverVault(key, sealed, random))
  }

  function payloadFor(own: Uint8Array): VaultPayload | undefined {
    const text = openContainer(inner(), own)
    if (!text) return undefined
    try {
      return Payload.parse(storedJson(new TextDecoder().decode(text)))
    } finally {
      text.fill(0)
    }
  }

  function empty(userId: string, own: Uint8Array): VaultPayload {
    return { recipients: [{ of: userId, key: bytesToHex(recipientOf(own)) }], content: null }
  }

  /** A sign-in of a focal point always makes the container anew, so that its change says no more than that she came. */
  function renewed(userId: string, own: Uint8Array, begun: boolean): boolean {
    try {
      const mine = payloadFor(own) ?? (begun ? undefined : empty(userId, own))
      if (mine) write(mine)
      return mine !== undefined
    } catch {
      // damaged, or no room: nobody is kept from working by it, and whoever opens it is told
      return false
    }
  }

  return {
    /** At sign-in, with the person's own value; `keep` writes down what the database has to know of it. Never throws. */
    enter({ store, session }: OpenDesk, own: Uint8Array): { keep(unit: WriteUnit): void } {
      const held = store.setting(vaultKeySetting)
      if (held !== undefined) key = hexToBytes(held)
      const begun = store.setting(vaultBegunSetting) !== undefined
      if (key && !begun && !files.exists(vaultFile)) {
        try {
          write(undefined)
        } catch {
          // no room now: the next sign-in makes it
        }
      }
      const begins = mayDo(session.roles, 'envelope.own') && renewed(session.userId, own, begun) && !begun
      const recipient = bytesToHex(recipientOf(own))
      return {
        keep(unit) {
          const name = recipientSetting(session.userId)
          if (store.setting(name) !== recipient) unit.keepSetting(name, recipient)
          if (begins) unit.keepSetting(vaultBegunSetting, '1')
        },
      }
    },
    /** At lock, whoever locks: new bytes from the first to the last, and nothing of it left in memory. Never throws. */
    leave(): void {
      opened = undefined
      if (!key) return
      try {
        files.replace(vaultFile, coverVault(key, inner(), random))
      } catch {
        // missing, damaged or no room: what lies there stays
      }
      key.fill(0)
      key = undefined
    },
    /** Its copy for a backup, with bytes of its own; undefined where it is not made yet or not whole. */
    copyOf(db: RawDatabase): Uint8Array | undefined {
      const held = readSetting(db, vaultKeySetting)
      if (held === undefined || !files.exists(vaultFile)) return undefined
      const found = uncoverVault(hexToBytes(held), files.read(vaultFile))
      return found && coverVault(hexToBytes(held), found, random)
    },
    /** Opens it with an own value or what a paper code gives. Throws private-no-key, private-damaged, locked. */
    open(own: Uint8Array): VaultPayload {
      opened = payloadFor(own)
      if (!opened) throw new Refusal('private-no-key')
      return opened
    },
    /** What was opened. Throws private-closed. */
    payload(): VaultPayload {
      if (!opened) throw new Refusal('private-closed')
      return opened
    },
    /** Written whole under a fresh key: what is not in `payload` any more opens with no key there is. Throws private-full, disk-full. */
    save(payload: VaultPayload): void {
      if (!opened) throw new Refusal('private-closed')
      write(payload)
      opened = payload
    },
    /** An empty one in place of what nobody here can open. Throws disk-full. */
    beginAnew(userId: string, own: Uint8Array): void {
      const payload = empty(userId, own)
      write(payload)
      opened = payload
    },
    /** Out of memory; the file stays as it is. */
    close(): void {
      opened = undefined
    },
  }
}
