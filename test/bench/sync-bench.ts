import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { newAgeIdentity, openSealed, sealFor } from '#main/centre/crypto/age-file.ts'
import { migrate, shippedMigrations } from '#main/centre/storage/migrate.ts'
import { createDatabase, openDatabase } from '#main/centre/storage/open-database.ts'
import { bytesOf, forgedChain, forgedFile, outsideCentre } from '#test/formats/outside-centre.ts'
import { repositoryShipped } from '#test/support/fake-ports.ts'
import { deskChanges } from './work-load.ts'
import type { ImportOrder, ImportResult } from './import-worker.ts'

/** A goal of docs/performance.md, with what this run measured. */
export interface Goal {
  readonly id: string
  readonly figure: number
  readonly unit: string
  readonly goal: string
  readonly met: boolean
}
export interface BenchOptions {
  readonly runs: number
  readonly changes: number
  readonly say: (line: string) => void
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
const memoryMaxMiB = 256
const wireBytesMax = 75
const importRatioMax = 1.5
const sealBytes = 64 * 1024 * 1024

/** The same journal and final rows, inserted by prepared statements into an empty database on the same cipher; milliseconds. */
function rawInsert(imported: string, key: Uint8Array, folder: string): number {
  const from = openDatabase(imported, key)
  const tables = ['journal', 'case_record', 'referral', 'referral_step', 'row_secret'].map((name) => ({
    name,
    rows: from.prepare(`SELECT * FROM ${name}`).raw().all() as unknown[][],
  }))
  from.close()
  const file = path.join(folder, 'raw.db')
  const db = createDatabase(file, key)
  migrate(db, shippedMigrations(repositoryShipped), () => undefined)
  const start = performance.now()
  db.exec('BEGIN IMMEDIATE')
  for (const { name, rows } of tables) {
    const width = rows[0]?.length ?? 0
    if (width === 0) continue
    const insert = db.prepare(`INSERT INTO ${name} VALUES (${Array.from({ length: width }, () => '?').join(',')})`)
    for (const row of rows) insert.run(...row)
  }
  db.exec('COMMIT')
  const took = performance.now() - start
  db.close()
  rmSync(file)
  return took
}

/** Megabytes a second of sealing and opening, ours and the age command's, on the same bytes. */
async function sealSpeeds(folder: string): Promise<{ ours: number; command: number }> {
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

/** Measures the exchange side by side in one run, medians of `runs`; throws when the age command is not there. */
export async function syncBench({ runs, changes, say }: BenchOptions): Promise<Goal[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'passerelle-bench-'))
  try {
    const mora = await outsideCentre('MOR', 'm', 5)
    const entries = deskChanges(changes)
    const ratios: number[] = []
    const imports: number[] = []
    const raws: number[] = []
    const memory: number[] = []
    let wire = 0
    for (let run = 0; run < runs; run += 1) {
      const own = path.join(folder, `run-${run}`)
      const ask = (order: ImportOrder): ImportResult =>
        JSON.parse(
          execFileSync(
            process.execPath,
            ['--disable-warning=ExperimentalWarning', path.join(import.meta.dirname, 'import-worker.ts')],
            {
              input: JSON.stringify(order),
              maxBuffer: 1e8,
            },
          ).toString(),
        ) as ImportResult
      const { recipient } = ask({ step: 'prepare', folder: own })
      const file = path.join(own, 'file.age')
      writeFileSync(file, await forgedFile(mora, recipient!, [forgedChain(mora, 'mbx:MOR:BUE', entries)]))
      wire = statSync(file).size / entries.length
      const result = ask({ step: 'import', folder: own, file })
      const raw = rawInsert(path.join(own, 'data/store.db'), Buffer.from(readFileSync(path.join(own, 'key'), 'utf8'), 'hex'), own)
      imports.push(result.milliseconds!)
      raws.push(raw)
      ratios.push(result.milliseconds! / raw)
      memory.push(result.peakMiB!)
      say(
        `run ${run + 1}: import ${result.milliseconds!.toFixed(0)} ms, raw insert ${raw.toFixed(0)} ms, peak ${result.peakMiB!.toFixed(0)} MiB`,
      )
      rmSync(own, { recursive: true })
    }
    const speeds = await sealSpeeds(folder)
    say(`seal and open: ours ${speeds.ours.toFixed(0)} MB/s, age ${speeds.command.toFixed(0)} MB/s`)
    say(`medians: import ${median(imports).toFixed(0)} ms, raw ${median(raws).toFixed(0)} ms, ${entries.length} changes`)
    const ratio = median(ratios)
    const peak = median(memory)
    return [
      { id: 'P1', figure: ratio, unit: 'x raw insert', goal: `<= ${importRatioMax}`, met: ratio <= importRatioMax },
      { id: 'P2', figure: peak, unit: 'MiB', goal: `<= ${memoryMaxMiB}`, met: peak <= memoryMaxMiB },
      { id: 'P4', figure: wire, unit: 'bytes a change', goal: `<= ${wireBytesMax}`, met: wire <= wireBytesMax },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
