import type { RawDatabase } from './open-database.ts'
import { journaledTables, type JournaledKind, type RegisterValue } from './journaled-tables.ts'
import { personSearchText, indexRow, type SearchWords } from './search-index.ts'
import { storedJson } from './stored-json.ts'

/** Clock of a register: [local writer number, sequence number, stamp]. */
export type RegisterClock = readonly [writer: number, seq: number, stamp: string]
export type RowClocks = Readonly<Record<string, RegisterClock>>

/** A row as the merge sees it. */
export interface StoredRow {
  readonly stream: string
  readonly registers: Readonly<Record<string, RegisterValue>>
  readonly clocks: RowClocks
}

/**
 * Reads and writes whole rows of journaled tables, for own changes and received ones alike.
 *
 * Statements are prepared once per table (architecture.md, performance shape). Keeps the search index in step.
 */
export function rowWriter(db: RawDatabase, words: SearchWords) {
  const statements = new Map<JournaledKind, ReturnType<typeof prepare>>()
  const statementsOf = (kind: JournaledKind) => {
    const known = statements.get(kind)
    if (known) return known
    const made = prepare(db, kind)
    statements.set(kind, made)
    return made
  }
  return {
    load(kind: JournaledKind, id: string): StoredRow | undefined {
      const row = statementsOf(kind).select.get(id) as Record<string, unknown> | undefined
      if (!row) return undefined
      const registers: Record<string, RegisterValue> = {}
      for (const c of journaledTables[kind].columns) registers[c] = (row[c] ?? null) as RegisterValue
      for (const c of journaledTables[kind].lists) registers[c] = storedJson<readonly string[]>(String(row[c]))
      if (journaledTables[kind].answers) {
        for (const [q, v] of Object.entries(storedJson<Record<string, RegisterValue>>(String(row['answers']))))
          registers[`a_${q}`] = v
      }
      return { stream: String(row['stream']), registers, clocks: storedJson<RowClocks>(String(row['clk'])) }
    },
    save(kind: JournaledKind, id: string, row: StoredRow, now: number): void {
      const t = journaledTables[kind]
      const values: Record<string, unknown> = { id, stream: row.stream, clk: JSON.stringify(row.clocks), now }
      for (const c of t.columns) values[c] = row.registers[c] ?? null
      for (const c of t.lists) values[c] = JSON.stringify(row.registers[c] ?? [])
      if (t.answers) {
        const answers: Record<string, unknown> = {}
        for (const [field, v] of Object.entries(row.registers))
          if (field.startsWith('a_') && v !== null) answers[field.slice(2)] = v
        values['answers'] = JSON.stringify(answers)
        values['search_name'] = personSearchText(answers, String(row.registers['number'] ?? ''))
      }
      statementsOf(kind).upsert.run(values)
      indexRow(db, words, kind, id)
    },
  }
}
export type RowWriter = ReturnType<typeof rowWriter>

function prepare(db: RawDatabase, kind: JournaledKind) {
  const t = journaledTables[kind]
  const columns = ['stream', 'clk', ...t.columns, ...t.lists, ...(t.answers ? ['answers', 'search_name'] : [])]
  return {
    select: db.prepare(`SELECT * FROM ${t.table} WHERE id = ?`),
    upsert: db.prepare(
      `INSERT INTO ${t.table} (id, created_at, updated_at, ${columns.join(', ')})
       VALUES (@id, @now, @now, ${columns.map((c) => `@${c}`).join(', ')})
       ON CONFLICT (id) DO UPDATE SET updated_at = @now, ${columns.map((c) => `${c} = @${c}`).join(', ')}`,
    ),
  }
}
