import { mailboxPrefix, regionStream } from '#shared/sync/stream.ts'
import { journaledTables, type JournaledKind, type RegisterValue } from '../../storage/journaled-tables.ts'
import { clockOf, readClocks, registersOf } from '../../storage/row-registers.ts'
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

/** What an import brought of a chain: entries from `from` on. */
export interface BroughtRange {
  readonly chain: { readonly number: number; readonly writer: number }
  readonly from: number
}

/**
 * Writes into our own rows what their copies had got and the rows have not: after a restored backup a change of a row that is still here
 * comes back in its copy alone, and the next file would take the older value to those who hold the later one (I2).
 *
 * Only what came back in this import by our own hand, and only where the copy's value is later than the row's.
 */
export function recoverChanges(unit: WriteUnit, ownSite: string, brought: readonly BroughtRange[]): void {
  for (const { chain, from } of brought) {
    const rows = unit
      .read<{ kind: JournaledKind; row: string }>(
        `SELECT DISTINCT j.kind, j.row FROM journal j JOIN chain c ON c.number = j.chain JOIN writer w ON w.number = c.writer
         WHERE j.chain = ? AND j.seq >= ? AND w.own = 1 AND c.stream GLOB ? AND j.kind IN ('case', 'referral')`,
      )
      .all(chain.number, from, `${mailboxPrefix(ownSite)}*`)
    for (const { kind, row } of rows) recoverFields(unit, kind, row, chain.writer, from)
  }
}

function recoverFields(unit: WriteUnit, kind: JournaledKind, copyId: string, writer: number, from: number): void {
  const copy = clocksAt(unit, kind, copyId)
  const originId = copy?.raw['origin_id']
  if (!copy || typeof originId !== 'string') return
  const own = clocksAt(unit, kind, originId)
  if (!own) return
  const late = new Set<string>()
  for (const register of Object.keys({ ...copy.registers, ...copy.clocks })) {
    const theirs = clockOf(copy.clocks, copy.registers, register)
    const ours = clockOf(own.clocks, own.registers, register)
    const cameBack = theirs !== undefined && theirs[0] === writer && theirs[1] >= from
    if (cameBack && (ours === undefined || ours[2] < theirs[2])) late.add(register.split('/')[0] ?? register)
  }
  const [now, lost] = [fieldsOfRow(unit, kind, originId), fieldsOfRow(unit, kind, copyId)]
  const changes = Object.fromEntries(
    Object.entries(lost).filter(
      ([field, value]) => late.has(field) && !bound.has(field) && JSON.stringify(value) !== JSON.stringify(now[field] ?? null),
    ),
  )
  if (Object.keys(changes).length > 0) unit.change(kind, originId, changes)
}

/** Fields that tie a copy to its origin and its parent. */
const bound = new Set(['origin_site', 'origin_id', 'case_id', 'referral_id'])

function clocksAt(unit: WriteUnit, kind: JournaledKind, id: string) {
  const raw = unit.read<Record<string, unknown>>(`SELECT * FROM ${journaledTables[kind].table} WHERE id = ?`).get(id)
  if (!raw) return undefined
  const registers = registersOf(kind, raw)
  return { raw, registers, clocks: readClocks(String(raw['clk']), registers) }
}
