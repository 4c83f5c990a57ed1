import { bytesToHex } from '@noble/hashes/utils.js'
import { Refusal } from '#shared/result.ts'
import { keyringBytesMax, keyringIn, keyringText, type Keyring } from '../../crypto/keyring.ts'
import type { Files } from '../../ports.ts'

/** The keyring of the desk and its second copy. */
export const keyringFiles = ['keyring.json', 'keyring.copy.json'] as const
const saltBytes = 16

/** The first 16 bytes of a database of the data folder, hex: those of its keyring's `db`. Read only while it is closed. Throws disk-failing. */
export function databaseIdOf(files: Files, name: string): string {
  try {
    return bytesToHex(files.head(name, saltBytes))
  } catch {
    throw new Refusal('disk-failing')
  }
}

/** A copy as it can be used, or why it cannot. */
function copyIn(files: Files, name: string): Keyring | Refusal {
  try {
    const ring = files.size(name) > keyringBytesMax ? undefined : keyringIn(new TextDecoder().decode(files.read(name)))
    return ring ?? new Refusal('keyring-damaged')
  } catch (error) {
    return error instanceof Refusal && error.code === 'database-newer' ? error : new Refusal('keyring-damaged')
  }
}

/**
 * The whole copies of the keyring beside the database: those of this database first, then the newest.
 *
 * Empty when there is none (first run). Throws Refusal keyring-damaged when no copy is whole, database-newer for a later format.
 */
export function readKeyrings(files: Files, databaseId?: string): readonly [Keyring, ...Keyring[]] | undefined {
  const present = keyringFiles.filter((name) => files.exists(name))
  if (present.length === 0) return undefined
  const read = present.map((name) => copyIn(files, name))
  const [best, ...others] = read
    .filter((copy): copy is Keyring => !(copy instanceof Refusal))
    .toSorted((a, b) => Number(b.db === databaseId) - Number(a.db === databaseId) || b.n - a.n)
  if (best) return [best, ...others]
  throw read.find((copy) => copy instanceof Refusal && copy.code === 'database-newer') ?? new Refusal('keyring-damaged')
}

/**
 * Writes both copies, each whole or not at all, one after the other: a pulled plug leaves the old or the new one to open with.
 *
 * Throws disk-full, store-read-only if nothing was written. Once the first copy stands it counts; the second is made good at the next sign-in.
 */
export function writeKeyring(files: Files, ring: Keyring): void {
  files.replace(keyringFiles[0], keyringText(ring))
  mendKeyring(files, ring)
}

/**
 * Writes both copies with nothing of the former ones left: each is overwritten before it goes, and one of the two stands at every moment.
 *
 * Throws store-read-only, disk-full.
 */
export function replaceForGood(files: Files, ring: Keyring): void {
  for (const name of [keyringFiles[1], keyringFiles[0]]) {
    files.destroy(name)
    files.replace(name, keyringText(ring))
  }
}

/** Makes both copies equal to a keyring whose seal was checked. Never throws: one whole copy is enough to go on with. */
export function mendKeyring(files: Files, ring: Keyring): void {
  const wanted = keyringText(ring)
  for (const name of keyringFiles) {
    try {
      if (files.exists(name) && Buffer.compare(files.read(name), wanted) === 0) continue
      files.replace(name, wanted)
    } catch {
      // the other copy stands
    }
  }
}
