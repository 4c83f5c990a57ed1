import type { JournaledKind } from './journaled-tables.ts'
import type { RowWriter, StoredRow } from './row-writer.ts'

/** Rows held before the oldest are written; some 2 KiB each. */
const usualMost = 8192

/**
 * A row writer for long merges that writes a row once, however many changes of it come: reading, parsing and indexing it again for each
 * change costs more than the change. What is loaded is what was saved, written or not; tables and search index have it after `flush`. `most`: rows held.
 */
export function bufferedRows(rows: RowWriter, most = usualMost): RowWriter & { flush(): void } {
  const held = new Map<JournaledKind, Map<string, { row: StoredRow; now: number; isNew: boolean }>>()
  let count = 0
  /** Writes the oldest rows of each kind until this part of them is left. */
  const writeOldest = (part: number): void => {
    for (const [kind, ofKind] of held) {
      const left = Math.floor(ofKind.size * part)
      for (const [id, { row, now, isNew }] of ofKind) {
        if (ofKind.size <= left) break
        rows.save(kind, id, row, now, isNew)
        ofKind.delete(id)
        count -= 1
      }
    }
  }
  return {
    load: (kind, id) => held.get(kind)?.get(id)?.row ?? rows.load(kind, id),
    save(kind, id, row, now, isNew = false) {
      let ofKind = held.get(kind)
      if (!ofKind) held.set(kind, (ofKind = new Map()))
      const before = ofKind.get(id)
      // the row that changed last is written last
      if (before) ofKind.delete(id)
      else count += 1
      ofKind.set(id, { row, now, isNew: before?.isNew ?? isNew })
      if (count > most) writeOldest(0.75)
    },
    remove(kind, id) {
      const before = held.get(kind)?.get(id)
      if (held.get(kind)?.delete(id)) count -= 1
      if (!before?.isNew) rows.remove(kind, id)
    },
    flush: () => writeOldest(0),
  }
}
