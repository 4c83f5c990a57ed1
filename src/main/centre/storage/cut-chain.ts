import { chainsOf, chainWith, trunkOf } from './branches.ts'
import { hashAt, type ChainRow } from './chains.ts'
import { journalLineColumns, lineText, type JournalLine } from './journal-line.ts'
import { mergePartsOf } from './merge-parts.ts'
import { joinSingle } from './part-chain.ts'
import { prepared } from './prepared.ts'
import type { WriteUnit } from './store.ts'
import { takeOut, type KeptHead } from './undo-import.ts'
import { partsOf } from './write-unit.ts'

/** Where a chain ends for everybody: its last believed entry and the head that its device signed there. */
export interface ChainEnd {
  readonly seq: number
  readonly hash: string
  readonly at: number
  readonly sig: string
}

interface Line extends JournalLine {
  readonly hash: string
}

/**
 * Ends what a revoked computer wrote in a stream under one writer: what lies beyond its ends leaves journal and rows, and is kept aside as it
 * came (reason `revoked`). `ends` are several where the history had parted; an entry is believed if one of them follows from it.
 *
 * Of an end that is not held here yet what is lower is left, in every history: it may lead there. Once all ends are held, what is left depends
 * on nothing but them: centres which learn of it at different times come to the same. Returns how many entries were put aside. Erasures
 * that were carried out stay.
 */
export function cutChains(unit: WriteUnit, stream: string, name: string, ends: readonly ChainEnd[]): number {
  const { db, readable } = partsOf(unit)
  const keep = new Map<number, number>()
  let below = 0
  for (const end of ends) {
    let at = chainWith(readable, stream, name, end.seq, end.hash)
    if (!at) below = Math.max(below, end.seq - 1)
    for (let seq = end.seq; at; at = trunkOf(readable, at), seq = at?.seq ?? 0)
      keep.set(at.number, Math.max(keep.get(at.number) ?? 0, seq))
  }
  let aside = 0
  // the last branches first: what they part from may go with them
  const chains = chainsOf(readable, stream, name).toSorted((a, b) => b.floor_seq - a.floor_seq || b.seq - a.seq)
  for (const chain of chains) {
    const seq = Math.max(keep.get(chain.number) ?? 0, Math.min(below, chain.seq), chain.floor_seq)
    const end = ends.find((e) => e.seq === seq && seq > 0 && hashAt(readable, chain, seq) === e.hash)
    aside += cutChain(unit, chain, seq, end)
  }
  if (aside > 0) joinSingle(mergePartsOf(unit), stream, name)
  // what a later statement believes again, and somebody brought, is no more aside
  prepared(
    db,
    `DELETE FROM quarantine AS q WHERE q.stream = ? AND q.reason = 'revoked' AND EXISTS (
       SELECT 1 FROM writer w JOIN chain c ON c.writer = w.number JOIN journal j ON j.chain = c.number
       WHERE w.name = ? AND c.stream = q.stream AND j.seq = q.seq AND j.hash = q.hash)`,
  ).run(stream, name)
  return aside
}

/** Takes the entries of a chain above `seq` out; `end` is the head that its device signed there, if it did. Returns how many. */
function cutChain(unit: WriteUnit, chain: ChainRow, seq: number, end: ChainEnd | undefined): number {
  if (chain.seq <= seq) return 0
  const { db, readable } = partsOf(unit)
  const writer = prepared<[number], { id: string }>(db, 'SELECT id FROM writer WHERE number = ?').get(chain.writer)?.id ?? ''
  const lines = prepared<[number, number], Line>(
    db,
    `SELECT ${journalLineColumns}, hash FROM journal WHERE chain = ? AND seq > ? ORDER BY seq`,
  ).all(chain.number, seq)
  const aside = prepared(
    db,
    "INSERT OR IGNORE INTO quarantine (stream, writer, seq, hash, line, reason, at) VALUES (?, ?, ?, ?, ?, 'revoked', ?)",
  )
  const touched = new Map<string, { readonly kind: string; readonly row: string }>()
  for (const l of lines) {
    aside.run(chain.stream, writer, l.seq, l.hash, lineText(l), unit.now)
    if (l.row !== '') touched.set(`${l.kind}/${l.row}`, { kind: l.kind, row: l.row })
  }
  const isBelow = chain.head_seq > 0 && chain.head_seq <= seq && hashAt(readable, chain, chain.head_seq) === chain.head_hash
  const head: KeptHead = end
    ? [end.seq, end.hash, end.at, end.sig]
    : isBelow
      ? [chain.head_seq, chain.head_hash, chain.head_at, chain.head_sig]
      : [0, '', 0, '']
  takeOut(unit, [{ chain: chain.number, from_seq: seq + 1, to_seq: chain.seq, head: JSON.stringify(head) }], touched)
  return lines.length
}
