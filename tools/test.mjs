// Every test of the repository, on a fresh clone too: gets a browser and the age tool if there are none, runs each step, stops at the first failure.
// Plain JavaScript, so that any Node can start it; the steps run on the Node 24 of node_modules.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'
import path from 'node:path'

const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), '..')
const bin = (name) => path.join(root, 'node_modules/.bin', name)
const node = bin('node')
if (!existsSync(node)) {
  console.error('Run npm ci first.')
  process.exit(1)
}
/**
 * Where the desks of the tests keep their files: in memory where there is plenty, for a third of the time of a test is waiting for the disk;
 * else, or when TMPDIR says so, the temporary folder.
 */
function roomyFolder() {
  const memory = '/dev/shm'
  const enough = 4 * 2 ** 30
  if (process.env.TMPDIR || !existsSync(memory) || freemem() < 2 * enough) return tmpdir()
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize < enough ? tmpdir() : memory
}
// a short name: the browser's socket lies deep below it, and the system allows 107 characters
const scratch = mkdtempSync(path.join(roomyFolder(), 'pt-'))
const unitReport = path.join(scratch, 'unit.json')
const e2eReport = path.join(scratch, 'e2e.json')
const env = {
  ...process.env,
  PATH: `${path.join(root, 'node_modules/.bin')}${path.delimiter}${process.env.PATH}`,
  NODE_DISABLE_COMPILE_CACHE: '1',
  TMPDIR: scratch,
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

/** None of them needs another, and each uses one core. */
const first = [
  ['lint', bin('oxlint'), ['--type-aware', '--deny-warnings']],
  ['format', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ['unused', bin('knip'), []],
  ['types', bin('tsc'), ['-b']],
  ['build', bin('electron-vite'), ['build', '--logLevel', 'warn']],
]
const then = [
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

const startedAt = Date.now()
const said = (name, passed, start) =>
  console.log(`${passed ? 'ok  ' : 'FAIL'} ${name} ${((Date.now() - start) / 1000).toFixed(1)} s`)

/** Runs one of the first steps; what it has to say is printed when it ends. */
const inBackground = ([name, command, args]) =>
  new Promise((done) => {
    const start = Date.now()
    const run = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const words = []
    run.stdout.on('data', (data) => words.push(data))
    run.stderr.on('data', (data) => words.push(data))
    run.on('error', (error) => words.push(Buffer.from(String(error))))
    run.on('close', (code) => {
      process.stdout.write(Buffer.concat(words))
      said(name, code === 0, start)
      done(code === 0)
    })
  })

const waiting = [...first]
async function turn() {
  let passed = true
  for (let step = waiting.shift(); step; step = waiting.shift()) passed = (await inBackground(step)) && passed
  return passed
}
let ok = (await Promise.all([turn(), turn()])).every(Boolean)
for (const [name, command, args, more] of then) {
  if (!ok) break
  const start = Date.now()
  ok = spawnSync(command, args, { cwd: root, env: { ...env, ...more }, stdio: 'inherit' }).status === 0
  said(name, ok, start)
}
const counted = counts()
// a step that fails without a failed test (lint, build, package) is a failure too: the closing line never says 0 then
const { passed, failed } = { ...counted, failed: ok ? counted.failed : Math.max(counted.failed, 1) }
rmSync(scratch, { recursive: true, force: true })
console.log(`${((Date.now() - startedAt) / 1000).toFixed(0)} s`)
console.log(`${passed} passed, ${failed} failed`)
process.exit(ok && passed > 0 && failed === 0 ? 0 : 1)
