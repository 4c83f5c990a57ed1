import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { Refusal } from '#shared/result.ts'
import type { Job } from '../../feature.ts'

export type CsvEncoding = 'utf-8' | 'windows-1252'

/**
 * Bytes that stand for é, è, ê, à, É in files of DOS and of old Macs; in Windows-1252 they are signs that no name holds, or nothing.
 * Taking such a file for Windows-1252 would garble every accent.
 */
const foreignBytes = new Set([0x81, 0x82, 0x83, 0x88, 0x8a, 0x8d, 0x8e, 0x8f, 0x90, 0x9d])

/**
 * How a file is written, decided on all of it so that no name is garbled, and its SHA-256 in hex to know it again.
 *
 * UTF-8 if every byte sequence is; else Windows-1252. Throws Refusal csv-wrong-encoding for UTF-16, DOS and old Mac files, cancelled.
 */
export async function readEncoding(
  pieces: AsyncIterable<Uint8Array>,
  job: Job,
  onBytes: (count: number) => void,
): Promise<{ readonly encoding: CsvEncoding; readonly digest: string }> {
  const digest = sha256.create()
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let isUtf8 = true
  let isForeign = false
  const decode = (piece?: Uint8Array) => {
    try {
      if (isUtf8) decoder.decode(piece, { stream: piece !== undefined })
    } catch {
      isUtf8 = false
    }
  }
  for await (const piece of pieces) {
    digest.update(piece)
    decode(piece)
    if (piece.includes(0)) throw new Refusal('csv-wrong-encoding')
    isForeign ||= piece.some((byte) => foreignBytes.has(byte))
    onBytes(piece.length)
    await job.breathe()
  }
  decode()
  if (!isUtf8 && isForeign) throw new Refusal('csv-wrong-encoding')
  return { encoding: isUtf8 ? 'utf-8' : 'windows-1252', digest: bytesToHex(digest.digest()) }
}
