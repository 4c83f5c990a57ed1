// A desk in a process of its own, to be killed at one of its file operations, or from outside. Built into one file by victims.ts, so that
// many can be started. Prints a line for every progress message and for every call that was answered, and at its end how many
// operations it counted.
import { writeSync } from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { createCentre } from '#main/centre/centre.ts'
import { diskFiles } from '#main/platform/disk-files.ts'
import { fakePorts, repositoryShipped } from '#test/support/fake-ports.ts'
import { newerVersion } from '#test/support/newer-version.ts'
import { watchDatabase, watchDisk, type DiskOperation } from '#test/support/watched-disk.ts'
import type { VictimJob } from './victims.ts'

const job = JSON.parse(process.argv[2] ?? '') as VictimJob
const say = (line: string) => writeSync(1, `${line}\n`)
let armed = false
let operations = 0
const count = (op: DiskOperation) => {
  if (!armed || op.kind === 'read') return
  operations += 1
  if (operations === job.killAt) process.kill(process.pid, 'SIGKILL')
}
watchDisk(count)
watchDatabase(count)

const files = diskFiles(path.join(job.folder, 'data'))
const plain = fakePorts(files, { seed: 77 })
const ports = job.newerVersion ? { ...plain, shipped: newerVersion(repositoryShipped) } : plain
const centre = createCentre(ports, (name, data) => {
  if (name === 'progress') say(JSON.stringify(data))
})

/** SIGKILL from a thread that only waits for a file to appear: reaches into the middle of one SQLite statement. */
async function killOnceThereIs(file: string): Promise<void> {
  const code = `const { workerData } = require('node:worker_threads'); const { existsSync } = require('node:fs')
    for (;;) if (existsSync(workerData)) process.kill(process.pid, 'SIGKILL')`
  const thread = new Worker(code, { eval: true, workerData: file })
  await new Promise((resolve) => thread.once('online', resolve))
}

const answers: Record<string, unknown>[] = []
const filled = (value: unknown): unknown => {
  if (typeof value !== 'string') return value
  const [, what, rest] = /^(file|answer):(.*)$/.exec(value) ?? []
  if (what === 'file') {
    const token = Buffer.from(String(answers.length).padStart(16, '0')).toString('hex')
    files.grant(token, rest!)
    return token
  }
  if (what === 'answer') return answers.at(-1)?.[rest!]
  return value
}
for (const [index, [name, input]] of job.calls.entries()) {
  if (index === job.armAt) {
    if (job.killOnceThereIs !== undefined) await killOnceThereIs(job.killOnceThereIs)
    armed = true
  }
  const result = await centre.call(name, Object.fromEntries(Object.entries(input).map(([k, v]) => [k, filled(v)])))
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`)
  answers.push(result.value as Record<string, unknown>)
  say(`answered ${name}`)
}
await centre.close()
say(`operations ${operations}`)
process.exit(0)
