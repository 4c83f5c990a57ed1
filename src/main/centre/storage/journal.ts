import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'

const payloadTag = utf8ToBytes('psrl1/p')
const entryTag = utf8ToBytes('psrl1/e')
/** Entries that belong to no row (writer-index declarations) commit under this secret. */
export const noRowSecret = new Uint8Array(16)

/** Start of a chain: the SHA-256 of the writer record's bytes (docs/formats/sync-file.md, "Journal"). */
export function chainStart(writerRecord: string): Uint8Array {
  return sha256(utf8ToBytes(writerRecord))
}

/** Commitment to a payload: `SHA-256("psrl1/p" || HMAC(secret, stream || writer || q) || payload)`. */
export function payloadCommitment(secret: Uint8Array, stream: string, writer: string, seq: number, payload: string): Uint8Array {
  return sha256(concatBytes(payloadTag, hmac(sha256, secret, utf8ToBytes(`${stream}${writer}${seq}`)), utf8ToBytes(payload)))
}

/** Hash of an entry: `SHA-256("psrl1/e" || previous || stream || writer || header || commitment)`. */
export function entryHash(
  previous: Uint8Array,
  stream: string,
  writer: string,
  header: string,
  commitment: Uint8Array,
): Uint8Array {
  return sha256(concatBytes(entryTag, previous, utf8ToBytes(stream), utf8ToBytes(writer), utf8ToBytes(header), commitment))
}
