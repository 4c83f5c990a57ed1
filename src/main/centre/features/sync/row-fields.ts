import type { Answers } from '#shared/forms/form-definition.ts'
import { journaledTables, type JournaledKind, type RegisterValue } from '../../storage/journaled-tables.ts'
import { storedJson } from '../../storage/stored-json.ts'
import type { ReadableDb } from '../../storage/store.ts'

/** Every field of a row, as features write them; empty when there is no such row. */
export function fieldsOfRow(db: ReadableDb, kind: JournaledKind, id: string): Record<string, RegisterValue> {
  const t = journaledTables[kind]
  const raw = db.read<Record<string, unknown>>(`SELECT * FROM ${t.table} WHERE id = ?`).get(id)
  if (!raw) return {}
  const fields: Record<string, RegisterValue> = {}
  for (const c of t.columns) fields[c] = (raw[c] ?? null) as RegisterValue
  for (const c of t.lists) fields[c] = storedJson<readonly string[]>(String(raw[c]))
  if (t.answers) {
    // a trailing slash: codes kept beside a plain answer, which no page shows
    for (const [q, v] of Object.entries(storedJson<Answers>(String(raw['answers'])))) if (!q.endsWith('/')) fields[`a_${q}`] = v
  }
  return fields
}
