// npm run bench -- sync [--runs 5] [--changes 100000] [--json FILE]
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { syncBench } from './sync-bench.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '5' }, changes: { type: 'string', default: '100000' }, json: { type: 'string' } },
})
if (positionals.join(' ') !== 'sync') {
  console.error('usage: npm run bench -- sync [--runs 5] [--changes 100000] [--json FILE]')
  process.exit(2)
}
const goals = await syncBench({ runs: Number(values.runs), changes: Number(values.changes), say: (line) => console.log(line) })
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(goals, undefined, 1)}\n`)
console.log(goals.map((g) => `${g.id} ${g.figure.toFixed(2)} ${g.unit} (goal ${g.goal}) ${g.met ? 'met' : 'NOT met'}`).join('; '))
