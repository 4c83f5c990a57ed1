// Runs the demonstration on Node 24, whatever Node the machine has.
import { spawnSync } from 'node:child_process'
import path from 'node:path'

const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), '../..')
const node = path.join(root, 'node_modules/.bin/node')
const run = spawnSync(
  node,
  ['--disable-warning=ExperimentalWarning', path.join(root, 'tools/demo/demo.ts'), ...process.argv.slice(2)],
  { stdio: 'inherit' },
)
process.exit(run.status ?? 1)
