import { createDecipheriv, createHmac, createPrivateKey, createPublicKey, diffieHellman, hkdfSync } from 'node:crypto'
import { bech32 } from '@scure/base'

/**
 * A second reader of age v1 files with X25519 recipients, written from the C2SP specification (c2sp.org/age), not from a library.
 *
 * It shares no code with the application: what both open is an age file. Throws Error on anything that is not whole.
 */
export function readAge(identity: string, file: Uint8Array): Uint8Array {
  const bytes = Buffer.from(file)
  const end = bytes.indexOf('\n---', 0, 'latin1')
  if (end < 0) throw new Error('header without end')
  const macEnd = bytes.indexOf('\n', end + 1, 'latin1')
  const signed = bytes.subarray(0, end + 4)
  const [version, ...lines] = bytes.subarray(0, end).toString('latin1').split('\n')
  if (version !== 'age-encryption.org/v1') throw new Error('version')
  const secret = Buffer.from(bech32.decodeToBytes(identity.toLowerCase()).bytes)
  const fileKey = stanzas(lines)
    .map((s) => unwrapped(secret, s))
    .find((key) => key !== undefined)
  if (!fileKey) throw new Error('no stanza for this identity')
  const headerKey = Buffer.from(hkdfSync('sha256', fileKey, '', 'header', 32))
  const mac = bytes.subarray(end + 5, macEnd).toString('latin1')
  if (createHmac('sha256', headerKey).update(signed).digest('base64').replace(/=+$/, '') !== mac) throw new Error('header MAC')
  return payload(fileKey, bytes.subarray(macEnd + 1))
}

interface AgeStanza {
  readonly share: Buffer
  readonly body: Buffer
}

function stanzas(lines: readonly string[]): AgeStanza[] {
  const found: AgeStanza[] = []
  for (let i = 0; i < lines.length; i += 1) {
    const [arrow, type, share] = lines[i]!.split(' ')
    if (arrow !== '->' || type !== 'X25519' || share === undefined) throw new Error('stanza')
    // a body of 32 bytes is one short line of 43 letters
    i += 1
    found.push({ share: Buffer.from(share, 'base64'), body: Buffer.from(lines[i] ?? '', 'base64') })
  }
  return found
}

const pkcs8Head = Buffer.from('302e020100300506032b656e04220420', 'hex')
const spkiHead = Buffer.from('302a300506032b656e032100', 'hex')

function unwrapped(secret: Buffer, { share, body }: AgeStanza): Buffer | undefined {
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Head, secret]), format: 'der', type: 'pkcs8' })
  const own = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(spkiHead.length)
  const theirs = createPublicKey({ key: Buffer.concat([spkiHead, share]), format: 'der', type: 'spki' })
  const shared = diffieHellman({ privateKey, publicKey: theirs })
  const wrap = Buffer.from(hkdfSync('sha256', shared, Buffer.concat([share, own]), 'age-encryption.org/v1/X25519', 32))
  try {
    return opened(wrap, Buffer.alloc(12), body)
  } catch {
    return undefined
  }
}

function opened(key: Buffer, nonce: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 })
  decipher.setAuthTag(sealed.subarray(-16))
  return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
}

/** STREAM: chunks of 64 KiB; the nonce is an 11-byte big-endian counter and a byte that is 1 for the last chunk. */
function payload(fileKey: Buffer, rest: Buffer): Uint8Array {
  const key = Buffer.from(hkdfSync('sha256', fileKey, rest.subarray(0, 16), 'payload', 32))
  const chunkBytes = 65_536 + 16
  const pieces: Buffer[] = []
  for (let at = 16, n = 0; at < rest.length; at += chunkBytes, n += 1) {
    const nonce = Buffer.alloc(12)
    nonce.writeUInt32BE(n, 7)
    if (at + chunkBytes >= rest.length) nonce[11] = 1
    pieces.push(opened(key, nonce, rest.subarray(at, at + chunkBytes)))
  }
  return new Uint8Array(Buffer.concat(pieces))
}
