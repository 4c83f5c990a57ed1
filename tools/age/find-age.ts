// Finding the age tool (age-encryption.org), which shows that our files are age files.
import { spawnSync } from 'node:child_process'

/** Command of an installed age. Throws with what to install when there is none: a test that needs it must not pass without it. */
export function findAge(): string {
  const command = process.env['PASSERELLE_AGE'] ?? 'age'
  if (spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0) return command
  throw new Error(
    'The age tool was not found. Install it (Debian: apt-get install age; others: age-encryption.org), or set PASSERELLE_AGE to its path.',
  )
}
