// Facts of this machine, the decision, and the start.
import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { findBrowser } from '../stand-in/find-browser.ts'
import { decideRuntime, type RuntimeFacts } from './decide-runtime.ts'

const root = path.resolve(import.meta.dirname, '../..')
process.chdir(root)
const require = createRequire(path.join(root, 'package.json'))
const options = process.argv.slice(2)

function electronBinary(): string | undefined {
  const folder = path.dirname(require.resolve('electron/package.json'))
  const name = path.join(folder, 'path.txt')
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(folder, 'dist')
  const file = path.join(
    dist,
    fs.existsSync(name) ? fs.readFileSync(name, 'utf8').trim() : process.platform === 'win32' ? 'electron.exe' : 'electron',
  )
  return fs.existsSync(file) ? file : undefined
}

function download(): RuntimeFacts['download'] {
  const r = spawnSync(process.execPath, [require.resolve('electron/install.js')], { encoding: 'utf8', timeout: 15 * 60_000 })
  if (r.status === 0) return 'done'
  return {
    failed: /fetch failed|ENOTFOUND|EAI_AGAIN|ECONN|ENETUNREACH/.test(r.stderr)
      ? 'no connection to its download site'
      : 'the download failed',
  }
}

function newestSource(folder: string): number {
  return fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((e) => e.isFile())
    .reduce((newest, e) => Math.max(newest, fs.statSync(path.join(e.parentPath, e.name)).mtimeMs), 0)
}

const facts = (tried: RuntimeFacts['download']): RuntimeFacts => ({
  electronInstalled: electronBinary() !== undefined,
  electronPackage: fs.existsSync(path.join(root, 'node_modules/electron/install.js')),
  download: tried,
  browser: findBrowser()?.path,
  display: process.platform !== 'linux' || !!(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY),
  wanted: options.includes('--browser') ? 'browser' : options.includes('--electron') ? 'electron' : 'auto',
})

let decision = decideRuntime(facts('not-tried'))
if (decision.run === 'download') decision = decideRuntime(facts(download()))
if ('say' in decision) console.log(decision.say)
if (decision.run === 'stop' || decision.run === 'download') process.exit(1)

const built = path.join(root, 'out/main/index.js')
if (!fs.existsSync(built) || newestSource('src') > fs.statSync(built).mtimeMs) {
  const vite = path.join(path.dirname(require.resolve('electron-vite/package.json')), 'bin/electron-vite.js')
  const r = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { stdio: 'inherit' })
  if (r.status !== 0) process.exit(r.status ?? 1)
}

const passed = options.filter((o) => o !== '--browser' && o !== '--electron')
const previewFolder = path.join(os.homedir(), '.passerelle-preview')
const child =
  decision.run === 'electron'
    ? spawn(electronBinary() ?? '', ['.', ...passed], { stdio: 'inherit' })
    : spawn(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', 'tools/stand-in/main.ts', `--user-data-dir=${previewFolder}`, '.', ...passed],
        {
          stdio: 'inherit',
          env: { ...process.env, STAND_IN_HEADLESS: '0', PASSERELLE_PREVIEW: '1', PASSERELLE_BROWSER: decision.browser },
        },
      )
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
