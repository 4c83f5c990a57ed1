import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { Refusal } from '#shared/result.ts'
import { fingerprintWords } from '#shared/sync/fingerprint-words.ts'
import { onePiece } from './one-piece.ts'
import { newAgeIdentity, openSealed, sealFor } from './age-file.ts'

// docs/formats/private-file.md: a file from one focal point to another; every one has the same size.

/** Bytes of what is sealed: the text and spaces. */
export const privateTextBytes = 65_536
/** A longer file is none. */
export const privateFileBytesMax = privateTextBytes + 8192

/** The age identity and address that follow from a person's own value; both change with it. */
export function addressFrom(own: Uint8Array): { readonly identity: string; readonly recipient: string } {
  return newAgeIdentity(hkdf(sha256, own, undefined, utf8ToBytes('psrl1/private-file'), 32))
}

/** The six words of an address, to be compared by voice. */
export function addressWords(recipient: string): string[] {
  return fingerprintWords(sha256(utf8ToBytes(`psrl1/private-address\n${recipient}`)))
}

/** Seals a text for one address. Throws Refusal private-full for one that is too long. */
export async function sealPrivate(recipient: string, text: string): Promise<AsyncIterable<Uint8Array>> {
  const bytes = utf8ToBytes(text)
  if (bytes.length > privateTextBytes) throw new Refusal('private-full')
  const padded = new Uint8Array(privateTextBytes).fill(0x20)
  padded.set(bytes)
  return sealFor([recipient], onePiece(padded))
}

/** The text of such a file. Throws Refusal private-file-not-for-you, private-file-damaged, file-unreadable. */
export async function openPrivate(identity: string, sizeBytes: number, file: AsyncIterable<Uint8Array>): Promise<string> {
  if (sizeBytes > privateFileBytesMax) throw new Refusal('private-file-damaged')
  const pieces: Uint8Array[] = []
  try {
    const { plaintext } = await openSealed([identity], sizeBytes, file)
    for await (const piece of plaintext) pieces.push(piece.slice())
    return new TextDecoder('utf-8', { fatal: true }).decode(concatBytes(...pieces))
  } catch (error) {
    if (error instanceof Refusal && error.code === 'file-unreadable') throw error
    throw new Refusal(
      error instanceof Refusal && error.code === 'sync-not-for-you' ? 'private-file-not-for-you' : 'private-file-damaged',
    )
  } finally {
    for (const piece of pieces) piece.fill(0)
  }
}
