import type { Manifest } from '#shared/sync/manifest.ts'
import { chainsOf, compactedRoot } from '../../storage/branches.ts'
import { findWriter, hashAt } from '../../storage/chains.ts'
import type { RenewReason } from '../../storage/renew-writer.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { storedJson } from '../../storage/stored-json.ts'
import type { CheckedChain } from './check-file.ts'

/** The end of a chain as another desk holds it, in a history that is not held here; the hash may be cut to its first digits. */
export type ApartEnd = readonly [stream: string, writer: string, seq: number, hash: string]

const shownDigits = 16

/** First digits of the hash of a chain's end, as they stand in `tips`. */
export const tipDigits = (hash: string): string => hash.slice(0, shownDigits)

/** True when some history that is held here passes through this entry; below what left the journal it cannot be told, and is believed. */
function isHeld(db: ReadableDb, [stream, name, seq, hash]: ApartEnd): boolean {
  const root = compactedRoot(db, stream, name)
  if (root && seq <= root.floor_seq) return seq < root.floor_seq || root.floor_hash.startsWith(hash)
  return chainsOf(db, stream, name).some(
    (c) => c.floor_seq < seq && seq <= c.seq && hashAt(db, c, seq)?.startsWith(hash) === true,
  )
}

/** The ends of chains, as the sender of a file holds them, that lie in a history which is not held here. */
export function endsApart(db: ReadableDb, manifest: Pick<Manifest, 'tips'>, parts: readonly CheckedChain[]): ApartEnd[] {
  const ends: ApartEnd[] = parts
    .filter((p) => p.fate === 'apart')
    .map((p) => [p.part.stream, p.name, p.part.from - 1, p.part.prev])
  for (const [stream, tips] of Object.entries(manifest.tips)) {
    for (const [id, [seq, hash]] of Object.entries(tips)) {
      const writer = findWriter(db, id)
      if (!writer) continue
      const end: ApartEnd = [stream, writer.name, seq, hash]
      const reach = Math.max(0, ...chainsOf(db, stream, writer.name).map((c) => c.seq))
      // what goes beyond comes with the next file, unless it is our own
      if ((seq <= reach || writer.own > 0) && !isHeld(db, end)) ends.push(end)
    }
  }
  return ends
}

function unheldEnds(db: ReadableDb, devices?: readonly string[]): ApartEnd[] {
  return db
    .read<{ device: string; apart: string }>("SELECT device, apart FROM peer WHERE apart <> '[]'")
    .all()
    .filter((p) => devices?.includes(p.device) !== false)
    .flatMap((p) => storedJson<readonly ApartEnd[]>(p.apart))
    .filter((end) => !isHeld(db, end))
}

/** Writers, by stream, of whom some desk said that it holds a history which is still not held here: we ask for all of them again. */
export function stillApart(db: ReadableDb): (stream: string, name: string) => boolean {
  const ends = unheldEnds(db)
  return (stream, name) => ends.some((e) => e[0] === stream && e[1] === name)
}

/**
 * Why this database must write under a new name: others hold more of its own changes than it does, or others under the same numbers; it was
 * restored, set back or copied. Undefined when they do not. `own` is the id of the writer under which it writes.
 */
export function goesOnElsewhere(
  db: ReadableDb,
  parts: readonly CheckedChain[],
  manifest: Pick<Manifest, 'tips'>,
  own: string,
): RenewReason | undefined {
  const isOurs = (name: string) => name === own || findWriter(db, name) === undefined
  const ours = parts.filter((p) => p.isOwn && isOurs(p.name))
  const reach = (stream: string) => Math.max(0, ...chainsOf(db, stream, own).map((c) => c.seq))
  if (ours.some((p) => p.fate === 'apart' || p.place?.isBranch === true)) return 'fork'
  const apart = endsApart(db, manifest, []).filter((e) => e[1] === own)
  if (apart.some((e) => e[2] <= reach(e[0]))) return 'fork'
  return apart.length > 0 || ours.some((p) => p.fresh > 0) ? 'ack-ahead' : undefined
}

/** Of how many writers one of these devices holds a history that is still not held here. */
export function writersApart(db: ReadableDb, devices: readonly string[]): number {
  return new Set(unheldEnds(db, devices).map((e) => e[1])).size
}
