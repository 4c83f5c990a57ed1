// Opens the application. Plain JavaScript, so that an old Node can say what is wrong instead of a syntax error.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..')
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major > 22 || (major === 22 && minor >= 18)) {
  await import('./start.ts')
} else {
  const newer = path.join(root, 'node_modules/.bin/node')
  if (!existsSync(newer)) {
    console.error(`Node ${process.versions.node} is too old: run npm ci first, or install Node 24.`)
    process.exit(1)
  }
  process.exit(spawnSync(newer, process.argv.slice(1), { stdio: 'inherit' }).status ?? 1)
}
