// Packs the production file set against a fake Electron distribution, holds it against the rules (package-rules.ts), and starts what came
// out of app.asar, from a folder where nothing of node_modules can be borrowed. The whole e2e suite runs on the build, whose files these are.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { extractAll } from '@electron/asar'
import { fakeDistribution } from './fake-distribution.ts'
import { asarIn, filesIn, packageFaults } from './package-rules.ts'

const root = path.resolve(import.meta.dirname, '../..')

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
  const faults = await packageFaults(packed, root)
  for (const fault of faults) console.error(`package: ${fault}`)
  if (faults.length > 0) throw new Error('the package is not what it must be')
  const asar = asarIn(packed)
  const app = path.join(scratch, 'app')
  extractAll(asar, app)
  console.log(
    `app.asar: ${filesIn(asar).length} files, ${(fs.statSync(asar).size / 1e6).toFixed(1)} MB, fuses as wanted; e2e on it`,
  )
  const e2e = [
    path.join(root, 'node_modules/@playwright/test/cli.js'),
    'test',
    '--project',
    'app',
    '--grep',
    '@packed',
    '--reporter=line',
  ]
  execFileSync(process.execPath, e2e, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, E2E_APP_DIR: app, PASSERELLE_REPORT: '' },
  })
} finally {
  fs.rmSync(scratch, { recursive: true, force: true })
}
