import type { ReceivedEntry, Place } from '../../storage/apply-entries.ts'
import { branchId, branchWith, isParted } from '../../storage/branches.ts'
import { findWriter, type ChainRow } from '../../storage/chains.ts'
import type { ReadableDb } from '../../storage/store.ts'

const hashesAtOnce = 1000

/** The entry where the history left the journal here is another in the file: they part below it. */
export class PartsBelowFloor extends Error {}

/**
 * Follows received entries along what is held of their writer: which of them are held, and where the first new one joins on.
 *
 * `start` is the chain that holds the entry before the first one, undefined when nothing of the writer is held.
 */
export function chainWalk(db: ReadableDb, start: ChainRow | undefined) {
  let at = start
  let fresh = false
  let place: Place | undefined
  let hashes = new Map<number, string>()
  const hashOf = (chain: ChainRow, seq: number): string | undefined => {
    if (!hashes.has(seq))
      hashes = new Map(
        db
          .read<{ seq: number; hash: string }>('SELECT seq, hash FROM journal WHERE chain = ? AND seq >= ? ORDER BY seq LIMIT ?')
          .all(chain.number, seq, hashesAtOnce)
          .map((h) => [h.seq, h.hash]),
      )
    return hashes.get(seq)
  }
  return {
    /** True for an entry that is not held in any history. What left the journal is held; throws PartsBelowFloor at its last entry. */
    isNew({ header: { q }, hash }: ReceivedEntry): boolean {
      if (fresh) return true
      if (at && q === at.floor_seq && hash !== at.floor_hash) throw new PartsBelowFloor()
      if (at && q <= at.floor_seq) return false
      if (at && q <= at.seq && hashOf(at, q) === hash) return false
      const branch = at && branchWith(db, at.stream, q, hash)
      if (branch) {
        at = branch
        hashes = new Map()
        return false
      }
      fresh = true
      if (at) place = { chain: at, after: q - 1, isBranch: q <= at.seq || isParted(db, at) }
      return true
    },
    /** Where the first new entry joins on; undefined when nothing of its writer is held. */
    place: (): Place | undefined => place,
    /** The chain that the last held entry is of. */
    chain: (): ChainRow | undefined => at,
  }
}

/** True when the id under which a part comes is that of a branch of this writer: known here, or made from the part's first entry. */
export function isBranchOf(db: ReadableDb, id: string, name: string, firstHash: string): boolean {
  return branchId(firstHash) === id || findWriter(db, id)?.name === name
}
