import { runSeed } from './run-seed.ts'
const from = Number(process.argv[2] ?? 1),
  n = Number(process.argv[3] ?? 1),
  verbose = process.argv[4] === 'v',
  w = (process.argv[5] ?? '').split(',').filter(Boolean) as never[]
let t = process.cpuUsage()
const all: Record<string, number> = {}
for (let s = from; s < from + n; s++) {
  const r = await runSeed(s, w)
  if (verbose) console.log(r.trace.join('\n'), r.reached)
  const u = process.cpuUsage(t)
  console.log(s, r.desks, r.actions, ((u.user + u.system) / 1000).toFixed(0), r.broken ?? 'ok')
  if (r.reached['two histories'] || r.reached['fault restored'])
    console.log('   restored', r.reached['fault restored'], 'two', r.reached['two histories'])
  if (r.broken && !verbose) console.log(r.trace.slice(-4).join('\n'))
  t = process.cpuUsage()
  for (const [k, v] of Object.entries(r.reached)) all[k] = (all[k] ?? 0) + v
}
console.log(all)
