// Runs named steps, each timed, each with a picture, and keeps the account that summary.json shows.
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'

export interface StepRecord {
  readonly name: string
  readonly milliseconds: number
  readonly ok: boolean
  readonly error?: string
}

/** The account of a demonstration; `folder` receives the pictures. */
export function demoSteps(folder: string) {
  const records: StepRecord[] = []
  return {
    records,
    /** Throws what the step throws, after noting it. */
    async step<T>(page: Page | undefined, name: string, work: () => Promise<T>): Promise<T> {
      const start = performance.now()
      const picture = `${String(records.length + 1).padStart(2, '0')}-${name}.png`
      try {
        const result = await work()
        if (page) await page.screenshot({ path: path.join(folder, picture) })
        records.push({ name, milliseconds: Math.round(performance.now() - start), ok: true })
        console.log(`ok   ${name} (${records.at(-1)?.milliseconds} ms)`)
        return result
      } catch (error) {
        records.push({
          name,
          milliseconds: Math.round(performance.now() - start),
          ok: false,
          error: String(error).slice(0, 2000),
        })
        if (page) await page.screenshot({ path: path.join(folder, picture) }).catch(() => undefined)
        console.log(`FAIL ${name}: ${String(error)}`)
        throw error
      }
    },
    /** Writes summary.json: the steps, and the files with their digests. */
    write(expectedSteps: number): boolean {
      const files = fs
        .readdirSync(folder)
        .filter((f) => f !== 'summary.json')
        .toSorted()
        .map((name) => ({
          name,
          sha256: crypto
            .createHash('sha256')
            .update(fs.readFileSync(path.join(folder, name)))
            .digest('hex'),
        }))
      const ok = records.length === expectedSteps && records.every((r) => r.ok)
      fs.writeFileSync(path.join(folder, 'summary.json'), `${JSON.stringify({ ok, steps: records, files }, undefined, 2)}\n`)
      return ok
    },
  }
}
export type DemoSteps = ReturnType<typeof demoSteps>

/** Every file below a folder. */
export function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => path.join(e.parentPath, e.name))
}
