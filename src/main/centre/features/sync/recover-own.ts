import { mailboxPrefix, regionStream } from '#shared/sync/stream.ts'
import { journaledTables, type JournaledKind, type RegisterValue } from '../../storage/journaled-tables.ts'
import type { WriteUnit } from '../../storage/store.ts'
import { fieldsOfRow } from './row-fields.ts'

/** The parent of a handed-over row, and the field that names it. */
const parents: Readonly<Partial<Record<JournaledKind, { readonly kind: JournaledKind; readonly field: string }>>> = {
  referral: { kind: 'case', field: 'case_id' },
  referral_step: { kind: 'referral', field: 'referral_id' },
}

/**
 * Makes our own rows again from the copies that had been handed to other centres and came back from them: after a restored backup, their
 * originals are not here (sync.md 3.8: nothing is dropped). What was never handed over cannot come back this way.
 */
export function recoverOwn(unit: WriteUnit, ownSite: string): void {
  for (const kind of ['case', 'referral', 'referral_step'] as const) {
    const { table } = journaledTables[kind]
    const copies = unit
      .read<{ id: string; origin_id: string }>(
        `SELECT c.id, min(c.origin_id) AS origin_id FROM ${table} c
         WHERE c.stream GLOB ? AND c.origin_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${table} o WHERE o.id = c.origin_id)
         GROUP BY c.origin_id ORDER BY c.n`,
      )
      .all(`${mailboxPrefix(ownSite)}*`)
    for (const copy of copies) {
      const fields: Record<string, RegisterValue> = { ...fieldsOfRow(unit, kind, copy.id), origin_site: null, origin_id: null }
      const parent = parents[kind]
      if (parent) {
        const original = unit
          .read<{ origin_id: string | null }>(`SELECT origin_id FROM ${journaledTables[parent.kind].table} WHERE id = ?`)
          .get(fields[parent.field])?.origin_id
        if (!original) continue
        fields[parent.field] = original
      }
      unit.insert(kind, { id: copy.origin_id, stream: regionStream(ownSite), fields })
    }
  }
}
