import { gunzipSync, gzipSync } from 'node:zlib'
import { chacha20poly1305, xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { x25519 } from '@noble/curves/ed25519.js'
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Random } from '../ports.ts'

// docs/formats/vault.md: one file of one size on every installation, whether anything lies in it or not.

/** Size of `vault.db`, in bytes, for ever. */
export const vaultBytes = 1_048_576
const nonceBytes = 24
const tagBytes = 16
const keyBytes = 32
const innerBytes = vaultBytes - nonceBytes - tagBytes
/** Ways into the container: of people, of a paper code, the rest of nobody. */
export const slotsOfVault = 16
const slotBytes = keyBytes + keyBytes + tagBytes
const headBytes = slotsOfVault * slotBytes
const lengthBytes = 4
const roomBytes = innerBytes - headBytes - nonceBytes - tagBytes - lengthBytes
/** A container's text never unpacks to more. */
const textBytesMax = 64 * 1_048_576

const coverTag = utf8ToBytes('psrl1/vault')

/** The public half of a person's own value or of a paper code's secret; both 32 bytes. */
export function recipientOf(own: Uint8Array): Uint8Array {
  return x25519.getPublicKey(secretOf(own))
}

function secretOf(own: Uint8Array): Uint8Array {
  return hkdf(sha256, own, undefined, utf8ToBytes('psrl1/vault-own'), keyBytes)
}

/** The file: `inner` under the key of the desk's database, with a fresh nonce, so that all bytes differ from those of before. */
export function coverVault(key: Uint8Array, inner: Uint8Array, random: Random): Uint8Array {
  const nonce = random.bytes(nonceBytes)
  return concatBytes(nonce, xchacha20poly1305(key, nonce, coverTag).encrypt(inner))
}

/** What lies under the outer layer, or undefined if the file is another desk's, damaged or of another size. */
export function uncoverVault(key: Uint8Array, file: Uint8Array): Uint8Array | undefined {
  if (file.length !== vaultBytes) return undefined
  try {
    return xchacha20poly1305(key, file.subarray(0, nonceBytes), coverTag).decrypt(file.subarray(nonceBytes))
  } catch {
    return undefined
  }
}

function wrapKey(ephemeral: Uint8Array, shared: Uint8Array, recipient: Uint8Array): Uint8Array {
  return hkdf(sha256, shared, concatBytes(ephemeral, recipient), utf8ToBytes('psrl1/vault-slot'), keyBytes)
}

function slotFor(recipient: Uint8Array, contentKey: Uint8Array, random: Random): Uint8Array {
  const secret = random.bytes(keyBytes)
  const ephemeral = x25519.getPublicKey(secret)
  const key = wrapKey(ephemeral, x25519.getSharedSecret(secret, recipient), recipient)
  return concatBytes(ephemeral, chacha20poly1305(key, new Uint8Array(12)).encrypt(contentKey))
}

/**
 * A container of the one size that the recipients can open, under a key of its own that is nowhere else: with the last copy of it every
 * former content is gone. Empty text and no recipient make one that nobody opens.
 *
 * Returns undefined when the text does not fit, packed, into the room, or there are more recipients than slots.
 */
export function sealContainer(recipients: readonly Uint8Array[], text: Uint8Array, random: Random): Uint8Array | undefined {
  const packed = gzipSync(text)
  if (packed.length > roomBytes || recipients.length > slotsOfVault) return undefined
  const contentKey = random.bytes(keyBytes)
  const all = [...recipients]
  while (all.length < slotsOfVault) all.push(recipientOf(random.bytes(keyBytes)))
  const slots = shuffled(all, random).map((recipient) => slotFor(recipient, contentKey, random))
  const head = concatBytes(...slots)
  const plain = new Uint8Array(lengthBytes + roomBytes)
  new DataView(plain.buffer).setUint32(0, packed.length)
  plain.set(packed, lengthBytes)
  const nonce = random.bytes(nonceBytes)
  const body = xchacha20poly1305(contentKey, nonce, head).encrypt(plain)
  contentKey.fill(0)
  plain.fill(0)
  return concatBytes(head, nonce, body)
}

/** Random order, so that the place of a slot does not tell whose it is. */
function shuffled<T>(items: readonly T[], random: Random): T[] {
  const tickets = random.bytes(items.length * 8)
  const ticket = (i: number) => tickets.subarray(i * 8, i * 8 + 8)
  return items
    .map((item, i) => ({ item, ticket: ticket(i) }))
    .toSorted((a, b) => Buffer.compare(a.ticket, b.ticket))
    .map(({ item }) => item)
}

/** The text of a container for the holder of an own value, or undefined if none of its slots is theirs. Tries every slot in any case. */
export function openContainer(inner: Uint8Array, own: Uint8Array): Uint8Array | undefined {
  const secret = secretOf(own)
  const recipient = x25519.getPublicKey(secret)
  const head = inner.subarray(0, headBytes)
  let contentKey: Uint8Array | undefined
  for (let at = 0; at < headBytes; at += slotBytes) {
    const ephemeral = head.subarray(at, at + keyBytes)
    try {
      const key = wrapKey(ephemeral, x25519.getSharedSecret(secret, ephemeral), recipient)
      contentKey = chacha20poly1305(key, new Uint8Array(12)).decrypt(head.subarray(at + keyBytes, at + slotBytes))
    } catch {
      // somebody else's, or nobody's
    }
  }
  secret.fill(0)
  if (!contentKey) return undefined
  try {
    const nonce = inner.subarray(headBytes, headBytes + nonceBytes)
    const plain = xchacha20poly1305(contentKey, nonce, head).decrypt(inner.subarray(headBytes + nonceBytes))
    const length = new DataView(plain.buffer, plain.byteOffset).getUint32(0)
    const text = new Uint8Array(gunzipSync(plain.subarray(lengthBytes, lengthBytes + length), { maxOutputLength: textBytesMax }))
    plain.fill(0)
    return text
  } catch {
    return undefined
  } finally {
    contentKey.fill(0)
  }
}
