import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import MiniSearch from 'minisearch'
import { listCases } from '#main/centre/features/cases/cases-repository.ts'
import { migrate, shippedMigrations } from '#main/centre/storage/migrate.ts'
import { createDatabase, openDatabase, type RawDatabase } from '#main/centre/storage/open-database.ts'
import { longWriteCache } from '#main/centre/storage/open-store.ts'
import { readableDb } from '#main/centre/storage/prepared.ts'
import { indexPerson } from '#main/centre/storage/search-index.ts'
import { foldName } from '#shared/cases/fold-name.ts'
import { personSearchText } from '#shared/people/person-search.ts'
import { repositoryShipped } from '#test/support/fake-ports.ts'
import type { Goal } from './sync-bench.ts'
import { dice } from './work-load.ts'

const site = 'MOR'
const shown = 20
const queries = 200
const likeMostOf = 30
const indexMostOf = 1.25
/** A scan of a million rows takes seconds: the slow methods are asked fewer times. */
const scans = 20

/** Words of the labelled pairs: names of nobody. */
function names(): string[] {
  const text = readFileSync(new URL('name-pairs.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
  return [...new Set(text.flatMap((line) => line.split(',').slice(0, 2)).flatMap((name) => name.split(' ')))]
}

const key = new Uint8Array(32).fill(7)
/** People written in one transaction: more would make a log of writes as long as the database. */
const batch = 50_000

/** Makes a database of so many people, encrypted, with the search index that the product keeps and one of trigrams beside it. */
function makePeople(file: string, count: number): void {
  const db = createDatabase(file, key)
  migrate(db, shippedMigrations(repositoryShipped), () => undefined)
  db.pragma(`cache_size=${longWriteCache}`)
  db.exec("CREATE VIRTUAL TABLE trigrams USING fts5(text, content='', tokenize='trigram')")
  const roll = dice(count)
  const list = names()
  const insert = db.prepare(
    `INSERT INTO case_record (id, stream, clk, created_at, updated_at, number, status, registered_on, form_version, answers, search_name)
     VALUES (?, 'reg:${site}', '{}', ?, ?, ?, 'active', '2026-11-24', '1', ?, ?)`,
  )
  const trigram = db.prepare('INSERT INTO trigrams (rowid, text) VALUES (?, ?)')
  db.exec('BEGIN')
  for (let i = 0; i < count; i += 1) {
    if (i % batch === batch - 1) db.exec('COMMIT; BEGIN')
    const pick = () => list[roll(list.length)]!
    const answers = { family_name: `${pick()} ${pick()}`, given_names: pick(), sex: 'F', birth_date: '1994' }
    const number = `${site}-26-${String(i).padStart(7, '0')}`
    const text = personSearchText(answers, number)
    const { lastInsertRowid: n } = insert.run(`p-${i}`, i, i, number, JSON.stringify(answers), text)
    indexPerson(db, n, text, false)
    trigram.run(n, foldName(`${answers.family_name} ${answers.given_names}`))
  }
  db.exec('COMMIT')
  db.close()
}

/** Two words of somebody, the first of them half typed. */
function questions(count: number): (readonly [string, string])[] {
  const roll = dice(count + 1)
  const list = names().map(foldName)
  return Array.from({ length: queries }, () => [list[roll(list.length)]!.slice(0, 4), list[roll(list.length)]!] as const)
}

/** Milliseconds of processor time, so that what else the machine does hardly counts. */
function processor(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

function times<T>(asked: readonly T[], ask: (words: T) => unknown) {
  const took = asked
    .map((words) => {
      const start = processor()
      ask(words)
      return processor() - start
    })
    .toSorted((a, b) => a - b)
  return { p50: took[Math.floor(took.length / 2)]!, p95: took[Math.floor(took.length * 0.95)]! }
}

/** P6: the list of cases by two words, as the product asks it, beside a scan, trigrams and a search engine in memory. */
export function peopleBench(counts: readonly number[], say: (line: string) => void): Goal[] {
  const goals: Goal[] = []
  for (const count of counts) {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'passerelle-people-'))
    const file = path.join(folder, 'people.db')
    makePeople(file, count)
    const db = openDatabase(file, key)
    try {
      const asked = questions(count)
      const some = asked.slice(0, scans)
      const readable = readableDb(db)
      const mine = { sql: '1', bound: [] }
      // the page's ids and the number of all, in one go
      const page = (from: string) =>
        db.prepare(`SELECT c.id, count(*) OVER () FROM ${from} ORDER BY c.updated_at DESC LIMIT ${shown}`)
      const like = page('case_record c WHERE c.search_name LIKE ? AND c.search_name LIKE ?')
      const trigram = page('trigrams t JOIN case_record c ON c.n = t.rowid WHERE t.text MATCH ?')
      const tell = (name: string, t: { readonly p50: number; readonly p95: number }) =>
        say(`${count} people, ${name}: p50 ${t.p50.toFixed(2)} ms, p95 ${t.p95.toFixed(2)} ms`)
      const list = (text: string) =>
        listCases(readable, site, { text, after: null, limit: shown, show: 'all', mine, readable: mine })
      const ours = times(asked, (words) => list(words.join(' ')))
      tell('this application, by prefix and by ear, with its rows and total', ours)
      tell('the same, one letter', times([...'abcdefghijklmnopqrstuvwxyz'], list))
      const scan = times(some, ([a, b]) => like.all(`%${a}%`, `%${b}%`))
      tell('LIKE', scan)
      tell(
        'trigrams',
        times(some, ([a, b]) => trigram.all(`"${a}" "${b}"`)),
      )
      tell('MiniSearch, in memory', times(asked, miniSearch(db)))
      const pages = (name: string) => Number(db.prepare(`SELECT sum(pgsize) FROM dbstat WHERE name GLOB '${name}'`).pluck().get())
      const index = pages('case_search*') / pages('case_record')
      say(`${count} people: search index ${index.toFixed(2)} of its table`)
      goals.push(
        {
          id: `P6 ${count}`,
          what: 'p95 of two words against LIKE',
          figure: ours.p95 / scan.p95,
          unit: 'x',
          goal: 1 / likeMostOf,
          met: ours.p95 <= scan.p95 / likeMostOf,
        },
        {
          id: `P6 index ${count}`,
          what: 'search index against its table',
          figure: index,
          unit: 'x',
          goal: indexMostOf,
          met: index <= indexMostOf,
        },
      )
    } finally {
      db.close()
      rmSync(folder, { recursive: true })
    }
  }
  return goals
}

function miniSearch(db: RawDatabase): (words: readonly [string, string]) => unknown {
  const engine = new MiniSearch({ fields: ['text'] })
  for (const row of db.prepare('SELECT n AS id, search_name AS text FROM case_record').iterate())
    engine.add(row as { id: number; text: string })
  return ([a, b]) => engine.search(`${a} ${b}`, { prefix: true, combineWith: 'AND' }).slice(0, shown)
}
