import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { mergeBranches } from '#main/centre/storage/merge-row.ts'
import type { SeedResult } from './run-seed.ts'
import type { SeedOrder } from './seed-worker.ts'
import { actionKinds, faultKinds } from './swarm.ts'

const threadsMax = 2
/** Most of what a seed makes is gone after its action: the collector has a sixth less to do than with the usual 16. */
const youngMiB = 96

/** Runs seeds in two threads; `heard` gets each result as it comes. */
export async function runSeeds(
  orders: readonly SeedOrder[],
  heard: (result: SeedResult) => void = () => undefined,
): Promise<SeedResult[]> {
  const waiting = [...orders]
  const results: SeedResult[] = []
  const threads = Math.min(threadsMax, availableParallelism(), orders.length)
  await Promise.all(
    Array.from(
      { length: threads },
      () =>
        new Promise<void>((resolve, reject) => {
          const worker = new Worker(new URL('seed-worker.ts', import.meta.url), {
            execArgv: ['--disable-warning=ExperimentalWarning'],
            resourceLimits: { maxYoungGenerationSizeMb: youngMiB },
          })
          const next = (): void => worker.postMessage(waiting.shift() ?? 'end')
          worker.on('message', (result: SeedResult) => {
            results.push(result)
            heard(result)
            next()
          })
          worker.on('error', reject)
          worker.on('exit', () => resolve())
          next()
        }),
    ),
  )
  return results.toSorted((a, b) => a.seed - b.seed)
}

/** Codes of docs/formats/sync-file.md, "Errors", and of the disk, that a run must meet. */
const codes = [
  'nothing-to-send',
  'training-no-exchange',
  'file-unreadable',
  'disk-full',
  'cancelled',
  'sync-not-a-sync-file',
  'sync-incomplete',
  'sync-damaged',
  'sync-not-for-you',
  'sync-needs-passphrase',
  'sync-unknown-sender',
  'sync-bad-signature',
  'sync-missing-earlier',
  'sync-already-imported',
  'sync-older-than-yours',
  'sync-fork',
  'sync-newer-app',
  'sync-too-large',
  'sync-suspicious',
  'sync-revoked-sender',
] as const

/** Everything that a run of many seeds must have met at least once, or it proves nothing. */
export const mustReach: readonly string[] = [
  ...faultKinds.map((k) => `fault ${k}`),
  ...actionKinds.map((k) => `action ${k}`),
  ...mergeBranches.map((b) => `merge ${b}`),
  ...codes.map((c) => `code ${c}`),
  'two histories',
  'set aside',
  'opened with a former key',
  'snapshot taken',
  'somebody withheld',
  'shown for review',
  'waits for a decision',
]

/** How often everything was met, over all results. */
export function reachedBy(results: readonly SeedResult[]): Record<string, number> {
  const sum: Record<string, number> = {}
  for (const r of results) for (const [what, n] of Object.entries(r.reached)) sum[what] = (sum[what] ?? 0) + n
  return Object.fromEntries(Object.entries(sum).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** What a run never met. */
export function neverReached(results: readonly SeedResult[]): string[] {
  const reached = reachedBy(results)
  return mustReach.filter((what) => reached[what] === undefined)
}

/** What to print of a seed that broke something: how to run it again, and the end of its trace. */
export function report(result: SeedResult, linesMax = 25): string {
  return [`${result.broken}`, `npm run sim -- --seed ${result.seed}`, ...result.trace.slice(-linesMax).map((l) => `  ${l}`)].join(
    '\n',
  )
}
