// Packs the production file set against a fake Electron distribution, looks at every packed path, reads the fuses back,
// and runs the e2e suite on what came out of app.asar, from a folder where nothing of node_modules can be borrowed.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { extractAll, listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { fakeDistribution } from './fake-distribution.ts'

const root = path.resolve(import.meta.dirname, '../..')
const asarBytesMax = 8_000_000

/** Every fuse that the installed library knows, with what we want; a new one in Electron fails the type check (S24). */
const wanted: Required<Record<Exclude<keyof typeof FuseV1Options, number>, boolean>> = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
  WasmTrapHandlers: true,
}
/** What may lie in the package (S28). */
const allowed = [
  /^\/package\.json$/,
  /^\/(?:LICENSE|NOTICE)$/,
  /^\/out\/main\/[a-z0-9-]+\.js$/,
  /^\/out\/preload\/bridge\.cjs$/,
  /^\/out\/renderer\/(?:index|print)\.html$/,
  /^\/out\/renderer\/assets\/[\w.-]+\.(?:js|css|woff2?)$/,
  /^\/migrations\/\d{14}_\w+\/migration\.sql$/,
  /^\/resources\/(?:reference|training|forms)\/[a-z-]+\.(?:csv|json)$/,
  /^\/resources\/ATTRIBUTION\.md$/,
  /^\/node_modules\/better-sqlite3\/(?:package\.json|LICENSE|lib\/[\w/-]+\.js|prebuilds\/linux-x64\.node)$/,
]
const fail = (what: string): never => {
  console.error(`package: ${what}`)
  process.exit(1)
}

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'passerelle-package-'))
try {
  const { version } = JSON.parse(fs.readFileSync(path.join(root, 'node_modules/electron/package.json'), 'utf8')) as {
    version: string
  }
  const distribution = path.join(scratch, 'electron')
  await fakeDistribution(distribution, version)
  const builder = path.join(root, 'node_modules/electron-builder/cli.js')
  const out = path.join(scratch, 'release')
  execFileSync(
    process.execPath,
    [builder, '--linux', 'dir', '--x64', `-c.electronDist=${distribution}`, `-c.directories.output=${out}`],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  const packed = path.join(out, 'linux-unpacked')
  const asar = path.join(packed, 'resources/app.asar')
  const files = listPackage(asar, { isPack: false }).filter((f) => /\.\w+$/.test(f) || /\/(?:LICENSE|NOTICE)$/.test(f))
  const strange = files.filter((f) => !allowed.some((pattern) => pattern.test(f)))
  if (strange.length > 0) fail(`paths that nobody reviewed: ${strange.slice(0, 8).join(', ')}`)
  for (const needed of [
    '/out/main/index.js',
    '/out/main/worker.js',
    '/resources/forms/quick-card.json',
    '/node_modules/better-sqlite3/prebuilds/linux-x64.node',
  ]) {
    if (!files.includes(needed)) fail(`${needed} is missing`)
  }
  const { size } = fs.statSync(asar)
  if (size > asarBytesMax) fail(`app.asar is ${size} bytes`)
  const binary = fs.readdirSync(packed).find((f) => f === 'passerelle' || f === 'Passerelle') ?? fail('no program')
  const wire = await getCurrentFuseWire(path.join(packed, binary))
  for (const [name, on] of Object.entries(wanted)) {
    const state = (wire as unknown as Record<number, FuseState>)[FuseV1Options[name as keyof typeof FuseV1Options]]
    if (state !== (on ? FuseState.ENABLE : FuseState.DISABLE)) fail(`fuse ${name} is not ${on ? 'on' : 'off'}`)
  }
  const app = path.join(scratch, 'app')
  extractAll(asar, app)
  console.log(
    `app.asar: ${files.length} files, ${(size / 1e6).toFixed(1)} MB, ${Object.keys(wanted).length} fuses as wanted; e2e on it`,
  )
  const e2e = [path.join(root, 'node_modules/@playwright/test/cli.js'), 'test', '--project', 'app', '--reporter=line']
  execFileSync(process.execPath, e2e, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, E2E_APP_DIR: app, PASSERELLE_REPORT: '' },
  })
} finally {
  fs.rmSync(scratch, { recursive: true, force: true })
}
