import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { fixedPart, manifestTag, sectionHead, signatureText, signedMessage } from '#main/centre/crypto/sync-file-layout.ts'
import { signWith, type DeviceIdentity } from '#main/centre/crypto/device-identity.ts'
import { formatVersion, paddedLength } from '#shared/sync/manifest.ts'
import { joined } from '#test/support/age-writer.ts'

/** A section as it lies in the file, and what the manifest says of it. */
export interface RawSection {
  readonly head: Uint8Array
  readonly bytes: Uint8Array
  readonly said: Readonly<Record<string, unknown>>
}

/** A section of lines; `said` overrides what manifest and head say, `head` what the head alone says, `encoded` its bytes. */
export function rawSection(
  text: string | Uint8Array,
  said: Readonly<Record<string, unknown>> = {},
  change: { readonly head?: (head: Uint8Array) => void; readonly encoded?: (gzip: Uint8Array) => Uint8Array } = {},
): RawSection {
  const raw = joined(text)
  const gzip = new Uint8Array(gzipSync(raw))
  const bytes = change.encoded?.(gzip) ?? gzip
  const lines = raw.length === 0 ? 0 : raw.filter((b) => b === 10).length + 1
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const whole = { type: 1, codec: 1, enc: bytes.length, raw: raw.length, lines, sha256, ...said }
  const head = sectionHead(whole)
  change.head?.(head)
  return { head, bytes, said: whole }
}

/** What may be written otherwise than the format wants; all of it is signed as it is. */
export interface PlainChange {
  /** The manifest's exact text, from the right one. */
  readonly manifest?: (text: string) => string | Uint8Array
  /** Bytes of the fixed part, changed before it is signed. */
  readonly fixed?: (view: DataView) => void
  /** The signature block's text, from the right signature. */
  readonly signature?: (sig: string) => string
  readonly signSecret?: Uint8Array
  /** The body after the signature block, from the right one. */
  readonly body?: (body: Uint8Array) => Uint8Array
  /** Bytes of padding instead of zeros. */
  readonly padding?: (zeros: Uint8Array) => void
  /** Length of the whole, instead of the padded one. */
  readonly total?: (used: number) => number
}

/** The plaintext of a sync file, signed by `identity`. */
export function plainFile(
  draft: Readonly<Record<string, unknown>>,
  sections: readonly RawSection[],
  identity: DeviceIdentity,
  change: PlainChange = {},
): Uint8Array {
  const text = JSON.stringify({ v: formatVersion, min_reader: formatVersion, ...draft, sections: sections.map((s) => s.said) })
  const manifest = joined(change.manifest?.(text) ?? text)
  const block = (sig: string) => joined(change.signature?.(sig) ?? signatureText(identity.device, sig))
  const right = joined(...sections.flatMap((s) => [s.head, s.bytes]))
  const body = change.body?.(right) ?? right
  const used = 28 + manifest.length + block('0'.repeat(128)).length + body.length
  const total = change.total?.(used) ?? paddedLength(used)
  const fixed = fixedPart(manifest.length, block('0'.repeat(128)).length, total)
  change.fixed?.(new DataView(fixed.buffer))
  const sig = signWith(change.signSecret ?? identity.signSecret, manifestTag, signedMessage(fixed, manifest))
  const padding = new Uint8Array(Math.max(0, total - used))
  change.padding?.(padding)
  return joined(fixed, manifest, block(sig), body, padding)
}
