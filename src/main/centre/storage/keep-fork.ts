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
  const { db, readable } = partsOf(unit)
  const writer = findWriter(readable, part.writer)
  const chain = writer && findChain(readable, part.stream, writer.number)
  const keep = prepared(
    db,
    "INSERT OR IGNORE INTO quarantine (stream, writer, seq, hash, line, reason, at) VALUES (?, ?, ?, ?, ?, 'fork', ?)",
  )
  let kept = 0
  for (const [i, e] of entries.entries()) {
    if (chain && hashAt(readable, chain, e.header.q) === e.hash) continue
    // what was erased is kept nowhere, not even aside
    const gone = e.header.o !== 'x' && isErased(readable, e.header.k, e.header.r, part.stream)
    const line = gone ? erasedLine(headerText(e.header), e.commitment) : (lines[i] ?? '')
    keep.run(part.stream, part.writer, e.header.q, e.hash, line, unit.now)
    kept += 1
  }
  return kept
}
