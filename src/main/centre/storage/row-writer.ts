import type { RawDatabase } from './open-database.ts'
import { journaledTables, type JournaledKind } from './journaled-tables.ts'
import { columnsOf, readClocks, registersOf, storedClocks, type Registers, type RowClocks } from './row-registers.ts'
import { personSounds } from '#shared/people/person-keys.ts'
import { personSearchText } from '#shared/people/person-search.ts'
import { indexedPerson, indexPerson, indexPersonKeys, indexService, type SearchWords } from './search-index.ts'

/** A row as the merge sees it. */
export interface StoredRow {
  readonly stream: string
  readonly registers: Registers
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
      const registers = registersOf(kind, row)
      return { stream: String(row['stream']), registers, clocks: readClocks(String(row['clk']), registers) }
    },
    /** `isNew` spares the look for a row that was just seen to be absent. */
    save(kind: JournaledKind, id: string, row: StoredRow, now: number, isNew = false): void {
      const t = journaledTables[kind]
      const { lists, answers, hidden } = columnsOf(kind, row.registers, row.clocks)
      const values: unknown[] = [row.stream, JSON.stringify(storedClocks(row.clocks, hidden))]
      for (const c of t.columns) values.push(row.registers[c] ?? null)
      for (const c of t.lists) values.push(JSON.stringify((lists.get(c) ?? []).toSorted()))
      const sounds = kind === 'case' ? personSounds(answers) : []
      const searchName = kind === 'case' ? personSearchText(answers, String(row.registers['number'] ?? ''), sounds) : undefined
      if (t.answers) values.push(JSON.stringify(answers))
      if (searchName !== undefined) values.push(searchName)
      const { insert, update } = statementsOf(kind)
      const indexed = searchName === undefined || isNew ? undefined : indexedPerson(db, id)
      const n = isNew ? insert.run(id, now, now, ...values).lastInsertRowid : indexed?.n
      if (!isNew) update.run(now, ...values, id)
      if (searchName === undefined) indexService(db, words, kind, id)
      else if (n !== undefined) {
        if (indexed?.search_name !== searchName) indexPerson(db, n, searchName, indexed !== undefined)
        indexPersonKeys(db, n, answers, sounds, String(row.registers['registered_on'] ?? ''), isNew)
      }
    },
    remove(kind: JournaledKind, id: string): void {
      unindexRow(db, kind, id)
      statementsOf(kind).remove.run(id)
    },
  }
}
export type RowWriter = ReturnType<typeof rowWriter>

/** Takes a row out of the search index before it goes. */
function unindexRow(db: RawDatabase, kind: JournaledKind, id: string): void {
  if (kind === 'case')
    for (const where of ['case_search WHERE rowid', 'person_key WHERE n'])
      db.prepare(`DELETE FROM ${where} = (SELECT n FROM case_record WHERE id = ?)`).run(id)
  if (kind === 'service_point')
    db.prepare('DELETE FROM service_search WHERE rowid = (SELECT n FROM service_point WHERE id = ?)').run(id)
}

function prepare(db: RawDatabase, kind: JournaledKind) {
  const t = journaledTables[kind]
  const columns = [
    'stream',
    'clk',
    ...t.columns,
    ...t.lists,
    ...(t.answers ? ['answers'] : []),
    ...(kind === 'case' ? ['search_name'] : []),
  ]
  return {
    select: db.prepare(`SELECT * FROM ${t.table} WHERE id = ?`),
    insert: db.prepare(
      `INSERT INTO ${t.table} (id, created_at, updated_at, ${columns.join(', ')}) VALUES (?, ?, ?, ${columns.map(() => '?').join(', ')})`,
    ),
    update: db.prepare(`UPDATE ${t.table} SET updated_at = ?, ${columns.map((c) => `${c} = ?`).join(', ')} WHERE id = ?`),
    remove: db.prepare(`DELETE FROM ${t.table} WHERE id = ?`),
  }
}
