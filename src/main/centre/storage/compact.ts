import { showCut, type Cut } from './choose-cut.ts'
import type { MergeParts } from './merge-row.ts'
import { mergePartsOf } from './merge-parts.ts'
import { prepared } from './prepared.ts'
import { rebuildRow } from './rebuild-row.ts'
import { baseOfRow, findBase, isJournaledKind, keepBase } from './row-base.ts'
import type { JournaledKind } from './journaled-tables.ts'
import type { WriteUnit } from './store.ts'
import { partsOf } from './write-unit.ts'

/**
 * Takes the entries up to the cut out of the journal; what they made of each row is kept in `row_base`, and the chains begin at their new floors.
 *
 * Nothing that is shown changes. An import of which something left cannot be taken back any more. Inside the caller's transaction; the
 * entries must lie in an archive already. Returns how many left.
 */
export function compact(unit: WriteUnit, cut: Cut): number {
  const { db } = partsOf(unit)
  const parts = mergePartsOf(unit)
  showCut(db, cut)
  const touched = prepared<[], { kind: string; row: string; until: string }>(
    db,
    `SELECT j.kind, j.row, max(j.stamp) AS until FROM journal j JOIN temp.leaving l ON l.chain = j.chain AND j.seq <= l.seq
     WHERE j.op IN ('i', 'u') AND j.payload IS NOT NULL GROUP BY j.kind, j.row`,
  ).all()
  for (const { kind, row, until } of touched) if (isJournaledKind(kind)) keepRow(parts, kind, row, until)
  let count = 0
  for (const [chain, seq] of cut) {
    const hash = prepared<[number, number], { hash: string }>(db, 'SELECT hash FROM journal WHERE chain = ? AND seq = ?').get(
      chain,
      seq,
    )!.hash
    count += prepared(db, 'DELETE FROM journal WHERE chain = ? AND seq <= ?').run(chain, seq).changes
    prepared(db, 'UPDATE chain SET floor_seq = ?, floor_hash = ? WHERE number = ?').run(seq, hash, chain)
    prepared(db, 'DELETE FROM import_range WHERE file IN (SELECT file FROM import_range WHERE chain = ? AND from_seq <= ?)').run(
      chain,
      seq,
    )
  }
  return count
}

/** What the leaving entries made of a row: the row itself when nothing of it stays in the journal, else the row as it is without the rest. */
function keepRow(parts: MergeParts, kind: JournaledKind, row: string, until: string): void {
  const { db } = parts
  const before = findBase(db, kind, row)?.until ?? ''
  const stays = prepared<[string, string], object>(
    db,
    `SELECT 1 FROM journal j LEFT JOIN temp.leaving l ON l.chain = j.chain
     WHERE j.row = ? AND j.kind = ? AND j.op IN ('i', 'u') AND j.payload IS NOT NULL AND j.seq > coalesce(l.seq, 0) LIMIT 1`,
  ).get(row, kind)
  let base
  if (stays === undefined) base = baseOfRow(parts, kind, row)
  else {
    db.exec('SAVEPOINT without_rest')
    prepared(
      db,
      `DELETE FROM journal WHERE row = ? AND kind = ? AND seq > coalesce((SELECT l.seq FROM temp.leaving l WHERE l.chain = journal.chain), 0)`,
    ).run(row, kind)
    rebuildRow(parts, kind, row)
    base = baseOfRow(parts, kind, row)
    db.exec('ROLLBACK TO without_rest; RELEASE without_rest')
  }
  if (base) keepBase(db, kind, row, { ...base, until: until > before ? until : before })
}
