// Every test of the repository, on a fresh clone too: gets a browser and the age tool if there are none, runs each step, stops at the first failure.
// Plain JavaScript, so that any Node can start it; the steps run on the Node 24 of node_modules.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), '..')
const bin = (name) => path.join(root, 'node_modules/.bin', name)
const node = bin('node')
if (!existsSync(node)) {
  console.error('Run npm ci first.')
  process.exit(1)
}
const scratch = mkdtempSync(path.join(tmpdir(), 'passerelle-test-report-'))
const unitReport = path.join(scratch, 'unit.json')
const e2eReport = path.join(scratch, 'e2e.json')
const env = {
  ...process.env,
  PATH: `${path.join(root, 'node_modules/.bin')}${path.delimiter}${process.env.PATH}`,
  NODE_DISABLE_COMPILE_CACHE: '1',
}
/** With the network cut where the kernel permits: what the desks do needs none (S02). */
const offline = path.join(root, 'tools/without-network.mjs')
const quiet = '--disable-warning=ExperimentalWarning'

const browser = spawnSync(node, [quiet, path.join(root, 'tools/browser/ensure-browser.ts')], {
  cwd: root,
  env,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
})
if (browser.status !== 0) process.exit(1)
env.PASSERELLE_BROWSER = browser.stdout.trim().split('\n').at(-1)
console.log(`browser: ${env.PASSERELLE_BROWSER}`)
// where it cannot be had, the test that needs it fails and says so
spawnSync(node, [quiet, path.join(root, 'tools/age/ensure-age.ts')], { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] })

const steps = [
  ['lint', bin('oxlint'), ['--type-aware', '--deny-warnings']],
  ['format', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ['unused', bin('knip'), []],
  ['types', bin('tsc'), ['-b']],
  ['build', bin('electron-vite'), ['build', '--logLevel', 'warn']],
  ['unit', bin('vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`]],
  ['e2e', node, [offline, bin('playwright'), 'test'], { PASSERELLE_REPORT: e2eReport }],
  ['package', node, [offline, node, quiet, 'tools/package/check-package.ts']],
]

/** What was executed, from the reports of the two runners. */
function counts() {
  const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined)
  const unit = read(unitReport)
  const e2e = read(e2eReport)?.stats
  return {
    passed: (unit?.numPassedTests ?? 0) + (e2e?.expected ?? 0),
    failed: (unit?.numFailedTests ?? 0) + (e2e?.unexpected ?? 0) + (e2e?.flaky ?? 0),
  }
}

let ok = true
for (const [name, command, args, more] of steps) {
  const start = Date.now()
  const run = spawnSync(command, args, { cwd: root, env: { ...env, ...more }, stdio: 'inherit' })
  console.log(`${run.status === 0 ? 'ok  ' : 'FAIL'} ${name} ${((Date.now() - start) / 1000).toFixed(1)} s`)
  if (run.status !== 0) {
    ok = false
    break
  }
}
const counted = counts()
// a step that fails without a failed test (lint, build, package) is a failure too: the closing line never says 0 then
const { passed, failed } = { ...counted, failed: ok ? counted.failed : Math.max(counted.failed, 1) }
rmSync(scratch, { recursive: true, force: true })
console.log(`${passed} passed, ${failed} failed`)
process.exit(ok && passed > 0 && failed === 0 ? 0 : 1)
