// npm run bench -- forms [--runs 5] [--json FILE]
// npm run bench -- search [--people 100000,1000000] [--json FILE]
// npm run bench -- sync [--runs 5] [--changes 100000] [--records 100000] [--only import,replicate,clock,damage] [--json FILE]
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { formsBench } from './forms-bench.ts'
import { formsPageBench } from './forms-page-bench.ts'
import { peopleBench } from './people-bench.ts'
import { namesBench } from './search-bench.ts'
import { syncBench, syncParts, type SyncPart } from './sync-bench.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '5' },
    changes: { type: 'string', default: '100000' },
    records: { type: 'string', default: '100000' },
    only: { type: 'string', default: syncParts.join(',') },
    people: { type: 'string', default: '100000,1000000' },
    seal: { type: 'string', default: '64' },
    json: { type: 'string' },
  },
})
const parts = values.only.split(',')
const what = positionals.join(' ')
const known = ['sync', 'forms', 'search']
if (!known.includes(what) || !parts.every((p): p is SyncPart => (syncParts as readonly string[]).includes(p))) {
  console.error(
    `usage: npm run bench -- forms [--runs 5] [--json FILE]\n       npm run bench -- search [--people 100000,1000000] [--json FILE]\n       npm run bench -- sync [--runs 5] [--changes 100000] [--records 100000] [--only ${syncParts.join(',')}] [--seal 64] [--json FILE]`,
  )
  process.exit(2)
}
const runs = Number(values.runs)
const say = (line: string) => console.log(line)
const goals =
  what === 'forms'
    ? [...(await formsBench({ runs, say })), ...(await formsPageBench(runs, say))]
    : what === 'search'
      ? [...namesBench(say), ...peopleBench(values.people.split(',').map(Number), say)]
      : await syncBench({
          runs,
          changes: Number(values.changes),
          records: Number(values.records),
          parts,
          sealMiB: Number(values.seal),
          say,
        })
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(goals, undefined, 1)}\n`)
for (const g of goals)
  console.log(`${g.id} ${g.what}: ${g.figure.toFixed(2)} ${g.unit}, goal at most ${g.goal}, ${g.met ? 'met' : 'NOT met'}`)
console.log(goals.map((g) => `${g.id} ${g.figure.toFixed(2)} ${g.unit} (<= ${g.goal}) ${g.met ? 'met' : 'NOT met'}`).join('; '))
