import { hash } from 'node:crypto'
import { concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'

/** Where things lie in the plaintext of a sync file (docs/formats/sync-file.md, "Inside"). Numbers are little endian. */
export const magic = 'PSRL0001'
export const fixedBytes = 28
export const sectionHeadBytes = 20
export const signatureBytesMax = 4096
export const manifestTag = 'psrl1/manifest\n'

/** The fixed part: magic, lengths of manifest and signature block, length of the whole plaintext with padding. */
export function fixedPart(manifestLength: number, signatureLength: number, total: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(fixedBytes))
  utf8ToBytes(magic).forEach((b, i) => view.setUint8(i, b))
  view.setUint32(12, manifestLength, true)
  view.setUint32(16, signatureLength, true)
  view.setBigUint64(20, BigInt(total), true)
  return new Uint8Array(view.buffer)
}

/** What stands before a section's bytes. */
export function sectionHead(section: { readonly type: number; readonly enc: number; readonly raw: number }): Uint8Array {
  const head = new DataView(new ArrayBuffer(sectionHeadBytes))
  head.setUint8(0, section.type)
  head.setUint8(1, 1)
  head.setBigUint64(4, BigInt(section.enc), true)
  head.setBigUint64(12, BigInt(section.raw), true)
  return new Uint8Array(head.buffer)
}

/** The signature block's text. */
export function signatureText(device: string, sig: string): string {
  return JSON.stringify({ dev: device, alg: 'ed25519', sig })
}

/** Everything the signature covers: lengths and manifest, and through the manifest's digests every section. */
export function signedMessage(fixed: Uint8Array, manifest: Uint8Array): Uint8Array {
  return concatBytes(hexToBytes(hash('sha256', fixed)), hexToBytes(hash('sha256', manifest)))
}
