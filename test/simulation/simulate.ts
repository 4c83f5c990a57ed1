// npm run sim -- --seeds 200 [--from 1] [--twice] [--with restored,cloned,revoked,rotated] [--json]   many seeds
// npm run sim -- --seed 8123 [--with …]                                               one seed, with its whole trace
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { neverReached, reachedBy, report, runSeeds } from './run-seeds.ts'
import { faultKinds, type FaultKind } from './swarm.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    seed: { type: 'string' },
    from: { type: 'string', default: '1' },
    with: { type: 'string', default: '' },
    twice: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const isFault = (name: string): name is FaultKind => (faultKinds as readonly string[]).includes(name)
const wanted = values.with.split(',').filter(isFault)
const unknown = values.with.split(',').filter((name) => name !== '' && !isFault(name))
if (unknown.length > 0) throw new Error(`--with ${unknown.join(',')}: unknown; one or more of ${faultKinds.join(',')}`)
const count = values.seed === undefined ? Number(values.seeds ?? '200') : 1
const first = Number(values.seed ?? values.from)
const known = values.seed === undefined ? knownSeeds() : []
const orders = [
  ...known,
  ...Array.from({ length: count }, (_, i) => ({ seed: first + i, wanted, twice: values.twice || count === 1 })),
]
const started = performance.now()
const results = await runSeeds(orders, (result) => {
  if (result.broken !== undefined && !values.json) console.log(report(result, count === 1 ? Infinity : 25))
})
const broken = results.filter((r) => r.broken !== undefined)
const never = results.length >= 200 ? neverReached(results) : []
if (values.json)
  console.log(JSON.stringify({ results: results.map(({ trace: _trace, ...r }) => r), never, reached: reachedBy(results) }))
else {
  if (count === 1 && broken.length === 0) console.log(results[0]?.trace.join('\n'))
  for (const [what, n] of Object.entries(reachedBy(results))) console.log(`${String(n).padStart(8)} ${what}`)
  for (const what of never) console.log(`never reached: ${what}`)
  const seconds = (performance.now() - started) / 1000
  console.log(`${results.length} seeds, ${broken.length} broken, ${never.length} never reached, ${seconds.toFixed(0)} s`)
}
process.exitCode = broken.length > 0 || never.length > 0 ? 1 : 0

/** Seeds that once broke something and must not again. */
function knownSeeds(): { seed: number; wanted: readonly FaultKind[]; twice: boolean }[] {
  const text = readFileSync(new URL('known-seeds.json', import.meta.url), 'utf8')
  const { mended } = JSON.parse(text) as {
    readonly mended: readonly { readonly seed: number; readonly with?: readonly FaultKind[] }[]
  }
  return mended.map((k) => ({ seed: k.seed, wanted: k.with ?? [], twice: false }))
}
