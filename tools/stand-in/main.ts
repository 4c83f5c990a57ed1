// Entry of the stand-in: takes an Electron-like command line and runs the app's main script in this Node process.
//   node tools/stand-in/main.ts [--no-sandbox] [--inspect=0] [--remote-debugging-port=0] [-r file] [--user-data-dir=DIR] <app dir or script> [args]
import fs from 'node:fs'
import inspector from 'node:inspector'
import { createRequire, registerHooks } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { guardCrypto } from './boringssl-guard.ts'
import { findBrowser } from './find-browser.ts'
import { launchBrowser } from './launch-browser.ts'
import { api, becomeReady, boot, connect } from './electron-api.ts'

const t0 = performance.timeOrigin
const mark = process.env.STAND_IN_TIMING
  ? (what: string) => console.error(`[stand-in +${Math.round(performance.timeOrigin + performance.now() - t0)}ms] ${what}`)
  : () => {}
const args = process.argv.slice(2)
const switches = new Map<string, string>()
const preloadScripts: string[] = []
let entry: string | undefined
for (let i = 0; i < args.length; i++) {
  const a = args[i]!
  if (a === '-r' || a === '--require') preloadScripts.push(args[++i]!)
  else if (a.startsWith('--')) {
    const [k, ...v] = a.slice(2).split('=')
    if (entry === undefined || !switches.has(k!)) switches.set(k!, v.join('='))
  } else if (entry === undefined) entry = a
}
if (entry === undefined) {
  console.error('usage: main.ts <app>')
  process.exit(2)
}
const target = path.resolve(entry)
const isDir = fs.statSync(target).isDirectory()
let appPath = isDir ? target : path.dirname(target)
while (!fs.existsSync(path.join(appPath, 'package.json')) && path.dirname(appPath) !== appPath) appPath = path.dirname(appPath)
const pkg = JSON.parse(fs.readFileSync(path.join(appPath, 'package.json'), 'utf8'))
const mainScript = isDir ? path.join(target, pkg.main ?? 'index.js') : target

// Electron's argv: [executable, ...args]
process.argv = [process.argv[0]!, ...args]
Object.defineProperty(process, 'type', { value: 'browser' })
Object.defineProperty(process, 'resourcesPath', { value: process.env.STAND_IN_RESOURCES ?? appPath })
process.on('SIGTERM', () => api.app.exit(0))
process.on('SIGINT', () => api.app.exit(0))

if (switches.has('inspect')) inspector.open(Number(switches.get('inspect') || 9229), '127.0.0.1')

const electronVersion = (() => {
  try {
    return createRequire(import.meta.url)('electron/package.json').version as string
  } catch {
    return '0.0.0'
  }
})()
;(globalThis as any).__standInElectron = api
const names = Object.keys(api)
const source = `const api = globalThis.__standInElectron\nexport default api\n${names.map((n) => `export const ${n} = api.${n}`).join('\n')}`
const cjs = 'module.exports = globalThis.__standInElectron'
registerHooks({
  resolve(spec, context, next) {
    if (spec === 'electron' || spec === 'electron/main' || spec === 'electron/common') {
      const isRequire = context.conditions.includes('require')
      return {
        url: isRequire ? 'stand-in-electron:cjs' : 'stand-in-electron:esm',
        format: isRequire ? 'commonjs' : 'module',
        shortCircuit: true,
      }
    }
    return next(spec, context)
  },
  load(url, context, next) {
    if (url === 'stand-in-electron:esm') return { format: 'module', source, shortCircuit: true }
    if (url === 'stand-in-electron:cjs') return { format: 'commonjs', source: cjs, shortCircuit: true }
    return next(url, context)
  },
})

const headlessFlag = process.env.STAND_IN_HEADLESS
const headless = headlessFlag
  ? headlessFlag !== '0'
  : process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY
const browserDone = (async () => {
  const found = findBrowser()
  if (!found) throw new Error('No Chromium-family browser found. Install Chrome, Edge or Chromium, or set PASSERELLE_BROWSER.')
  const ws = switches.has('remote-debugging-port')
  const profileDir = fs.mkdtempSync(path.join(os.tmpdir(), 'passerelle-chromium-'))
  const launched = await launchBrowser({
    executable: found.path,
    profileDir,
    headless,
    noSandbox: switches.has('no-sandbox') || process.getuid?.() === 0,
    ...(ws ? { debugPort: Number(switches.get('remote-debugging-port')) } : {}),
    appWindow: true,
    windowSize: [1200, 800],
    ...(switches.get('lang') ? { lang: switches.get('lang')! } : {}),
  })
  mark('browser up')
  const kill = () => {
    try {
      launched.child.kill('SIGKILL')
    } catch {}
    try {
      fs.rmSync(profileDir, { recursive: true, force: true, maxRetries: 3 })
    } catch {}
  }
  process.on('exit', kill)
  launched.child.on('exit', () => {
    setTimeout(() => api.app.exit(0), 300).unref()
  })
  // announced only now: whoever reads this line may attach
  if (launched.wsUrl) process.stderr.write(`\nDevTools listening on ${launched.wsUrl}\n`)
  return { cdp: launched.cdp, kill, ...(launched.firstTarget ? { firstTarget: true } : {}) }
})()
browserDone.catch(() => {})

if (process.env.STAND_IN_CRYPTO !== 'node') guardCrypto()
boot({
  appPath,
  pkg,
  headless,
  packaged: process.env.STAND_IN_PACKAGED === '1',
  electronVersion,
  switches,
  browser: () => browserDone,
})
const require_ = createRequire(path.join(appPath, 'stand-in.js'))
for (const p of preloadScripts) require_(path.resolve(p))
try {
  await Promise.all([
    import(pathToFileURL(mainScript).href).then(() => mark('main evaluated')),
    connect().then(() => mark('connected')),
  ])
} catch (e) {
  console.error('A JavaScript error occurred in the main process\n', e)
  process.exit(1)
}
mark('ready')
await becomeReady()
