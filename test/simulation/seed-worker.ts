import { registerHooks } from 'node:module'
import { parentPort } from 'node:worker_threads'
import type { FaultKind } from './swarm.ts'

/** What a worker is asked: one seed, and the faults that it must have. */
export interface SeedOrder {
  readonly seed: number
  readonly wanted: readonly FaultKind[]
  /** The seed is run a second time, and must do the same. */
  readonly twice: boolean
}

parentPort?.on('message', (order: SeedOrder | 'end') => {
  if (order === 'end') parentPort?.close()
  else void answer(order)
})

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@noble/curves/ed25519.js' && context.parentURL?.includes('/@noble/') === false
      ? { url: new URL('native-curves.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
})
const { runSeed } = await import('./run-seed.ts')

async function answer({ seed, wanted, twice }: SeedOrder): Promise<void> {
  const result = await runSeed(seed, wanted)
  if (!twice || result.broken !== undefined) {
    parentPort?.postMessage(result)
    return
  }
  const again = await runSeed(seed, wanted)
  const at = result.trace.findIndex((line, i) => line !== again.trace[i])
  const same = at < 0 && again.trace.length === result.trace.length
  parentPort?.postMessage(
    same
      ? result
      : {
          ...result,
          broken: `run twice, the seed does not do the same: ${result.trace[at] ?? 'the end'} / ${again.trace[at] ?? 'the end'}`,
        },
  )
}
