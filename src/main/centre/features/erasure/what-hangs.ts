import { regionStream } from '#shared/sync/stream.ts'
import { dependants } from '../../storage/erase-dependants.ts'
import { journaledTables, type JournaledKind } from '../../storage/journaled-tables.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { copiesOf, ownMailboxes } from '../sync/index.ts'

/** A row that is erased with a case. */
export interface HangingRow {
  readonly kind: JournaledKind
  readonly id: string
  readonly stream: string
}

/**
 * A case of this centre and every row that hangs on it: its referrals, their steps, its forms, and the copies of all of them that this centre handed to
 * others, closed ones too. What has no row here but only changes in the journal is found by the field that names its parent.
 */
export function whatHangs(db: ReadableDb, caseId: string, site: string): HangingRow[] {
  const own = regionStream(site)
  const rows: HangingRow[] = [{ kind: 'case', id: caseId, stream: own }]
  for (const { kind, parent, field } of dependants) {
    const parents = rows.filter((r) => r.kind === parent).map((r) => r.id)
    for (const id of childrenOf(db, kind, field, own, parents)) rows.push({ kind, id, stream: own })
  }
  const copies = ownMailboxes(db, site).flatMap((stream) =>
    rows.flatMap(({ kind, id }) => copiesOf(db, kind, stream, id).map((copy) => ({ kind, id: copy, stream }))),
  )
  return [...rows, ...copies]
}

function childrenOf(db: ReadableDb, kind: JournaledKind, field: string, stream: string, parents: readonly string[]): string[] {
  const named = JSON.stringify(parents)
  const { table } = journaledTables[kind]
  const found = db
    .read<{ id: string }>(
      `SELECT id FROM ${table} WHERE stream = ? AND ${field} IN (SELECT value FROM json_each(?))
       UNION SELECT j.row AS id FROM journal j JOIN chain c ON c.number = j.chain
       WHERE c.stream = ? AND j.kind = ? AND j.payload IS NOT NULL AND json_extract(j.payload, ?) IN (SELECT value FROM json_each(?))`,
    )
    .all(stream, named, stream, kind, `$.p.${field}`, named)
  return found.map((r) => r.id)
}
