import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { bytesToHex } from '@noble/hashes/utils.js'
import { Refusal } from '#shared/result.ts'
import { formatVersion, isPaddedLength, Manifest, SignatureBlock, syncLimits } from '#shared/sync/manifest.ts'
import { storedJson } from '../storage/stored-json.ts'
import { openSealed, sealedLength } from './age-file.ts'
import { ByteReader } from './byte-reader.ts'
import { isSignedBy } from './device-identity.ts'
import {
  fixedBytes,
  magic,
  manifestTag,
  sectionHead,
  sectionHeadBytes,
  signatureBytesMax,
  signedMessage,
} from './sync-file-layout.ts'

export interface OpenedSyncFile {
  readonly manifest: Manifest
  readonly signer: string
  /** SHA-256 of start and manifest, hex: two files with the same one have the same lines. */
  readonly digest: string
  /** Which of the identities opened it, from 0: above 0, the sender still uses a former key of this device. */
  readonly openedBy: number
  /** True if the signature is by this public key (hex). */
  signedBy(publicKey: string): boolean
  /**
   * The lines of each section, in batches, in order; must be read to the end, where padding and seal are checked.
   *
   * Throws Refusal sync-suspicious, sync-too-large, and what `openSealed` throws.
   */
  sections(): AsyncGenerator<{ readonly type: 1 | 2; readonly lines: AsyncGenerator<readonly string[]> }>
  /** Lets the file go; must be called, whether it was read to its end or not. */
  close(): Promise<void>
}

/**
 * Opens a sync file and reads its manifest; nothing is believed before `signedBy` was asked, and no line before the end was reached.
 *
 * `size` is the file's in bytes. Throws as `openSealed`, and Refusal sync-newer-app, sync-suspicious, sync-too-large.
 */
export async function openSyncFile(
  identities: readonly string[],
  size: number,
  pieces: AsyncIterable<Uint8Array>,
): Promise<OpenedSyncFile> {
  const iterator = pieces[Symbol.asyncIterator]()
  const close = async () => {
    await iterator.return?.()
  }
  try {
    return { ...(await readStart(identities, size, { [Symbol.asyncIterator]: () => iterator })), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function readStart(
  identities: readonly string[],
  size: number,
  pieces: AsyncIterable<Uint8Array>,
): Promise<Omit<OpenedSyncFile, 'close'>> {
  const sealed = await openSealed(identities, size, pieces)
  const reader = new ByteReader(sealed.plaintext)
  const fixed = (await reader.take(fixedBytes))?.slice()
  if (!fixed) throw new Refusal('sync-suspicious')
  const view = new DataView(fixed.buffer, fixed.byteOffset, fixed.byteLength)
  const start = new TextDecoder('latin1').decode(fixed.subarray(0, 8))
  if (start !== magic) throw new Refusal(/^PSRL\d{4}$/.test(start) ? 'sync-newer-app' : 'sync-suspicious')
  const manifestLength = view.getUint32(12, true)
  const signatureLength = view.getUint32(16, true)
  const total = view.getBigUint64(20, true)
  if (manifestLength > syncLimits.manifestBytesMax || signatureLength > signatureBytesMax) throw new Refusal('sync-too-large')
  if (total > BigInt(syncLimits.fileBytesMax)) throw new Refusal('sync-too-large')
  const expected = sealedLength(sealed.headerBytes, Number(total))
  // the first chunk is whole and says how long the file was: a copy that was broken off
  if (size < expected) throw new Refusal('sync-incomplete', { copiedBytes: size, wholeBytes: expected })
  if (size > expected || !isPaddedLength(Number(total))) throw new Refusal('sync-suspicious')
  const manifestBytes = (await reader.take(manifestLength))?.slice()
  const signatureBytes = (await reader.take(signatureLength))?.slice()
  if (!manifestBytes || !signatureBytes) throw new Refusal('sync-suspicious')
  const asNewer = newerReader(manifestBytes)
  if (asNewer) throw new Refusal('sync-newer-app')
  const manifest = parsed(Manifest, manifestBytes)
  const signature = parsed(SignatureBlock, signatureBytes)
  if (!manifest || !signature || signature.dev !== manifest.from.device) throw new Refusal('sync-suspicious')
  const lines = manifest.sections.reduce((n, s) => n + s.lines, 0)
  const raw = manifest.sections.reduce((n, s) => n + s.raw, 0)
  if (lines > syncLimits.entriesMax || raw > syncLimits.rawBytesMax) throw new Refusal('sync-too-large')
  const message = signedMessage(fixed, manifestBytes)
  return {
    manifest,
    signer: signature.dev,
    digest: bytesToHex(message),
    openedBy: sealed.openedBy,
    signedBy: (publicKey) => isSignedBy(publicKey, manifestTag, message, signature.sig),
    async *sections() {
      for (const section of manifest.sections) {
        const head = await reader.take(sectionHeadBytes)
        if (!head || Buffer.compare(head, sectionHead(section)) !== 0) throw new Refusal('sync-suspicious')
        if (section.raw > 4096 && section.raw > section.enc * syncLimits.ratioMax) throw new Refusal('sync-suspicious')
        if (reader.position + section.enc > Number(total)) throw new Refusal('sync-suspicious')
        yield { type: section.type, lines: linesOf(reader.stream(section.enc), section) }
      }
      for await (const piece of reader.rest()) if (piece.some((b) => b !== 0)) throw new Refusal('sync-suspicious')
      if (reader.position !== Number(total)) throw new Refusal('sync-suspicious')
    },
  }
}

/** Unpacked at once, in another thread: for each piece this one waits for its turn. */
const unpackedBytes = 262_144
/** Cut into lines at once: the fewer are held, the less the collector has to copy. */
const batchBytes = 65_536

/** Lines of an encoded section in batches; digest, lengths and count are checked at its end. */
async function* linesOf(
  encoded: AsyncIterable<Uint8Array>,
  section: Manifest['sections'][number],
): AsyncGenerator<readonly string[]> {
  const digest = createHash('sha256')
  let refused: unknown
  async function* digested() {
    try {
      for await (const piece of encoded) {
        digest.update(piece)
        yield piece
      }
    } catch (error) {
      refused = error
      throw error
    }
  }
  const gunzip = createGunzip({ chunkSize: unpackedBytes })
  const source = Readable.from(digested(), { objectMode: false })
  source.on('error', (error) => gunzip.destroy(error))
  const cut = lineCutter()
  let raw = 0
  let lines = 0
  try {
    for await (const piece of source.pipe(gunzip) as AsyncIterable<Buffer>) {
      raw += piece.length
      if (raw > section.raw) throw new Refusal('sync-suspicious')
      for (let at = 0; at < piece.length; at += batchBytes) {
        const batch = cut.take(piece.subarray(at, at + batchBytes))
        lines += batch.length
        if (lines > section.lines) throw new Refusal('sync-suspicious')
        if (batch.length > 0) yield batch
      }
    }
  } catch (error) {
    if (refused !== undefined) throw refused
    throw error instanceof Refusal ? error : new Refusal('sync-suspicious')
  } finally {
    source.destroy()
    gunzip.destroy()
  }
  if (raw > 0) {
    lines += 1
    yield [cut.last()]
  }
  if (raw !== section.raw || lines !== section.lines || digest.digest('hex') !== section.sha256)
    throw new Refusal('sync-suspicious')
}

const lineBreak = 10
/** A letter of UTF-16 takes at most three bytes of UTF-8. */
const lineBytesMost = 3 * syncLimits.lineBytesMax

/**
 * Cuts bytes into lines; each is a text of its own, so that keeping a part of one does not keep the others.
 *
 * Throws Refusal sync-too-large for a line beyond the limit, sync-suspicious for what is not UTF-8.
 */
function lineCutter() {
  let left: Buffer = Buffer.alloc(0)
  const whole = (bytes: Buffer): void => {
    if (!isUtf8(bytes)) throw new Refusal('sync-suspicious')
  }
  const line = (bytes: Buffer, from: number, to: number): string => {
    const text = bytes.toString('utf8', from, to)
    if (text.length > syncLimits.lineBytesMax) throw new Refusal('sync-too-large')
    return text
  }
  return {
    take(piece: Buffer): string[] {
      const bytes = left.length === 0 ? piece : Buffer.concat([left, piece])
      const end = bytes.lastIndexOf(lineBreak)
      left = bytes.subarray(end + 1)
      if (left.length > lineBytesMost) throw new Refusal('sync-too-large')
      whole(bytes.subarray(0, end + 1))
      const lines: string[] = []
      for (let from = 0; from <= end;) {
        const to = bytes.indexOf(lineBreak, from)
        lines.push(line(bytes, from, to))
        from = to + 1
      }
      return lines
    },
    last(): string {
      whole(left)
      return line(left, 0, left.length)
    },
  }
}

/** True when the manifest asks for a newer reader, whatever else it holds. */
function newerReader(bytes: Uint8Array): boolean {
  try {
    const { min_reader: wanted } = storedJson<{ readonly min_reader?: unknown }>(
      new TextDecoder('utf-8', { fatal: true }).decode(bytes),
    )
    return typeof wanted === 'number' && wanted > formatVersion
  } catch {
    return false
  }
}

function parsed<T>(
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
  bytes: Uint8Array,
): T | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    const value = storedJson(text)
    // one spelling: no key twice, no space, no number beyond numbers
    if (JSON.stringify(value) !== text) return undefined
    const result = schema.safeParse(value)
    return result.success ? result.data : undefined
  } catch {
    return undefined
  }
}
