import { erasedLine, headerText } from '#shared/sync/entry.ts'
import type { ReceivedEntry } from './apply-entries.ts'
import { isErased } from './erase-row.ts'
import { prepared } from './prepared.ts'
import type { WriteUnit } from './store.ts'
import { partsOf } from './write-unit.ts'

/** Keeps lines aside that a revoked computer wrote after what is believed of it; `lines` are those of `entries`. Returns how many are new. */
export function keepAside(
  unit: WriteUnit,
  part: { readonly stream: string; readonly writer: string },
  entries: readonly ReceivedEntry[],
  lines: readonly string[],
): number {
  const { db, readable } = partsOf(unit)
  const insert = prepared(
    db,
    "INSERT OR IGNORE INTO quarantine (stream, writer, seq, hash, line, reason, at) VALUES (?, ?, ?, ?, ?, 'revoked', ?)",
  )
  let fresh = 0
  for (const [i, { header, hash, commitment }] of entries.entries()) {
    // what was erased is kept nowhere, not even aside
    const gone = header.o !== 'x' && isErased(readable, header.k, header.r, part.stream)
    const text = gone ? erasedLine(headerText(header), commitment) : (lines[i] ?? '')
    fresh += insert.run(part.stream, part.writer, header.q, hash, text, unit.now).changes
  }
  return fresh
}
