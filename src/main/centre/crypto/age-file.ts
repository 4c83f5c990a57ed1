import { chacha20poly1305 } from '@noble/ciphers/chacha.js'
import { x25519 } from '@noble/curves/ed25519.js'
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { base64nopad, bech32 } from '@scure/base'
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient, type Identity, type Stanza } from 'age-encryption'
import { Refusal } from '#shared/result.ts'
import { isPaddedLength, syncLimits } from '#shared/sync/manifest.ts'

const firstLine = 'age-encryption.org/v1\n'
const recipientsMultiple = 8
const chunkBytes = 65_536
const tagBytes = 16
const nonceBytes = 16

/** A new age identity and its recipient. */
export async function newAgeIdentity(): Promise<{ readonly identity: string; readonly recipient: string }> {
  const identity = await generateX25519Identity()
  return { identity, recipient: await identityToRecipient(identity) }
}

/**
 * Seals bytes for the recipients, as a plain age v1 file that any age tool opens with one of their identities.
 *
 * Throw-away recipients fill the header up to a multiple of eight, so that it does not tell how many can read.
 */
export async function sealFor(recipients: readonly string[], plaintext: Uint8Array): Promise<Uint8Array> {
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  const dummies = (recipientsMultiple - (recipients.length % recipientsMultiple)) % recipientsMultiple
  for (let i = 0; i < dummies; i += 1) encrypter.addRecipient((await newAgeIdentity()).recipient)
  return encrypter.encrypt(plaintext)
}

/** Unwraps the file key like any age tool, and remembers whether a stanza was ours: a wrong recipient and damage differ (E05, E03). */
class WatchedIdentity implements Identity {
  matched = false
  readonly #secret: Uint8Array
  constructor(identity: string) {
    this.#secret = bech32.decodeToBytes(identity.toLowerCase()).bytes
  }
  unwrapFileKey(stanzas: Stanza[]): Uint8Array | null {
    const ours = x25519.getPublicKey(this.#secret)
    for (const stanza of stanzas) {
      const share = stanza.args[1]
      if (stanza.args[0] !== 'X25519' || stanza.args.length !== 2 || share === undefined || stanza.body.length !== 32) continue
      try {
        const ephemeral = base64nopad.decode(share)
        const shared = x25519.getSharedSecret(this.#secret, ephemeral)
        const key = hkdf(sha256, shared, concatBytes(ephemeral, ours), utf8ToBytes('age-encryption.org/v1/X25519'), 32)
        const fileKey = chacha20poly1305(key, new Uint8Array(12)).decrypt(stanza.body)
        this.matched = true
        return fileKey
      } catch {
        // for somebody else
      }
    }
    return null
  }
}

/** Length of the age header including its MAC line, or undefined when its end is not there. */
function headerLength(file: Uint8Array): number | undefined {
  const text = new TextDecoder('latin1').decode(file.subarray(0, syncLimits.ageHeaderBytesMax))
  const mac = /\n--- [A-Za-z0-9+/]{43}\n/.exec(text)
  return mac ? mac.index + mac[0].length : undefined
}

/** True when the ciphertext's length is one that a whole padded file can have. */
function lengthIsWhole(payloadBytes: number): boolean {
  const sealed = payloadBytes - nonceBytes
  if (sealed <= tagBytes) return false
  const chunks = Math.ceil(sealed / (chunkBytes + tagBytes))
  return isPaddedLength(sealed - chunks * tagBytes)
}

/**
 * Opens a sealed file with this device's identity; nothing of it is released unless all of it is whole.
 *
 * Classified by position and length, never by a library's message. Throws Refusal sync-not-a-sync-file, sync-too-large, sync-incomplete,
 * sync-damaged, sync-not-for-you.
 */
export async function openSealed(identity: string, file: Uint8Array): Promise<Uint8Array> {
  if (file.length > syncLimits.fileBytesMax) throw new Refusal('sync-too-large')
  const start = new TextDecoder('latin1').decode(file.subarray(0, firstLine.length))
  if (file.length === 0 || !firstLine.startsWith(start)) throw new Refusal('sync-not-a-sync-file')
  const header = headerLength(file)
  if (header === undefined) throw new Refusal(file.length < syncLimits.ageHeaderBytesMax ? 'sync-incomplete' : 'sync-too-large')
  const watched = new WatchedIdentity(identity)
  const decrypter = new Decrypter()
  decrypter.addIdentity(watched)
  try {
    return await decrypter.decrypt(file)
  } catch {
    if (!lengthIsWhole(file.length - header)) throw new Refusal('sync-incomplete', { bytes: file.length })
    throw new Refusal(watched.matched ? 'sync-damaged' : 'sync-not-for-you')
  }
}
