// The age tool for the tests: Debian's package, as root, when there is none. Whoever cannot have it so is told by the test that needs it.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { findAge } from './find-age.ts'

/** Gets Debian's age when none is installed and the machine allows it. Throws as `findAge` otherwise. */
export function ensureAge(): string {
  try {
    return findAge()
  } catch {
    if (process.platform === 'linux' && process.getuid?.() === 0 && fs.existsSync('/etc/debian_version')) {
      run('apt-get', ['update'])
      run('apt-get', ['install', '-y', '--no-install-recommends', 'age'])
    }
    return findAge()
  }
}

function run(command: string, args: readonly string[]): void {
  spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
}

if (process.argv[1] === import.meta.filename) {
  try {
    ensureAge()
  } catch (error) {
    console.error((error as Error).message)
  }
}
