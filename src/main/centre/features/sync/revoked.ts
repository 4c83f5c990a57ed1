import type { LastAccepted } from '#shared/sync/roster.ts'
import type { ChainRow } from '../../storage/chains.ts'
import { cutChains, type ChainEnd } from '../../storage/cut-chain.ts'
import type { ReadableDb, WriteUnit } from '../../storage/store.ts'
import { isShared } from './audience.ts'
import { knownDevices, type KnownDevice } from './known-devices.ts'

/**
 * Where a revoked computer's chain ends, `name` being its writer; several ends where its history had parted into branches, none for a chain of
 * which nothing is believed. Undefined for a chain without an end.
 *
 * Of the streams that the office saw, what it held when it revoked counts, and nothing of a chain that it did not hold. Streams that it never
 * sees (the cases of another centre, mailboxes between two others) have no end: what computers in use hold of them stays and goes on.
 */
export function chainEnds(
  { status, revoked, site }: Pick<KnownDevice, 'status' | 'revoked' | 'site'>,
  stream: string,
  name: string,
): readonly ChainEnd[] | undefined {
  if (status !== 'revoked' || !revoked) return undefined
  const named = revoked.last.filter((l) => l.stream === stream && l.writer === name)
  return named.length > 0 || isShared(stream, revoked.office, site) ? named : undefined
}

/** The number beyond which nothing of such a chain is believed, in whatever history. */
export const lastOf = (ends: readonly ChainEnd[]): number => Math.max(0, ...ends.map((e) => e.seq))

interface HeldChain extends ChainRow {
  /** The id of its writer, whatever branch it is. */
  readonly name: string
}

function chainsOfDevice(db: ReadableDb, device: string): HeldChain[] {
  return db
    .read<HeldChain>(
      'SELECT c.*, w.name FROM chain c JOIN writer w ON w.number = c.writer WHERE w.device = ? ORDER BY c.floor_seq, c.number',
    )
    .all(device)
}

/** After the list changed or a file came: ends the chains of every revoked computer. Returns how many entries were put aside. */
export function cutRevoked(unit: WriteUnit): number {
  let aside = 0
  for (const device of knownDevices(unit)) {
    if (device.status !== 'revoked') continue
    const trees = new Map(chainsOfDevice(unit, device.device).map((c) => [`${c.stream}/${c.name}`, c]))
    for (const { stream, name } of trees.values()) {
      const ends = chainEnds(device, stream, name)
      if (ends) aside += cutChains(unit, stream, name, ends)
    }
  }
  return aside
}

/** What this desk holds of a device's chains: how far others are to believe it once it is revoked. */
export function heldOfDevice(db: ReadableDb, device: string): LastAccepted[] {
  return chainsOfDevice(db, device)
    .filter((c) => c.head_seq > 0)
    .map((c) => ({ stream: c.stream, writer: c.name, seq: c.head_seq, hash: c.head_hash, at: c.head_at, sig: c.head_sig }))
}
