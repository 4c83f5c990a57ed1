import type { ReceivedEntry } from './apply-entries.ts'
import { findChain, findWriter, hashAt } from './chains.ts'
import { erasedLine, headerText } from '#shared/sync/entry.ts'
import { isErased } from './erase-row.ts'
import { prepared } from './prepared.ts'
import type { WriteUnit } from './store.ts'
import { partsOf } from './write-unit.ts'

/**
 * Keeps the lines of a second history of a chain aside (sync.md 3.8): never dropped, never merged before its writer said which is which.
 *
 * `lines` are those of `entries`, in order. Returns how many are not in the history that is held.
 */
export function keepForkLines(
  unit: WriteUnit,
  part: { readonly stream: string; readonly writer: string },
  entries: readonly ReceivedEntry[],
  lines: readonly string[],
): number {
  const { readable } = partsOf(unit)
  const writer = findWriter(readable, part.writer)
  const chain = writer && findChain(readable, part.stream, writer.number)
  return keep(
    unit,
    part,
    'fork',
    entries
      .map((entry, i) => ({ entry, line: lines[i] ?? '' }))
      .filter(({ entry }) => !chain || hashAt(readable, chain, entry.header.q) !== entry.hash),
  )
}

/** Keeps lines aside that a revoked computer wrote after what is believed of it; `lines` are those of `entries`. Returns how many are new. */
export function keepAside(
  unit: WriteUnit,
  part: { readonly stream: string; readonly writer: string },
  entries: readonly ReceivedEntry[],
  lines: readonly string[],
): number {
  return keep(
    unit,
    part,
    'revoked',
    entries.map((entry, i) => ({ entry, line: lines[i] ?? '' })),
  )
}

function keep(
  unit: WriteUnit,
  part: { readonly stream: string; readonly writer: string },
  reason: 'fork' | 'revoked',
  kept: readonly { readonly entry: ReceivedEntry; readonly line: string }[],
): number {
  const { db, readable } = partsOf(unit)
  const insert = prepared(
    db,
    'INSERT OR IGNORE INTO quarantine (stream, writer, seq, hash, line, reason, at) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  let fresh = 0
  for (const { entry, line } of kept) {
    const { header, hash, commitment } = entry
    // what was erased is kept nowhere, not even aside
    const gone = header.o !== 'x' && isErased(readable, header.k, header.r, part.stream)
    const text = gone ? erasedLine(headerText(header), commitment) : line
    fresh += insert.run(part.stream, part.writer, header.q, hash, text, reason, unit.now).changes
  }
  return reason === 'fork' ? kept.length : fresh
}
