import { withoutSlots, type Keyring } from '../../crypto/keyring.ts'
import type { Files } from '../../ports.ts'
import { copyKeyrings } from '../../storage/kept-copies.ts'
import { replaceForGood } from './keyring-file.ts'

/** What opens the desk after an evacuation: two sheets of the national key, or the paper code where there is no national key. */
export type WayBack = 'national' | 'paper'

/** The way that an evacuation would leave open. */
export function wayBack(ring: Keyring): WayBack {
  return ring.slots.some((s) => s.kind === 'national') ? 'national' : 'paper'
}

/** The ring with nothing but the way back. */
export function ringForRecovery(ring: Keyring, key: Uint8Array): Keyring {
  const kept = wayBack(ring) === 'national' ? 'national' : 'recovery'
  return withoutSlots(ring, (s) => s.kind !== kept, key)
}

/**
 * Takes every way in but the way back: in the keyring beside the database, and in those beside its copies, each overwritten first (H52).
 *
 * The work grows with the number of copies, never with the database: nothing of it is read or written. A kill in between leaves a desk that
 * still opens one way or the other; the evacuation is then begun again. Throws store-read-only, disk-full.
 */
export function destroyWaysIn(files: Files, recovery: Keyring): void {
  replaceForGood(files, recovery)
  for (const name of copyKeyrings(files)) files.destroy(name)
}
