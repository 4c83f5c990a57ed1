import { entryLine, erasedLine, headerText } from '#shared/sync/entry.ts'
import { hashAt, type ChainRow } from './chains.ts'
import { prepared } from './prepared.ts'
import type { WriteUnit } from './store.ts'
import { takeOut, type KeptHead } from './undo-import.ts'
import { partsOf } from './write-unit.ts'

/** Where a chain ends for everybody: its last believed entry and the head that its device signed there; seq 0 for a chain of which nothing is. */
export interface ChainEnd {
  readonly seq: number
  readonly hash: string
  readonly at: number
  readonly sig: string
}

interface Line {
  readonly seq: number
  readonly stamp: string
  readonly actor: string
  readonly kind: string
  readonly row: string
  readonly op: string
  readonly sv: number
  readonly payload: string | null
  readonly commitment: string | null
  readonly hash: string
}

/**
 * Ends a chain of a revoked computer: what it wrote beyond leaves journal and rows, and is kept aside as it came (reason `revoked`).
 *
 * A chain that holds another history at that place is taken out whole: the believed one comes again with the next file of whoever has it.
 * Depends on nothing but the entries and the end, so that centres which learn of it at different times come to the same. Returns how many
 * entries were put aside. Erasures that were carried out stay.
 */
export function cutChain(unit: WriteUnit, chain: ChainRow & { readonly writerId: string }, end: ChainEnd): number {
  const { db, readable } = partsOf(unit)
  const isOther = end.seq > 0 && chain.seq >= end.seq && hashAt(readable, chain, end.seq) !== end.hash
  // a branch is cut down to where it begins
  const keep = Math.max(isOther ? 0 : end.seq, chain.floor_seq)
  if (chain.seq <= keep) return 0
  const lines = prepared<[number, number], Line>(
    db,
    'SELECT seq, stamp, actor, kind, row, op, sv, payload, commitment, hash FROM journal WHERE chain = ? AND seq > ? ORDER BY seq',
  ).all(chain.number, keep)
  const aside = prepared(
    db,
    "INSERT OR IGNORE INTO quarantine (stream, writer, seq, hash, line, reason, at) VALUES (?, ?, ?, ?, ?, 'revoked', ?)",
  )
  const touched = new Map<string, { readonly kind: string; readonly row: string }>()
  for (const l of lines) {
    const header = headerText({ q: l.seq, t: l.stamp, a: l.actor, k: l.kind, r: l.row, o: l.op, sv: l.sv })
    const line = l.payload === null ? erasedLine(header, l.commitment ?? '') : entryLine(header, l.payload)
    aside.run(chain.stream, chain.writerId, l.seq, l.hash, line, unit.now)
    if (l.row !== '') touched.set(`${l.kind}/${l.row}`, { kind: l.kind, row: l.row })
  }
  const head: KeptHead = keep !== end.seq || keep === 0 ? [0, '', 0, ''] : [end.seq, end.hash, end.at, end.sig]
  const range = { chain: chain.number, from_seq: keep + 1, to_seq: chain.seq, head: JSON.stringify(head) }
  takeOut(unit, [range], touched)
  return lines.length
}
