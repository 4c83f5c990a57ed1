import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { foldedServiceText } from '#shared/directory/search-words.ts'

/**
 * What makes a line of a directory file the same service everywhere (docs/formats/directory-csv.md, "The same service").
 *
 * The line's `uuid`; without one, the French name, folded, and the arrondissement. A list's own `id` is no key: two centres
 * number their lists from 1, and two services must never become one.
 */
export function directoryKey(line: { readonly uuid: string; readonly nameFr: string; readonly pcode: string }): string {
  return line.uuid === '' ? `name/${foldedServiceText(line.nameFr)}/${line.pcode}` : `uuid/${line.uuid.toLowerCase()}`
}

/**
 * The row id of a service's organisation, service or service point: the same at every centre that imports the same line.
 *
 * A UUID of version 8 (RFC 9562) from SHA-256 over kind and key, so that it serves as the id of an HSDS export.
 */
export function directoryRowId(kind: 'organization' | 'service' | 'service_point', key: string): string {
  const bytes = sha256(utf8ToBytes(`directory-row/1\n${kind}\n${key}`)).slice(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytesToHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
