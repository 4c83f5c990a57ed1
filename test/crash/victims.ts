import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import { testLogin, testPassword } from '#test/support/open-test-centre.ts'
import { wholeDump } from './after-death.ts'
import { layOut, picturesIn } from './pictures.ts'

/** What a victim does before it is killed. */
export interface VictimJob {
  readonly folder: string
  /** Call and input; `file:<path>` stands for a token of that path, `answer:<key>` for a field of the answer before. */
  readonly calls: readonly (readonly [string, Readonly<Record<string, unknown>>])[]
  /** Operations are counted from this call on. */
  readonly armAt?: number
  /** Operations of the start itself are counted, before any call. */
  readonly armsAtStart?: boolean
  /** Dies just before this operation, counted from 1. */
  readonly killAt?: number
  /** A folder that takes a picture of the job's folder before each operation. */
  readonly album?: string
  /** Dies once this file exists. */
  readonly killOnceThereIs?: string
  /** Runs as the next release, with two more migrations. */
  readonly newerVersion?: boolean
  /** Counts and is killed before statements that write, of all calls from `armAt` on, and not before file operations. */
  readonly countsStatements?: boolean
}

export interface Death {
  /** Undefined if it ended by itself. */
  readonly killed: boolean
  readonly printed: string
  /** Names of the calls that were answered. */
  readonly answered: readonly string[]
  /** How many operations there are; 0 if killed. */
  readonly operations: number
}

const root = path.resolve(import.meta.dirname, '../..')
const node = path.join(root, 'node_modules/.bin/node')
let folder = ''

/** Builds the victim once for the tests of a file: a start costs 0.3 s instead of 0.7 s. */
export function buildVictims(): void {
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'passerelle-victim-'))
    await build({
      root,
      configFile: false,
      logLevel: 'error',
      // what the repository ships is found from the sources, not from the built file
      define: { 'import.meta.dirname': JSON.stringify(path.join(root, 'test/support')) },
      ssr: { noExternal: true, external: ['better-sqlite3'] },
      build: {
        ssr: path.join(import.meta.dirname, 'victim.ts'),
        outDir: folder,
        emptyOutDir: false,
        rolldownOptions: {
          output: {
            entryFileNames: 'victim.mjs',
            codeSplitting: false,
            paths: { 'better-sqlite3': pathToFileURL(path.join(root, 'node_modules/better-sqlite3/lib/index.js')).href },
          },
        },
      },
    })
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
}

/**
 * Runs a victim to its end or its death; `when` kills it from outside once it is true of what was printed. Rejects if it complains.
 *
 * Its folder for temporary files lies in the job's folder.
 */
export function runVictim(job: VictimJob, when: (printed: string) => boolean = () => false): Promise<Death> {
  return new Promise((resolve, reject) => {
    const temporary = path.join(job.folder, 'temporary')
    mkdirSync(temporary, { recursive: true })
    const { NODE_DISABLE_COMPILE_CACHE: _off, ...inherited } = process.env
    const env = { ...inherited, NODE_COMPILE_CACHE: path.join(folder, 'compiled'), TMPDIR: temporary }
    const child = spawn(node, [path.join(folder, 'victim.mjs'), JSON.stringify(job)], { env })
    let printed = ''
    let complained = ''
    child.stderr.on('data', (d) => (complained += String(d)))
    child.stdout.on('data', (d) => {
      printed += String(d)
      if (when(printed)) child.kill('SIGKILL')
    })
    child.on('close', (code, signal) => {
      if (code !== 0 && signal !== 'SIGKILL') return reject(new Error(complained))
      const answered = [...printed.matchAll(/^answered (\S+)$/gm)].map((m) => m[1]!)
      resolve({
        killed: signal === 'SIGKILL',
        printed,
        answered,
        operations: Number(/^operations (\d+)$/m.exec(printed)?.[1] ?? 0),
      })
    })
  })
}

/** A copy of a desk's folder, gone when the test ends. */
export function copyOf(desk: { readonly folder: string }): string {
  const copy = mkdtempSync(path.join(tmpdir(), 'passerelle-crash-'))
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }))
  cpSync(desk.folder, copy, { recursive: true })
  return copy
}

/** The first call of most victims. */
export const unlock = ['security.unlock', { login: testLogin, password: testPassword }] as const

/** What a desk's database holds when nobody kills. */
export async function undisturbed(from: { readonly folder: string }, job: Omit<VictimJob, 'folder'>): Promise<string> {
  const copy = copyOf(from)
  const { killed } = await runVictim({ ...job, folder: copy })
  expect(killed).toBe(false)
  return wholeDump(copy)
}

/** Does `work` for the first of each kind: deaths that left the same files with the same rows have the same future. */
export function onceOfEachKind(): (kind: readonly unknown[], work: () => Promise<void>) => Promise<void> {
  const seen = new Set<string>()
  return async (kind, work) => {
    const key = JSON.stringify(kind)
    if (seen.has(key)) return
    seen.add(key)
    await work()
  }
}

const isEachKilled = process.env['PASSERELLE_KILL_EACH'] === '1'
/** So many victims of a job are killed in earnest, at operations that lie evenly. */
const killedInEarnest = 3

/**
 * What a victim leaves that is killed at its 1st, 2nd, 3rd … operation, until it lives to its end; `check` sees each death and a folder with what it left.
 *
 * One victim runs, and its folder is pictured before each operation: a SIGKILL leaves the same, since the system keeps every byte that was written, and the same
 * pictures have the same future. Some operations are killed in earnest; each of them with PASSERELLE_KILL_EACH=1. Returns how many there are.
 */
export async function killAtEveryOperation(
  from: { readonly folder: string },
  jobIn: (folder: string) => Omit<VictimJob, 'folder' | 'killAt' | 'album'>,
  check: (folder: string, death: Death) => Promise<void>,
): Promise<number> {
  const album = mkdtempSync(path.join(tmpdir(), 'passerelle-album-'))
  onTestFinished(() => rmSync(album, { recursive: true, force: true }))
  const survivor = copyOf(from)
  const end = await runVictim({ ...jobIn(survivor), folder: survivor, album })
  expect(end.killed).toBe(false)
  const pictures = picturesIn(album)
  expect(pictures.map((p) => p.operation)).toEqual(Array.from({ length: end.operations }, (_, i) => i + 1))
  const atOperation = (operation: number, work: () => Promise<void>) => async () => {
    try {
      await work()
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      throw new Error(`killed at operation ${operation}: ${why}`, { cause: error })
    }
  }
  const seen = new Set<string>()
  const different = pictures.filter(({ operation: _of, ...rest }) => {
    const key = JSON.stringify(rest)
    return !seen.has(key) && seen.add(key)
  })
  const left = different.map((picture) =>
    atOperation(picture.operation, async () => {
      // where the victim was: a desk remembers the paths of files that it has begun
      rmSync(survivor, { recursive: true, force: true })
      mkdirSync(survivor)
      layOut(album, picture, survivor)
      await check(survivor, { killed: true, printed: '', answered: end.answered.slice(0, picture.answered), operations: 0 })
    }),
  )
  const step = isEachKilled ? 1 : Math.max(1, Math.ceil(end.operations / killedInEarnest))
  const killed = Array.from({ length: Math.floor(end.operations / step) }, (_, i) => (i + 1) * step).map((killAt) =>
    atOperation(killAt, async () => {
      const copy = copyOf(from)
      const death = await runVictim({ ...jobIn(copy), folder: copy, killAt })
      expect(death.killed).toBe(true)
      await check(copy, death)
      rmSync(copy, { recursive: true, force: true })
    }),
  )
  await check(survivor, end)
  const oneAfterTheOther = async (works: readonly (() => Promise<void>)[]): Promise<void> => {
    for (const work of works) await work()
  }
  await Promise.all([oneAfterTheOther(left), oneAfterTheOther(killed)])
  return end.operations
}
