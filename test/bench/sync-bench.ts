import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { build } from 'vite'
import { newAgeIdentity, openSealed, sealFor } from '#main/centre/crypto/age-file.ts'
import { migrate, shippedMigrations } from '#main/centre/storage/migrate.ts'
import { createDatabase, openDatabase } from '#main/centre/storage/open-database.ts'
import { longWriteCache } from '#main/centre/storage/open-store.ts'
import { centreMemory } from '#main/centre/worker-protocol.ts'
import { bytesOf, forgedChain, forgedFile, outsideCentre } from '#test/formats/outside-centre.ts'
import { repositoryShipped } from '#test/support/fake-ports.ts'
import { clockBench } from './clock-bench.ts'
import { damageBench } from './damage-bench.ts'
import { benchRecords, deskReplicates, type Replicated } from './replicate-bench.ts'
import { pouchReplicates, yjsReplicates } from './replicate-peers.ts'
import { deskChanges } from './work-load.ts'
import { threadMilliseconds } from './thread-time.ts'
import type { ImportOrder, ImportResult } from './import-worker.ts'

/** A goal of docs/performance.md, with what this run measured. */
export interface Goal {
  readonly id: string
  readonly what: string
  readonly figure: number
  readonly unit: string
  readonly goal: number
  readonly met: boolean
}
const atMost = (id: string, what: string, figure: number, goal: number, unit: string): Goal => ({
  id,
  what,
  figure,
  unit,
  goal,
  met: figure <= goal,
})
export interface BenchOptions {
  readonly runs: number
  readonly changes: number
  readonly records: number
  readonly parts: readonly SyncPart[]
  /** How much is sealed and opened beside the age command; 0 for not at all. */
  readonly sealMiB: number
  readonly say: (line: string) => void
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
const memoryMaxMiB = 256
const wireBytesMax = 75
const importRatioMax = 1.5

/** The tables that the journal and its final rows are in. */
const rowTables = ['journal', 'case_record', 'referral', 'referral_step', 'row_secret'] as const
/** What an import leaves beside them for each row: under what people are found, and found alike. */
const indexQueries: Readonly<Record<string, string>> = {
  person_key: 'SELECT key, n, year FROM person_key',
  case_search: 'SELECT n, search_name FROM case_record',
}
const insertOf = (name: string, width: number): string =>
  `INSERT INTO ${name === 'case_search' ? 'case_search (rowid, text)' : name} VALUES (${Array.from({ length: width }, () => '?').join(',')})`

/** The wall's milliseconds, and the processor's in this thread alone, which other programs do not lengthen as much. */
interface Took {
  readonly milliseconds: number
  readonly threadMilliseconds: number
}

/**
 * The same journal and final rows, inserted by prepared statements into an empty database on the same cipher, and just as durable.
 *
 * `whole`: what is found by, too, so that every row that an import leaves is there.
 */
function rawInsert(imported: string, key: Uint8Array, folder: string, whole: boolean): Took {
  const from = openDatabase(imported, key)
  const queries = [...rowTables.map((name) => [name, `SELECT * FROM ${name}`]), ...(whole ? Object.entries(indexQueries) : [])]
  const tables = queries.map(([name = '', sql = '']) => ({ name, rows: from.prepare(sql).raw().all() as unknown[][] }))
  from.close()
  const file = path.join(folder, 'raw.db')
  const db = createDatabase(file, key)
  migrate(db, shippedMigrations(repositoryShipped), () => undefined)
  const start = performance.now()
  const thread = threadMilliseconds()
  // the import's own cache, so that neither has the better page store
  db.pragma(`cache_size=${longWriteCache}`)
  db.exec('BEGIN IMMEDIATE')
  for (const { name, rows } of tables) {
    const width = rows[0]?.length ?? 0
    if (width === 0) continue
    const insert = db.prepare(insertOf(name, width))
    for (const row of rows) insert.run(...row)
  }
  db.exec('COMMIT')
  const took = { milliseconds: performance.now() - start, threadMilliseconds: threadMilliseconds() - thread }
  db.close()
  rmSync(file)
  return took
}

/** Megabytes a second of sealing and opening, ours and the age command's, on the same bytes. */
async function sealSpeeds(folder: string, mebibytes: number): Promise<{ ours: number; command: number }> {
  const sealBytes = mebibytes * 2 ** 20
  const bytes = new Uint8Array(sealBytes).map((_, i) => (i * 2_654_435_761) >>> 24)
  const { identity, recipient } = newAgeIdentity()
  const megabytes = sealBytes / 1e6
  let start = performance.now()
  const sealed = await bytesOf(await sealFor([recipient], onePiece(bytes)))
  const opened = await openSealed([identity], sealed.length, onePiece(sealed))
  await bytesOf(opened.plaintext)
  const ours = (2 * megabytes) / ((performance.now() - start) / 1000)
  const plain = path.join(folder, 'plain')
  writeFileSync(plain, bytes)
  writeFileSync(path.join(folder, 'key'), `${identity}\n`)
  start = performance.now()
  execFileSync('age', ['-r', recipient, '-o', `${plain}.age`, plain])
  execFileSync('age', ['-d', '-i', path.join(folder, 'key'), '-o', `${plain}.out`, `${plain}.age`])
  const command = (2 * megabytes) / ((performance.now() - start) / 1000)
  return { ours, command }
}

async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}

/** The importing process as it is shipped, in one plain script: the compiler that strips types would take 60 MiB of its memory. */
async function bundledWorker(): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: path.join(import.meta.dirname, 'import-worker.ts'),
      outDir: bundleFolder,
      minify: false,
      rolldownOptions: { external: ['better-sqlite3'], output: { entryFileNames: 'import-worker.mjs' } },
    },
  })
  return path.join(bundleFolder, 'import-worker.mjs')
}
/** Two folders below the repository, like what it was made of: the worker looks from there for what is shipped. */
const bundleFolder = path.resolve(import.meta.dirname, '../../out/bench')

/** One import in a process of its own. It has the limits of memory that the application gives its centre. */
function inWorker(worker: string, order: ImportOrder): ImportResult {
  const semiSpace = Math.round(centreMemory.maxYoungGenerationSizeMb / 3)
  const flags = [
    '--disable-warning=ExperimentalWarning',
    `--max-semi-space-size=${semiSpace}`,
    `--max-old-space-size=${centreMemory.maxOldGenerationSizeMb}`,
    worker,
  ]
  return JSON.parse(
    execFileSync(process.execPath, flags, { input: JSON.stringify(order), maxBuffer: 1e8 }).toString(),
  ) as ImportResult
}

/** P1, P2, P4: imports of the same changes, each beside the raw insert of what it left behind. */
async function importGoals(folder: string, { runs, changes, say }: BenchOptions): Promise<Goal[]> {
  const mora = await outsideCentre('MOR', 'm', 5)
  const entries = deskChanges(changes)
  const worker = await bundledWorker()
  const ratios: number[] = []
  const wholeRatios: number[] = []
  const threadRatios: number[] = []
  const memory: number[] = []
  let wire = 0
  let isWarm = false
  for (let run = 0; run < runs; run += 1) {
    const own = path.join(folder, `run-${run}`)
    const { recipient } = inWorker(worker, { step: 'prepare', folder: own })
    const file = path.join(own, 'file.age')
    writeFileSync(file, await forgedFile(mora, recipient!, [forgedChain(mora, 'mbx:MOR:BUE', entries)]))
    wire = statSync(file).size / entries.length
    const result = inWorker(worker, { step: 'import', folder: own, file })
    const { milliseconds = 0, previewMilliseconds = 0, peakMiB = 0 } = result
    const key = Buffer.from(readFileSync(path.join(own, 'key'), 'utf8'), 'hex')
    // the yardstick never pays for being the first of its process
    if (!isWarm) rawInsert(path.join(own, 'data/store.db'), key, own, true)
    isWarm = true
    const raw = rawInsert(path.join(own, 'data/store.db'), key, own, false)
    const whole = rawInsert(path.join(own, 'data/store.db'), key, own, true)
    ratios.push(milliseconds / raw.milliseconds)
    wholeRatios.push(milliseconds / whole.milliseconds)
    threadRatios.push((result.threadMilliseconds ?? 0) / raw.threadMilliseconds)
    memory.push(peakMiB)
    const both = (t: Took) => `${t.milliseconds.toFixed(0)} ms (${t.threadMilliseconds.toFixed(0)} of the processor)`
    say(
      `import ${run + 1}: proof ${previewMilliseconds.toFixed(0)} ms, whole ${both({ milliseconds, threadMilliseconds: 0, ...result })}, raw insert ${both(raw)}, with what is found by ${both(whole)}, ${(milliseconds / raw.milliseconds).toFixed(2)}x, peak ${peakMiB.toFixed(0)} MiB`,
    )
    rmSync(own, { recursive: true })
  }
  say(
    `import, medians: ${median(ratios).toFixed(2)}x the raw insert of journal and rows, ${median(wholeRatios).toFixed(2)}x of every row it leaves; by the processor's time ${median(threadRatios).toFixed(2)}x`,
  )
  return [
    atMost('P1', 'import of all changes against the raw insert of the same rows', median(ratios), importRatioMax, 'x'),
    atMost('P2', 'memory of the importing process', Math.max(...memory), memoryMaxMiB, 'MiB'),
    atMost('P4', 'bytes of a change on the wire', wire, wireBytesMax, 'bytes'),
  ]
}

/** P3: the same job for this application and two others, one after the other in each run. */
async function replicateGoals(folder: string, { runs, records, say }: BenchOptions): Promise<Goal[]> {
  const all = benchRecords(records)
  const edited = Math.ceil(records / 10)
  const ratios: { readonly replicate: number; readonly bytes: number; readonly converge: number }[] = []
  const line = (name: string, r: Replicated) =>
    say(
      `${name}: replicate ${r.replicate.toFixed(0)} ms, ${(r.replicateBytes / 2 ** 20).toFixed(2)} MiB; edits and converge ${r.converge.toFixed(0)} ms, ${(r.convergeBytes / 2 ** 20).toFixed(2)} MiB; ${r.conflicts} conflicts told; ${r.isEqual ? 'equal' : 'UNEQUAL'}`,
    )
  for (let run = 0; run < runs; run += 1) {
    const own = path.join(folder, `replicas-${run}`)
    mkdirSync(own)
    const ours = await deskReplicates(own, all, edited)
    line('this application', ours)
    const pouch = await pouchReplicates(own, all, edited)
    line('PouchDB on LevelDB', pouch)
    line('Yjs in memory', yjsReplicates(all, edited))
    if (!ours.isEqual || ours.conflicts !== edited) throw new Error('the two desks did not converge')
    ratios.push({
      replicate: ours.replicate / pouch.replicate,
      bytes: ours.replicateBytes / pouch.replicateBytes,
      converge: ours.converge / pouch.converge,
    })
    rmSync(own, { recursive: true })
  }
  return [
    atMost('P3a', 'time to replicate all records, against PouchDB on LevelDB', median(ratios.map((r) => r.replicate)), 0.25, 'x'),
    atMost('P3b', 'bytes of it, both gzipped', median(ratios.map((r) => r.bytes)), 0.55, 'x'),
    atMost('P3c', 'time of edits on both sides and convergence', median(ratios.map((r) => r.converge)), 0.08, 'x'),
  ]
}

async function clockGoals(folder: string, { say }: BenchOptions): Promise<Goal[]> {
  const results = await clockBench(folder, say)
  const broken = results.reduce((n, r) => n + r.lost + (r.isEqual ? 0 : 1) + (r.flagged === r.apart ? 0 : 1), 0)
  return [atMost('P5', 'sequential edits lost, unequal desks, wrong flags, with one clock wrong', broken, 0, 'faults')]
}

async function damageGoals(folder: string, { say }: BenchOptions): Promise<Goal[]> {
  const { tried, accepted, wrongCode, rowsChanged } = await damageBench(folder)
  say(`P8 ${tried} cut or flipped files: ${accepted} accepted, ${wrongCode} with a wrong code, ${rowsChanged} times rows changed`)
  return [
    atMost('P8', 'damaged files accepted, wrongly named, or that changed rows', accepted + wrongCode + rowsChanged, 0, 'files'),
  ]
}

const parts = { import: importGoals, replicate: replicateGoals, clock: clockGoals, damage: damageGoals }
export type SyncPart = keyof typeof parts
export const syncParts = Object.keys(parts) as SyncPart[]

/** Measures the exchange side by side in one run, medians of `runs`; throws when the age command is not there. */
export async function syncBench(options: BenchOptions): Promise<Goal[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'passerelle-bench-'))
  try {
    const goals: Goal[] = []
    for (const part of options.parts) goals.push(...(await parts[part](folder, options)))
    if (options.sealMiB > 0) {
      const speeds = await sealSpeeds(folder, options.sealMiB)
      options.say(
        `seal and open ${options.sealMiB} MiB: ours ${speeds.ours.toFixed(0)} MB/s, age ${speeds.command.toFixed(0)} MB/s`,
      )
    }
    return goals
  } finally {
    rmSync(folder, { recursive: true, force: true })
    rmSync(bundleFolder, { recursive: true, force: true })
  }
}
