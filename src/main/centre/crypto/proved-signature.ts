import { utf8ToBytes } from '@noble/hashes/utils.js'
import { isSignedBy } from './device-identity.ts'

/** Most proofs that are remembered. */
const remembered = 4000
const proofs = new Map<string, boolean>()

/**
 * True if this key (hex) signed the text under the tag. Remembered: the list of computers is asked for at every file and the forms at every page,
 * and a signature takes milliseconds on an old PC.
 */
export function isProved(key: string, tag: string, text: string, sig: string): boolean {
  const id = `${key}\n${sig}\n${tag}${text}`
  const known = proofs.get(id)
  if (known !== undefined) return known
  if (proofs.size >= remembered) proofs.clear()
  const proved = isSignedBy(key, tag, utf8ToBytes(text), sig)
  proofs.set(id, proved)
  return proved
}
