import { Refusal } from '#shared/result.ts'
import type { ChainPart, Manifest } from '#shared/sync/manifest.ts'
import type { CallContext } from '../../feature.ts'
import { chainsOf, isParted } from '../../storage/branches.ts'
import { findChain, findWriter, hashAt } from '../../storage/chains.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { schemaVersion } from '../../storage/write-unit.ts'
import { isShared, mayWrite } from './audience.ts'
import type { CheckedChain } from './check-file.ts'
import type { KnownDevice } from './known-devices.ts'
import type { Floors } from './snapshot-line.ts'

/**
 * The streams that the file holds a snapshot of. Its rows are vouched for by the sender alone: a device of this centre, or one that may write
 * into the stream. Throws Refusal sync-suspicious; sync-newer-app for rows with fields that this version could not keep.
 */
export function snapshotStreams(manifest: Manifest, sender: KnownDevice, { session }: CallContext): ReadonlySet<string> {
  const streams = manifest.snapshot ?? []
  const own = session.site.code
  if ((manifest.profile === 'snapshot') !== streams.length > 0 || new Set(streams).size < streams.length)
    throw new Refusal('sync-suspicious')
  if (streams.some((s) => !isShared(s, sender.site, own) || (sender.site !== own && !mayWrite(s, sender.site))))
    throw new Refusal('sync-suspicious')
  if (streams.length > 0 && manifest.schema > schemaVersion) throw new Refusal('sync-newer-app')
  return new Set(streams)
}

/** How far the snapshot of each stream stands for its chains; a branch lies above what its trunk stands for. */
export function floorsOf(chains: readonly CheckedChain[], streams: ReadonlySet<string>): Floors {
  const floors = new Map([...streams].map((s) => [s, new Map<string, number>()]))
  for (const { part, name } of chains) if (part.writer === name) floors.get(part.stream)?.set(name, part.from - 1)
  return floors
}

/** True when no history of the writer that is held here reaches the floor of its part in a snapshot. */
export function isLacking(db: ReadableDb, { stream, from }: ChainPart, name: string): boolean {
  return Math.max(0, ...chainsOf(db, stream, name).map((c) => c.seq)) < from - 1
}

/** The streams of which this file's snapshot is taken: those of which something is missing here. */
export function adoptedStreams(chains: readonly CheckedChain[]): ReadonlySet<string> {
  return new Set(chains.filter((c) => c.isLacking && c.fate !== 'unknown-writer').map((c) => c.part.stream))
}

/**
 * A snapshot that is taken stands for the same histories as those held here, or for entries that are missing here alone.
 *
 * Throws Refusal sync-fork where it stands for another history, or could: a computer that was set back may have written what nobody else
 * has. sync-missing-earlier when more has left the journal here than at the sender.
 */
export function assertAdoptable(db: ReadableDb, chains: readonly CheckedChain[]): void {
  const streams = adoptedStreams(chains)
  for (const { part, name, isOwn } of chains) {
    const { stream, writer, from, prev } = part
    const known = findWriter(db, name)
    const root = known && findChain(db, stream, known.number)
    const floor = from - 1
    if (!streams.has(stream) || writer !== name || floor === 0 || !root) continue
    if (root.floor_seq > floor) throw new Refusal('sync-missing-earlier', { from: from, to: root.floor_seq })
    const isSame = root.seq >= floor ? hashAt(db, root, floor) === prev : !isOwn && !isParted(db, root)
    if (!isSame) throw new Refusal('sync-fork')
  }
}
