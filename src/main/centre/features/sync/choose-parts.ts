import { Refusal } from '#shared/result.ts'
import { syncLimits, type Vector } from '#shared/sync/manifest.ts'
import { isParted } from '../../storage/branches.ts'
import { hashAt } from '../../storage/chains.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { detailsOf, heldByAll, lastFile, type ChainWithWriter } from './sync-repository.ts'
import type { KnownDevice } from './known-devices.ts'

/** Chains in one file: with their heads, records and vectors they stay well below the longest manifest. */
const chainsWritten = 250

/** Letters of a line beyond its payload: header, spelling, and what a commitment adds. */
const headerLetters = 250

/** The part of a chain that goes into a file. */
export interface ChosenPart {
  readonly chain: ChainWithWriter
  readonly from: number
  /** Hash before the first entry. */
  readonly prev: string
  readonly to: number
  readonly toHash: string
  /** The signed head of this end; without one a branch that begins here proves the part. */
  readonly head: { readonly at: number; readonly sig: string }
}

const noHead = { at: 0, sig: '0'.repeat(128) } as const

interface SentDetails {
  readonly more?: boolean
  readonly part?: number
  readonly upTo?: Vector
}

/**
 * Which entries a file for a centre holds: of every shared chain what not all of its devices said they hold, up to the head that the
 * writing device signed (sync.md 3.3: relays go no further).
 *
 * What was sent and not acknowledged goes again, so that a lost stick costs nothing. At most `entriesMax` entries and about
 * `rawBytesWritten` bytes, so that a file fits on every stick (FAT32 holds none of 4 GiB); the next part of the series joins on. `base` is what the reader must hold already, `reached` what the series had brought it before this part.
 */
export function chooseParts(
  db: ReadableDb,
  chains: readonly ChainWithWriter[],
  readers: readonly KnownDevice[],
  site: string,
  limits: { readonly entriesMax: number; readonly rawBytesWritten: number } = syncLimits,
): {
  readonly parts: readonly ChosenPart[]
  readonly base: Vector
  readonly reached: Vector
  readonly more: boolean
  readonly partNumber: number
  /** Streams of which a reader needs what left the journal here. */
  readonly snapshot: readonly string[]
} {
  const last = lastFile(db, site, 'sent')
  const series = last ? detailsOf<SentDetails>(last) : {}
  const goesOn = series.more === true && series.upTo !== undefined
  const holds = readers.map((r) => r.holds)
  const heldOf = (stream: string, writer: string): number =>
    goesOn ? (series.upTo?.[stream]?.[writer] ?? 0) : heldByAll(holds, stream, writer)
  const parts: ChosenPart[] = []
  const base: Record<string, Record<string, number>> = {}
  const reached: Record<string, Record<string, number>> = {}
  let left: number = limits.entriesMax
  let bytesLeft: number = limits.rawBytesWritten
  let more = false
  const needed = chains.filter((c) => c.writer_id === c.name && c.floor_seq > heldOf(c.stream, c.writer_id))
  const snapshot = [...new Set(needed.map((c) => c.stream))]
  // a snapshot stands at the floors of all chains of its stream: they go together, and first
  const isWhole = (chain: ChainWithWriter) => snapshot.includes(chain.stream)
  for (const chain of chains.toSorted((a, b) => Number(isWhole(b)) - Number(isWhole(a)))) {
    // where histories part nothing was signed
    const end = chain.head_seq < chain.seq && isParted(db, chain) ? chain.seq : chain.head_seq
    const held = isWhole(chain) ? 0 : heldOf(chain.stream, chain.writer_id)
    const seq = Math.max(chain.floor_seq, Math.min(held, end))
    if (seq > 0) (reached[chain.stream] ??= {})[chain.writer_id] = seq
    // only what the reader itself said: a chain that it passed over in an earlier part must not keep it from reading this one
    const acknowledged = isWhole(chain) ? 0 : Math.min(seq, heldByAll(holds, chain.stream, chain.writer_id))
    if (acknowledged > 0) (base[chain.stream] ??= {})[chain.writer_id] = acknowledged
    // nobody signed it yet: nothing of it goes; a chain of which all left the journal goes as a part without lines
    if (end === 0 || end < seq || (end === seq && !isWhole(chain))) continue
    // a part of a chain ends at a signed head: what does not fit whole goes next time, unless nothing else is there
    const count = end - seq
    const bytes = lineBytes(db, chain.number, seq, end)
    const isTooMuch = count > left || parts.length === chainsWritten
    if (isWhole(chain) && isTooMuch) throw new Refusal('sync-too-large')
    if (!isWhole(chain) && (isTooMuch || bytes > bytesLeft) && parts.length > 0) {
      more = true
      continue
    }
    if (count > limits.entriesMax || bytes > syncLimits.rawBytesMax) throw new Refusal('sync-too-large')
    const prev = hashAt(db, chain, seq)
    if (prev === undefined) throw new Refusal('database-damaged')
    const isSigned = end === chain.head_seq
    const head = isSigned ? { at: chain.head_at, sig: chain.head_sig } : noHead
    parts.push({ chain, from: seq + 1, prev, to: end, toHash: isSigned ? chain.head_hash : chain.hash, head })
    left -= count
    bytesLeft -= bytes
  }
  // what no branch in this file proves goes with the next
  const proved = parts.toReversed().reduce<ChosenPart[]>((after, p) => {
    const isProved = p.head !== noHead || after.some((b) => b.chain.stream === p.chain.stream && b.prev === p.toHash)
    return isProved ? [p, ...after] : after
  }, [])
  more ||= proved.length < parts.length
  return { parts: proved, base, reached, more, partNumber: goesOn ? (series.part ?? 1) + 1 : 1, snapshot }
}

/** About how long the lines of a chain are, unpacked. */
function lineBytes(db: ReadableDb, chain: number, after: number, to: number): number {
  const { letters } = db
    .read<{ letters: number }>(
      'SELECT coalesce(sum(octet_length(payload)), 0) AS letters FROM journal WHERE chain = ? AND seq > ? AND seq <= ?',
    )
    .get(chain, after, to)!
  return letters + headerLetters * (to - after)
}
