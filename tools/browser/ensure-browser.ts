// The browser that the stand-in and the tests use.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'
import { findBrowser } from '../stand-in/find-browser.ts'

const root = path.resolve(import.meta.dirname, '../..')
const shellVersion = '153.0.0'

/**
 * Path of a Chromium-family browser; gets one if the machine has none.
 *
 * In this order: the one that is named or installed (what users have), one that Playwright fetched before, Debian's package as root
 * (the Chromium of Electron's own branch, kept up to date by the system, 1:1 in rendering and PDF), Playwright's download (needs its own
 * site), the npm-shipped headless shell (needs only the registry; older, no window). Throws with what to install.
 */
export function ensureBrowser(): string {
  const found = findBrowser()
  if (found) return found.path
  if (process.platform === 'linux' && process.getuid?.() === 0 && fs.existsSync('/etc/debian_version')) {
    run('apt-get', ['update'])
    run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-core'])
  }
  if (!findBrowser()) run(process.execPath, [path.join(root, 'node_modules/playwright-core/cli.js'), 'install', 'chromium'])
  const installed = findBrowser()
  if (installed) return installed.path
  if (process.platform === 'linux') return headlessShell()
  throw new Error('No Chrome, Edge or Chromium was found. Install one, or set PASSERELLE_BROWSER to its path.')
}

function run(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0
}

function headlessShell(): string {
  const cache = path.join(root, 'node_modules/.cache', `headless-shell-${shellVersion}`)
  const binary = path.join(cache, 'chromium')
  if (fs.existsSync(binary)) return binary
  fs.mkdirSync(cache, { recursive: true })
  if (!run('npm', ['install', '--no-save', '--no-package-lock', '--prefix', cache, `@sparticuz/chromium@${shellVersion}`])) {
    throw new Error('No browser could be had. Install Chrome, Edge or Chromium, or set PASSERELLE_BROWSER to its path.')
  }
  const part = `${binary}.part`
  fs.writeFileSync(
    part,
    zlib.brotliDecompressSync(fs.readFileSync(path.join(cache, 'node_modules/@sparticuz/chromium/bin/chromium.br'))),
    { mode: 0o755 },
  )
  fs.renameSync(part, binary)
  return binary
}

if (process.argv[1] === import.meta.filename) console.log(ensureBrowser())
