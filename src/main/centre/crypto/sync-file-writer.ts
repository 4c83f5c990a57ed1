import { createHash } from 'node:crypto'
import { createGzip } from 'node:zlib'
import { Readable } from 'node:stream'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { formatVersion, paddedLength, type Manifest } from '#shared/sync/manifest.ts'
import { sealFor } from './age-file.ts'
import { signWith } from './device-identity.ts'
import {
  fixedBytes,
  fixedPart,
  manifestTag,
  sectionHead,
  sectionHeadBytes,
  signatureText,
  signedMessage,
} from './sync-file-layout.ts'

/** A section, compressed and measured. */
export interface PackedSection {
  readonly type: 1 | 2
  readonly encoded: readonly Uint8Array[]
  readonly enc: number
  readonly raw: number
  readonly lines: number
  readonly sha256: string
}

/** Compresses lines; each chunk is a run of whole lines without its last line break. Nothing is kept but the compressed bytes. */
export async function packSection(
  type: 1 | 2,
  chunks: AsyncIterable<{ readonly text: string; readonly lines: number }>,
): Promise<PackedSection> {
  let raw = 0
  let lines = 0
  async function* bytes() {
    let first = true
    for await (const chunk of chunks) {
      const piece = Buffer.from(first ? chunk.text : `\n${chunk.text}`, 'utf8')
      first = false
      raw += piece.length
      lines += chunk.lines
      yield piece
    }
  }
  const digest = createHash('sha256')
  const encoded: Uint8Array[] = []
  let enc = 0
  const gzip = createGzip({ level: 6, chunkSize: 65_536 })
  const source = Readable.from(bytes(), { objectMode: false })
  source.on('error', (error) => gzip.destroy(error))
  for await (const piece of source.pipe(gzip) as AsyncIterable<Buffer>) {
    digest.update(piece)
    encoded.push(piece)
    enc += piece.length
  }
  return { type, encoded, enc, raw, lines, sha256: digest.digest('hex') }
}

export type ManifestDraft = Omit<Manifest, 'sections' | 'v' | 'min_reader'>

/**
 * A sync file (docs/formats/sync-file.md): manifest, signature, gzip sections, padding, all inside age; piece by piece.
 *
 * `sign` holds the sender's device id and secret; `recipients` must include the sender's own.
 */
export async function writeSyncFile(
  draft: ManifestDraft,
  sections: readonly PackedSection[],
  sign: { readonly device: string; readonly secret: Uint8Array },
  recipients: readonly string[],
): Promise<AsyncIterable<Uint8Array>> {
  const manifest: Manifest = {
    v: formatVersion,
    min_reader: formatVersion,
    ...draft,
    sections: sections.map(({ type, enc, raw, lines, sha256 }) => ({ type, codec: 1 as const, enc, raw, lines, sha256 })),
  }
  const manifestBytes = utf8ToBytes(JSON.stringify(manifest))
  // the block's length is fixed: 16 letters of device, 128 hex digits
  const signatureLength = signatureText(sign.device, '0'.repeat(128)).length
  const body = sections.reduce((n, s) => n + sectionHeadBytes + s.enc, 0)
  const used = fixedBytes + manifestBytes.length + signatureLength + body
  const total = paddedLength(used)
  const fixed = fixedPart(manifestBytes.length, signatureLength, total)
  const signature = signatureText(sign.device, signWith(sign.secret, manifestTag, signedMessage(fixed, manifestBytes)))
  async function* plaintext(): AsyncGenerator<Uint8Array> {
    yield fixed
    yield manifestBytes
    yield utf8ToBytes(signature)
    for (const section of sections) {
      yield sectionHead(section)
      yield* section.encoded
    }
    for (let left = total - used; left > 0; left -= 65_536) yield new Uint8Array(Math.min(left, 65_536))
  }
  return sealFor(recipients, plaintext())
}
