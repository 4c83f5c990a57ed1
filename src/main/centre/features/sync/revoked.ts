import type { LastAccepted } from '#shared/sync/roster.ts'
import { isParted } from '../../storage/branches.ts'
import type { ChainRow } from '../../storage/chains.ts'
import { cutChain, type ChainEnd } from '../../storage/cut-chain.ts'
import type { ReadableDb, WriteUnit } from '../../storage/store.ts'
import { isShared } from './audience.ts'
import { knownDevices, type KnownDevice } from './known-devices.ts'

const nothing: ChainEnd = { seq: 0, hash: '', at: 0, sig: '' }

/**
 * Where a revoked computer's chain ends; undefined for a chain without an end.
 *
 * Of the streams that the office saw, what it held when it revoked counts, and nothing of a chain that it did not hold. Streams that it never
 * sees (the cases of another centre, mailboxes between two others) have no end: what computers in use hold of them stays and goes on.
 */
export function chainEnd(
  { status, revoked, site }: Pick<KnownDevice, 'status' | 'revoked' | 'site'>,
  stream: string,
  writer: string,
): ChainEnd | undefined {
  if (status !== 'revoked' || !revoked) return undefined
  const named = revoked.last.find((l) => l.stream === stream && l.writer === writer)
  return named ?? (isShared(stream, revoked.office, site) ? nothing : undefined)
}

interface HeldChain extends ChainRow {
  readonly writerId: string
}

function chainsOf(db: ReadableDb, device: string): HeldChain[] {
  return db
    .read<HeldChain>(
      'SELECT c.*, w.id AS writerId FROM chain c JOIN writer w ON w.number = c.writer WHERE w.device = ? AND w.own = 0 ORDER BY c.number',
    )
    .all(device)
}

/** After the list changed: ends the chains of every revoked computer. Returns how many entries were put aside. */
export function cutRevoked(unit: WriteUnit): number {
  let aside = 0
  for (const device of knownDevices(unit)) {
    if (device.status !== 'revoked') continue
    // where histories part a chain has no end of its own: its branches have
    for (const chain of chainsOf(unit, device.device).filter((c) => !isParted(unit, c))) {
      const end = chainEnd(device, chain.stream, chain.writerId)
      if (end) aside += cutChain(unit, chain, end)
    }
  }
  return aside
}

/** What this desk holds of a device's chains: how far others are to believe it once it is revoked. */
export function heldOfDevice(db: ReadableDb, device: string): LastAccepted[] {
  return chainsOf(db, device)
    .filter((c) => c.head_seq > 0)
    .map((c) => ({ stream: c.stream, writer: c.writerId, seq: c.head_seq, hash: c.head_hash, at: c.head_at, sig: c.head_sig }))
}
