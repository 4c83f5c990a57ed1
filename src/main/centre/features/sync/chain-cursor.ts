import { Refusal } from '#shared/result.ts'
import type { ChainPart } from '#shared/sync/manifest.ts'
import type { ReceivedEntry } from '../../storage/apply-entries.ts'
import { chainWith, compactedRoot, secretFor } from '../../storage/branches.ts'
import { isErased } from '../../storage/erase-row.ts'
import type { ReadableDb } from '../../storage/store.ts'
import type { CheckedChain } from './check-file.ts'
import { chainCheck, WaitsForErasure, type ChainCheck, type SecretOf } from './check-line.ts'
import { provedChain, type LineProofs } from './line-proofs.ts'
import { lastOf } from './revoked.ts'
import { chainWalk, isBranchOf, PartsBelowFloor } from './walk-chain.ts'

/** True when another part of the file goes on where this one ends: its lines and its head prove this one too. */
export const isFollowed = (part: ChainPart, parts: readonly ChainPart[]): boolean =>
  parts.some((p) => p.stream === part.stream && p.from === part.to.seq + 1 && p.to.seq >= p.from && p.prev === part.to.hash)

/** Follows the lines through the chains of the file, and proves each, or takes what was found when they were proved before. */
export function chainCursor(
  chains: readonly CheckedChain[],
  db: ReadableDb,
  proofs: LineProofs,
  isProved: boolean,
  secrets: ReadonlyMap<string, string>,
) {
  const parts = chains.map((c) => c.part)
  let index = 0
  /** Lines of the chains before this one. */
  let start = 0
  let line = 0
  let check: ChainCheck | undefined
  let walk = chainWalk(db, undefined)
  /** Secrets known at the end of each part: a branch in the same file goes on with them. */
  const known = new Map<string, SecretOf>()
  const begin = ({ part, name }: CheckedChain): ChainCheck => {
    const root = compactedRoot(db, part.stream, name)
    const isBelow = root !== undefined && part.from <= root.floor_seq
    const at = isBelow ? root : chainWith(db, part.stream, name, part.from - 1, part.prev)
    walk = chainWalk(db, at)
    if (isProved) return provedChain(part, proofs, start)
    const before = known.get(`${part.stream}/${part.prev}`)
    return chainCheck(
      { ...part, writer: name },
      (kind, row) => {
        const ours = walk.chain()
        const held = ours ? secretFor(db, kind, row, ours.writer) : before?.(kind, row)
        return held ?? secrets.get(`${name}/${kind}/${row}`)
      },
      (kind, row) => isErased(db, kind, row, part.stream),
    )
  }
  const finish = (chain: CheckedChain): void => {
    if (chain.fate !== 'waits' && chain.fate !== 'apart' && !check?.isWhole()) throw new Refusal('sync-suspicious')
    if (check && isFollowed(chain.part, parts)) known.set(`${chain.part.stream}/${chain.part.to.hash}`, check.secretOf)
    check = undefined
    start += lineCount(chain)
    line = 0
    index += 1
  }
  return {
    /** Takes lines of the batch from `at` on that belong to one chain. */
    run(
      batch: readonly string[],
      at: number,
    ): {
      readonly chain: CheckedChain
      readonly length: number
      readonly entries: ReceivedEntry[]
      /** The last entries of the run that are beyond the end of a revoked computer's chain. */
      readonly aside: ReceivedEntry[]
    } {
      while (index < chains.length && lineCount(chains[index]!) === 0) {
        check = begin(chains[index]!)
        finish(chains[index]!)
      }
      const chain = chains[index]
      if (!chain) throw new Refusal('sync-suspicious')
      check ??= begin(chain)
      const length = Math.min(batch.length - at, lineCount(chain) - line)
      const entries: ReceivedEntry[] = []
      const aside: ReceivedEntry[] = []
      for (let i = at; i < at + length && chain.fate !== 'waits' && chain.fate !== 'apart'; i += 1) {
        try {
          const entry = check.next(batch[i] ?? '')
          if (!isProved) proofs.keep(start + line + i - at, entry)
          const isUnder = chain.part.writer === chain.name || i > at || line > 0
          if (!isUnder && !isBranchOf(db, chain.part.writer, chain.name, entry.hash)) throw new Refusal('sync-suspicious')
          // what is below in another history is cut off once the end is held
          if (chain.fate === 'revoked' || (chain.ends && entry.header.q > lastOf(chain.ends))) {
            aside.push(entry)
            continue
          }
          if (chain.fate === 'unknown-writer' || !walk.isNew(entry)) continue
          chain.place ??= walk.place()
          entries.push(entry)
        } catch (error) {
          // only a chain that the sender wrote itself may be left for later half read: its own signature covers the file
          if (!(error instanceof WaitsForErasure || error instanceof PartsBelowFloor)) throw error
          chain.fate = error instanceof WaitsForErasure ? 'waits' : 'apart'
          chain.fresh = 0
          entries.length = 0
        }
      }
      chain.fresh += entries.length
      if (chain.fate === 'revoked') chain.fresh = 0
      chain.beyond += aside.length
      line += length
      if (line === lineCount(chain)) finish(chain)
      return { chain, length, entries, aside }
    },
    end(): void {
      while (index < chains.length) {
        if (lineCount(chains[index]!) > 0) throw new Refusal('sync-suspicious')
        check = begin(chains[index]!)
        finish(chains[index]!)
      }
    },
  }
}

/** How many lines a part has. */
export function lineCount(chain: CheckedChain): number {
  return chain.part.to.seq - chain.part.from + 1
}
