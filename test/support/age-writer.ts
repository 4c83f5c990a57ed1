import { createCipheriv, createHmac, createPrivateKey, createPublicKey, diffieHellman, hkdfSync } from 'node:crypto'
import { bech32 } from '@scure/base'
import type { Random } from '#main/centre/ports.ts'

/**
 * A writer of age v1 files from the C2SP specification (c2sp.org/age) that can be told to write every part wrong.
 *
 * It shares no code with the application; the same seed gives the same bytes.
 */
const pkcs8Head = Buffer.from('302e020100300506032b656e04220420', 'hex')
const spkiHead = Buffer.from('302a300506032b656e032100', 'hex')
export const chunkBytes = 65_536

/** Base 64 without padding. */
export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '')

/** Bytes of texts and bytes, one after the other. */
export const joined = (...parts: readonly (string | Uint8Array)[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts.map((p) => (typeof p === 'string' ? Buffer.from(p, 'utf8') : p))))

function aead(key: Uint8Array, nonce: Uint8Array, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 })
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}
const hkdf = (key: Uint8Array, salt: Uint8Array, info: string): Buffer => Buffer.from(hkdfSync('sha256', key, salt, info, 32))

/** What an X25519 stanza of the file key for a recipient holds: the share and the wrapped key. */
export function wrapped(
  recipient: string,
  fileKey: Uint8Array,
  random: Random,
): { readonly share: Buffer; readonly body: Buffer } {
  const theirs = Buffer.from(bech32.decodeToBytes(recipient).bytes)
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Head, random.bytes(32)]), format: 'der', type: 'pkcs8' })
  const share = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(spkiHead.length)
  const publicKey = createPublicKey({ key: Buffer.concat([spkiHead, theirs]), format: 'der', type: 'spki' })
  const shared = diffieHellman({ privateKey, publicKey })
  const key = hkdf(shared, Buffer.concat([share, theirs]), 'age-encryption.org/v1/X25519')
  return { share, body: aead(key, Buffer.alloc(12), fileKey) }
}

/** The text of a stanza for a recipient. */
export function stanza(recipient: string, fileKey: Uint8Array, random: Random): string {
  const { share, body } = wrapped(recipient, fileKey, random)
  return `-> X25519 ${base64(share)}\n${base64(body)}\n`
}

/** Header of these stanzas up to its MAC line; `mac` writes that line from the right one. */
export function ageHeader(
  fileKey: Uint8Array,
  stanzas: readonly string[],
  mac: (right: string) => string = (right) => ` ${right}\n`,
  firstLine = 'age-encryption.org/v1\n',
): Uint8Array {
  const text = `${firstLine}${stanzas.join('')}---`
  const right = base64(
    createHmac('sha256', hkdf(fileKey, Buffer.alloc(0), 'header'))
      .update(text)
      .digest(),
  )
  return joined(text, mac(right))
}

/** Chunks of a plaintext as age cuts it. */
export function chunksOf(plain: Uint8Array): Uint8Array[] {
  const chunks: Uint8Array[] = []
  for (let at = 0; at === 0 || at < plain.length; at += chunkBytes) chunks.push(plain.subarray(at, at + chunkBytes))
  return chunks
}

/** Nonce and sealed chunks; `isLast` says which chunk is marked as the last. */
export function agePayload(
  fileKey: Uint8Array,
  chunks: readonly Uint8Array[],
  random: Random,
  isLast: (index: number) => boolean = (i) => i === chunks.length - 1,
): { readonly nonce: Uint8Array; readonly sealed: readonly Uint8Array[] } {
  const nonce = random.bytes(16)
  const key = hkdf(fileKey, nonce, 'payload')
  const sealed = chunks.map((chunk, i) => {
    const count = Buffer.alloc(12)
    count.writeUInt32BE(i, 7)
    if (isLast(i)) count[11] = 1
    return new Uint8Array(aead(key, count, chunk))
  })
  return { nonce, sealed }
}

/** A whole file for the recipients, as any age tool writes it; no throw-away recipients. */
export function ageFile(recipients: readonly string[], plain: Uint8Array, random: Random): Uint8Array {
  const fileKey = random.bytes(16)
  const { nonce, sealed } = agePayload(fileKey, chunksOf(plain), random)
  return joined(
    ageHeader(
      fileKey,
      recipients.map((r) => stanza(r, fileKey, random)),
    ),
    nonce,
    ...sealed,
  )
}
