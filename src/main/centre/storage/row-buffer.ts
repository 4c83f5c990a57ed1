import type { JournaledKind } from './journaled-tables.ts'
import type { RowWriter, StoredRow } from './row-writer.ts'

/** Rows held before the oldest are written; some 2 KiB each. */
const usualMost = 8192

/**
 * A row writer for long merges that writes a row once, however many changes of it come: reading, parsing and indexing it again for each
 * change costs more than the change. What is loaded is what was saved, written or not; tables and search index have it after `flush`. `most`: rows held.
 */
export function bufferedRows(rows: RowWriter, most = usualMost): RowWriter & { flush(): void } {
  const held = new Map<string, { kind: JournaledKind; id: string; row: StoredRow; now: number; isNew: boolean }>()
  const keyOf = (kind: JournaledKind, id: string): string => `${kind}/${id}`
  const writeOldest = (left: number): void => {
    for (const [key, { kind, id, row, now, isNew }] of held) {
      if (held.size <= left) return
      rows.save(kind, id, row, now, isNew)
      held.delete(key)
    }
  }
  return {
    load: (kind, id) => held.get(keyOf(kind, id))?.row ?? rows.load(kind, id),
    save(kind, id, row, now, isNew = false) {
      const key = keyOf(kind, id)
      const before = held.get(key)
      // the row that changed last is written last
      if (before) held.delete(key)
      held.set(key, { kind, id, row, now, isNew: before?.isNew ?? isNew })
      if (held.size > most) writeOldest(Math.floor(most * 0.75))
    },
    remove(kind, id) {
      const key = keyOf(kind, id)
      const before = held.get(key)
      held.delete(key)
      if (!before?.isNew) rows.remove(kind, id)
    },
    flush: () => writeOldest(0),
  }
}
