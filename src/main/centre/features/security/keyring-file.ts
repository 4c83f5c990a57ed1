import { equalBytes } from '@noble/ciphers/utils.js'
import { Refusal } from '#shared/result.ts'
import { storedJson } from '../../storage/stored-json.ts'
import { Keyring, keyringText } from '../../crypto/keyring.ts'
import type { Files } from '../../ports.ts'

const copies = ['keyring.json', 'keyring.copy.json'] as const

/**
 * The keyring beside the database, from whichever of its two copies can be read.
 *
 * Undefined when there is none (first run). Throws Refusal keyring-damaged when both copies are broken.
 */
export function readKeyring(files: Files): Keyring | undefined {
  const present = copies.filter((name) => files.exists(name))
  for (const name of present) {
    try {
      return Keyring.parse(storedJson(new TextDecoder().decode(files.read(name))))
    } catch {
      // the other copy may be whole
    }
  }
  if (present.length > 0) throw new Refusal('keyring-damaged')
  return undefined
}

/** Writes both copies, one after the other: a pulled plug leaves at least one whole. */
export function writeKeyring(files: Files, ring: Keyring): void {
  for (const name of copies) files.replace(name, keyringText(ring))
}

/**
 * Makes both copies what `ring` is, after a plug was pulled between the two: else an old password would open again on the day that the
 * first copy is damaged. `ring` must have been proved by its seal. A disk that cannot be written now is tried again at the next sign-in.
 */
export function healKeyring(files: Files, ring: Keyring): void {
  const text = keyringText(ring)
  try {
    for (const name of copies) if (!files.exists(name) || !equalBytes(files.read(name), text)) files.replace(name, text)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}
