import { eraseRow } from './erase-row.ts'
import { journaledTables } from './journaled-tables.ts'
import type { MergeParts } from './merge-row.ts'
import { prepared } from './prepared.ts'

/** What hangs on a row: children by the field that names their parent. */
export const dependants = [
  { kind: 'referral', parent: 'case', field: 'case_id' },
  { kind: 'referral_step', parent: 'referral', field: 'referral_id' },
  { kind: 'case_form', parent: 'case', field: 'case_id' },
  { kind: 'case_link', parent: 'case', field: 'case_a' },
  { kind: 'case_link', parent: 'case', field: 'case_b' },
] as const

interface Left {
  readonly id: string
  readonly stream: string
  readonly certificate: string
  readonly ground: string
}

/**
 * Erases what names an erased row of its own stream: a referral that another PC wrote before it heard of the erasure of its case, and its
 * steps (docs/formats/sync-file.md, "Erasure"). Every replica does so by itself, so that all hold the same. Returns how many rows.
 */
export function eraseDependants(parts: Pick<MergeParts, 'db' | 'rows' | 'now'>): number {
  let count = 0
  for (const { kind, parent, field } of dependants) {
    const left = prepared<[string], Left>(
      parts.db,
      `SELECT t.id, t.stream, e.certificate, e.ground FROM erased e JOIN ${journaledTables[kind].table} t ON t.${field} = e.row AND t.stream = e.stream
       WHERE e.kind = ?`,
    ).all(parent)
    for (const { id, stream, certificate, ground } of left) eraseRow(parts, kind, id, stream, certificate, ground)
    count += left.length
  }
  return count
}
