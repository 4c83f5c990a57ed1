import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder that is gone when the current test ends. */
export function tempFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'passerelle-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
