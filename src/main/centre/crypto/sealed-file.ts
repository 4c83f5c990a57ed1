import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { Refusal } from '#shared/result.ts'
import { formatVersion, Manifest, paddedLength, SignatureBlock, syncLimits } from '#shared/sync/manifest.ts'
import { storedJson } from '../storage/stored-json.ts'
import { openSealed, sealFor } from './age-file.ts'
import { isSignedBy, signWith } from './device-identity.ts'

const magic = 'PSRL0001'
const fixedBytes = 28
const manifestTag = 'psrl1/manifest\n'
const sectionHeadBytes = 20

const compress = promisify(gzip)
const decompress = promisify(gunzip)

/** Lines of one stream and writer, as they stand in the journal. */
export interface Section {
  readonly lines: string
  readonly count: number
}
export type ManifestDraft = Omit<Manifest, 'sections' | 'v' | 'min_reader'>

/**
 * A sync file (docs/formats/sync-file.md): manifest, signature, gzip sections, padding, all inside age.
 *
 * `sign` holds the sender's device id and secret; `recipients` must include the sender's own.
 */
export async function writeSyncFile(
  draft: ManifestDraft,
  sections: readonly Section[],
  sign: { readonly device: string; readonly secret: Uint8Array },
  recipients: readonly string[],
): Promise<Uint8Array> {
  const packed = await Promise.all(sections.map(async (s) => new Uint8Array(await compress(s.lines))))
  const manifest: Manifest = {
    v: formatVersion,
    min_reader: formatVersion,
    ...draft,
    sections: packed.map((bytes, i) => ({
      type: 1 as const,
      codec: 1 as const,
      enc: bytes.length,
      raw: utf8ToBytes(sections[i]?.lines ?? '').length,
      lines: sections[i]?.count ?? 0,
      sha256: bytesToHex(sha256(bytes)),
    })),
  }
  const manifestBytes = utf8ToBytes(JSON.stringify(manifest))
  const bodies = packed.map((bytes, i) => {
    const head = new DataView(new ArrayBuffer(sectionHeadBytes))
    head.setUint8(0, 1)
    head.setUint8(1, 1)
    head.setBigUint64(4, BigInt(bytes.length), true)
    head.setBigUint64(12, BigInt(manifest.sections[i]?.raw ?? 0), true)
    return concatBytes(new Uint8Array(head.buffer), bytes)
  })
  // the block's length is fixed: 16 letters of device, 128 hex digits
  const signatureLength = signatureText(sign.device, '0'.repeat(128)).length
  const used = fixedBytes + manifestBytes.length + signatureLength + bodies.reduce((n, b) => n + b.length, 0)
  const total = paddedLength(used)
  const fixed = fixedPart(manifestBytes.length, signatureLength, total)
  const signature = signatureText(sign.device, signWith(sign.secret, manifestTag, signedMessage(fixed, manifestBytes)))
  const plaintext = new Uint8Array(total)
  plaintext.set(concatBytes(fixed, manifestBytes, utf8ToBytes(signature), ...bodies))
  return sealFor(recipients, plaintext)
}

function signatureText(device: string, sig: string): string {
  return JSON.stringify({ dev: device, alg: 'ed25519', sig })
}

function fixedPart(manifestLength: number, signatureLength: number, total: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(fixedBytes))
  utf8ToBytes(magic).forEach((b, i) => view.setUint8(i, b))
  view.setUint32(12, manifestLength, true)
  view.setUint32(16, signatureLength, true)
  view.setBigUint64(20, BigInt(total), true)
  return new Uint8Array(view.buffer)
}

/** Everything the signature covers: lengths and manifest, and through the manifest's digests every section. */
function signedMessage(fixed: Uint8Array, manifest: Uint8Array): Uint8Array {
  return concatBytes(sha256(fixed), sha256(manifest))
}

export interface OpenedSyncFile {
  readonly manifest: Manifest
  readonly signer: string
  /** True if the signature is by this public key (hex). */
  signedBy(publicKey: string): boolean
  /** Lines of a section, in order. Throws Refusal sync-suspicious, sync-too-large. */
  lines(section: number): Promise<readonly string[]>
}

/**
 * Opens a sync file and reads its manifest; nothing is believed before `signedBy` was asked.
 *
 * Throws as `openSealed`, and Refusal sync-newer-app, sync-suspicious, sync-too-large.
 */
export async function readSyncFile(identity: string, file: Uint8Array): Promise<OpenedSyncFile> {
  const plain = await openSealed(identity, file)
  const suspicious = (): never => {
    throw new Refusal('sync-suspicious')
  }
  if (plain.length < fixedBytes) return suspicious()
  const view = new DataView(plain.buffer, plain.byteOffset, plain.byteLength)
  const start = new TextDecoder('latin1').decode(plain.subarray(0, 8))
  if (start !== magic) {
    if (/^PSRL\d{4}$/.test(start)) throw new Refusal('sync-newer-app')
    return suspicious()
  }
  const manifestLength = view.getUint32(12, true)
  const signatureLength = view.getUint32(16, true)
  if (manifestLength > syncLimits.manifestBytesMax || signatureLength > 4096) throw new Refusal('sync-too-large')
  if (view.getBigUint64(20, true) !== BigInt(plain.length)) return suspicious()
  const signatureAt = fixedBytes + manifestLength
  const bodyAt = signatureAt + signatureLength
  if (bodyAt > plain.length) return suspicious()
  const manifestBytes = plain.subarray(fixedBytes, signatureAt)
  const manifest = parsed(Manifest, manifestBytes)
  const signature = parsed(SignatureBlock, plain.subarray(signatureAt, bodyAt))
  if (!manifest || !signature || signature.dev !== manifest.from.device) return suspicious()
  if (manifest.min_reader > formatVersion) throw new Refusal('sync-newer-app')
  if (manifest.sections.length !== manifest.streams.length) return suspicious()
  const starts = sectionStarts(manifest, view, bodyAt, plain)
  if (!starts) return suspicious()
  const message = signedMessage(plain.subarray(0, fixedBytes), manifestBytes)
  return {
    manifest,
    signer: signature.dev,
    signedBy: (publicKey) => isSignedBy(publicKey, manifestTag, message, signature.sig),
    async lines(index) {
      const section = manifest.sections[index]
      const at = starts[index]
      if (!section || at === undefined) return suspicious()
      if (section.raw > syncLimits.rawBytesMax || section.lines > syncLimits.entriesMax) throw new Refusal('sync-too-large')
      if (section.raw > 4096 && section.raw > section.enc * syncLimits.ratioMax) return suspicious()
      const bytes = plain.subarray(at, at + section.enc)
      if (bytesToHex(sha256(bytes)) !== section.sha256) return suspicious()
      const raw = await decompress(bytes, { maxOutputLength: section.raw + 1 }).catch(suspicious)
      if (raw.length !== section.raw) return suspicious()
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
      const lines = raw.length === 0 ? [] : text.decode(raw).split('\n')
      if (lines.length !== section.lines || lines.some((l) => l.length > syncLimits.lineBytesMax)) return suspicious()
      return lines
    },
  }
}

/** Where each section's bytes begin, or undefined if heads, lengths or padding do not fit the manifest. */
function sectionStarts(manifest: Manifest, view: DataView, bodyAt: number, plain: Uint8Array): readonly number[] | undefined {
  const starts: number[] = []
  let at = bodyAt
  for (const section of manifest.sections) {
    if (at + sectionHeadBytes + section.enc > plain.length) return undefined
    const fits = view.getUint8(at) === 1 && view.getUint8(at + 1) === 1 && view.getUint16(at + 2, true) === 0
    if (
      !fits ||
      view.getBigUint64(at + 4, true) !== BigInt(section.enc) ||
      view.getBigUint64(at + 12, true) !== BigInt(section.raw)
    )
      return undefined
    starts.push(at + sectionHeadBytes)
    at += sectionHeadBytes + section.enc
  }
  return plain.subarray(at).every((b) => b === 0) ? starts : undefined
}

function parsed<T>(
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
  bytes: Uint8Array,
): T | undefined {
  try {
    const result = schema.safeParse(storedJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
    return result.success ? result.data : undefined
  } catch {
    return undefined
  }
}
