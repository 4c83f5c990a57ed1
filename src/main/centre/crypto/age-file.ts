import { ReadableStream } from 'node:stream/web'
import { chacha20poly1305 } from '@noble/ciphers/chacha.js'
import { x25519 } from '@noble/curves/ed25519.js'
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { base64nopad, bech32 } from '@scure/base'
import { Decrypter, Encrypter, type Identity, type Stanza } from 'age-encryption'
import { Refusal } from '#shared/result.ts'
import { isPaddedLength, syncLimits } from '#shared/sync/manifest.ts'

const firstLine = 'age-encryption.org/v1\n'
const recipientsMultiple = 8
const chunkBytes = 65_536
const tagBytes = 16
const nonceBytes = 16

type Pieces = AsyncIterable<Uint8Array>
/** typage speaks of the web's global stream class, which Node's module has under the same shape. */
type LibraryStream = Parameters<Encrypter['encrypt']>[0] extends infer F ? Extract<F, { getReader: unknown }> : never

/** A new age identity and its recipient, from 32 strong random bytes. */
export function newAgeIdentity(secret: Uint8Array = randomBytes(32)): {
  readonly identity: string
  readonly recipient: string
} {
  return {
    identity: bech32.encodeFromBytes('age-secret-key-', secret).toUpperCase(),
    recipient: bech32.encodeFromBytes('age', x25519.getPublicKey(secret)),
  }
}

/**
 * Seals bytes for the recipients, piece by piece, as a plain age v1 file that any age tool opens with one of their identities.
 *
 * Throw-away recipients fill the header up to a multiple of eight, so that it does not tell how many can read.
 */
export async function sealFor(recipients: readonly string[], plaintext: Pieces): Promise<Pieces> {
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  const dummies = (recipientsMultiple - (recipients.length % recipientsMultiple)) % recipientsMultiple
  for (let i = 0; i < dummies; i += 1) encrypter.addRecipient(newAgeIdentity().recipient)
  return (await encrypter.encrypt(ReadableStream.from(plaintext) as unknown as LibraryStream)) as unknown as Pieces
}

/** Unwraps the file key like any age tool, and remembers whether a stanza was ours: a wrong recipient and damage differ (E05, E03). */
class WatchedIdentity implements Identity {
  matched = false
  /** Place of the identity that opened the file. */
  openedBy = 0
  passphrase = false
  tooMany = false
  readonly #secrets: readonly Uint8Array[]
  constructor(identities: readonly string[]) {
    this.#secrets = identities.map((i) => bech32.decodeToBytes(i.toLowerCase()).bytes)
  }
  unwrapFileKey(stanzas: Stanza[]): Uint8Array | null {
    this.tooMany = stanzas.length > syncLimits.stanzasMax
    if (this.tooMany) return null
    this.passphrase = stanzas.some((s) => s.args[0] === 'scrypt')
    // a passphrase stands alone (c2sp.org/age): with one, nothing else is tried
    if (this.passphrase) return null
    for (const [place, secret] of this.#secrets.entries()) {
      const ours = x25519.getPublicKey(secret)
      for (const stanza of stanzas) {
        const share = stanza.args[1]
        if (stanza.args[0] !== 'X25519' || stanza.args.length !== 2 || share === undefined || stanza.body.length !== 32) continue
        try {
          const ephemeral = base64nopad.decode(share)
          const shared = x25519.getSharedSecret(secret, ephemeral)
          const key = hkdf(sha256, shared, concatBytes(ephemeral, ours), utf8ToBytes('age-encryption.org/v1/X25519'), 32)
          const fileKey = chacha20poly1305(key, new Uint8Array(12)).decrypt(stanza.body)
          this.matched = true
          this.openedBy = place
          return fileKey
        } catch {
          // for somebody else
        }
      }
    }
    return null
  }
}

/** Length of the age header including its MAC line, or undefined when its end is not there. */
function headerLength(start: Uint8Array): number | undefined {
  const text = new TextDecoder('latin1').decode(start.subarray(0, syncLimits.ageHeaderBytesMax))
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

/** Bytes of a sealed file whose header is `headerBytes` long and whose plaintext is `plainBytes` long. */
export function sealedLength(headerBytes: number, plainBytes: number): number {
  return headerBytes + nonceBytes + plainBytes + Math.max(1, Math.ceil(plainBytes / chunkBytes)) * tagBytes
}

export interface OpenedAge {
  readonly headerBytes: number
  /** Which of the identities opened it, from 0. */
  readonly openedBy: number
  /** The plaintext; throws the same refusals as `openSealed` when a later piece is not whole. */
  readonly plaintext: Pieces
}

/**
 * Opens a sealed file with one of this device's identities, piece by piece; `size` is the file's in bytes.
 *
 * Nothing of the plaintext may be believed before its end was reached. Classified by position and length, never by a library's message.
 * Throws Refusal sync-not-a-sync-file, sync-too-large, sync-incomplete, sync-damaged, sync-not-for-you, sync-needs-passphrase.
 */
export async function openSealed(identities: readonly string[], size: number, pieces: Pieces): Promise<OpenedAge> {
  if (size > syncLimits.fileBytesMax) throw new Refusal('sync-too-large')
  const iterator = pieces[Symbol.asyncIterator]()
  let start: Uint8Array = new Uint8Array()
  let header: number | undefined
  for (;;) {
    const next = await iterator.next()
    if (next.done === true) break
    start = concatBytes(start, next.value)
    const head = new TextDecoder('latin1').decode(start.subarray(0, firstLine.length))
    if (!firstLine.startsWith(head)) throw new Refusal('sync-not-a-sync-file')
    header = headerLength(start)
    if (header !== undefined || start.length >= syncLimits.ageHeaderBytesMax) break
  }
  if (start.length === 0) throw new Refusal('sync-not-a-sync-file')
  if (header === undefined) {
    throw new Refusal(start.length < syncLimits.ageHeaderBytesMax ? 'sync-incomplete' : 'sync-too-large')
  }
  const headerBytes = header
  const watched = new WatchedIdentity(identities)
  const decrypter = new Decrypter()
  decrypter.addIdentity(watched)
  const classified = (): Refusal => {
    if (watched.tooMany) return new Refusal('sync-too-large')
    if (!lengthIsWhole(size - headerBytes)) return new Refusal('sync-incomplete')
    if (watched.passphrase) return new Refusal('sync-needs-passphrase')
    return watched.matched
      ? new Refusal('sync-damaged', { percent: Math.floor((100 * read) / size) })
      : new Refusal('sync-not-for-you')
  }
  let read = start.length
  async function* whole(): Pieces {
    yield start
    for (;;) {
      const next = await iterator.next()
      if (next.done === true) return
      read += next.value.length
      yield next.value
    }
  }
  // a stick that cannot be read is not a damaged file
  let unreadable: unknown
  async function* watchedPieces(): Pieces {
    try {
      yield* whole()
    } catch (error) {
      unreadable = error
      throw error
    }
  }
  let opened: Pieces
  try {
    opened = (await decrypter.decrypt(ReadableStream.from(watchedPieces()) as unknown as LibraryStream)) as unknown as Pieces
  } catch {
    throw unreadable ?? classified()
  }
  async function* plaintext(): Pieces {
    try {
      yield* opened
    } catch {
      throw unreadable ?? classified()
    }
  }
  return { headerBytes, openedBy: watched.openedBy, plaintext: plaintext() }
}
