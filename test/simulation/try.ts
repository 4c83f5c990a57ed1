import { runSeed } from './run-seed.ts'
const from = Number(process.argv[2] ?? 1), n = Number(process.argv[3] ?? 1), verbose = process.argv[4] === 'v', w = (process.argv[5] ?? '').split(',').filter(Boolean) as never[]
let t = performance.now()
for (let s = from; s < from + n; s++) {
  const r = await runSeed(s, w)
  if (verbose) console.log(r.trace.join('\n'), r.reached)
  console.log(s, r.desks, r.actions, (performance.now() - t).toFixed(0), r.broken ?? 'ok')
  t = performance.now()
}
