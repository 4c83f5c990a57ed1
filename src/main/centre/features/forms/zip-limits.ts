import { inflateRawSync } from 'node:zlib'

/** How large the parts of a spreadsheet may be, unpacked. A form of 3,000 rows has some 3 MB. */
export interface ZipLimits {
  readonly entries: number
  readonly entryBytes: number
  readonly allBytes: number
}

const endMark = 0x06054b50
const entryMark = 0x02014b50
const localMark = 0x04034b50

/**
 * True if a zip is whole and every entry unpacks within the limits, found by unpacking each with that limit: a size that lies is found out.
 *
 * Nothing larger than one limit is ever allocated. False for what is no plain zip: zip64, encrypted, other packings.
 */
export function zipIsWithin(bytes: Uint8Array, limits: ZipLimits): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = -1
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 65_557) && end < 0; at -= 1) {
    if (view.getUint32(at, true) === endMark) end = at
  }
  if (end < 0) return false
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  if (count > limits.entries) return false
  let left = limits.allBytes
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== entryMark) return false
    const [flags, packing] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)]
    const [packed, told] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)]
    const local = view.getUint32(at + 42, true)
    if ((flags & 1) !== 0 || (packing !== 0 && packing !== 8) || told > limits.entryBytes) return false
    if (local + 30 > bytes.length || view.getUint32(local, true) !== localMark) return false
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
    if (from + packed > bytes.length) return false
    const size = packing === 0 ? packed : unpackedSize(bytes.subarray(from, from + packed), Math.min(limits.entryBytes, left))
    if (size === undefined || size > left) return false
    left -= size
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return true
}

function unpackedSize(packed: Uint8Array, max: number): number | undefined {
  if (max < 1) return undefined
  try {
    return inflateRawSync(packed, { maxOutputLength: max }).length
  } catch {
    return undefined
  }
}
