// A desk in a process of its own, to be killed at one of its file operations or writing statements, or from outside. Built into one file by victims.ts, so that
// many can be started. Prints a line for every progress message and for every call that was answered, and at its end how many
// operations it counted.
import { writeSync } from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { createCentre } from '#main/centre/centre.ts'
import type { Shipped } from '#main/centre/ports.ts'
import { diskFiles } from '#main/platform/disk-files.ts'
import { fakePorts, repositoryShipped } from '#test/support/fake-ports.ts'
import { moreMigrations } from '#test/support/more-migrations.ts'
import { watchDatabase, watchDisk, watchStatements, type DiskOperation } from '#test/support/watched-disk.ts'
import { takePicture } from './pictures.ts'
import type { VictimJob } from './victims.ts'

const job = JSON.parse(process.argv[2] ?? '') as VictimJob
const say = (line: string) => writeSync(1, `${line}\n`)
let armed = job.armsAtStart === true
let operations = 0
const answers: Record<string, unknown>[] = []
/** Change nothing that outlives a SIGKILL: dying before one of them is dying before what follows it. Of syncs, see power-loss.test.ts. */
const leavesNoTrace = ({ kind, sql = '' }: DiskOperation) =>
  ['read', 'sync', 'sync-folder'].includes(kind) || /^BEGIN\b(?!.*COMMIT)/.test(sql)
const count = (op: DiskOperation) => {
  if (!armed || (!job.countsStatements && leavesNoTrace(op))) return
  operations += 1
  if (operations === job.killAt) process.kill(process.pid, 'SIGKILL')
  if (job.album === undefined) return
  // reading the folder is no operation of the desk
  armed = false
  takePicture(job.album, job.folder, operations, answers.length)
  armed = true
}
if (job.countsStatements) watchStatements(count)
else {
  watchDisk(count)
  watchDatabase(count)
}

const files = diskFiles(path.join(job.folder, 'data'))
const places = 'reference/gazetteer.csv'
/** What ships, with the places of the Far North alone: reading them all is a third of a victim's life. */
const fewPlaces: Shipped = {
  ...repositoryShipped,
  text: (name) =>
    name === places
      ? repositoryShipped
          .text(name)
          .split('\n')
          .filter((line, i) => i === 0 || line.includes('CM004'))
          .join('\n')
      : repositoryShipped.text(name),
}
const ports = { ...fakePorts(files, { seed: 77 }), shipped: job.newerVersion ? moreMigrations(fewPlaces) : fewPlaces }
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

const filled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(filled)
  if (typeof value === 'object' && value !== null) return allFilled(value)
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
const allFilled = (values: object) => Object.fromEntries(Object.entries(values).map(([k, v]) => [k, filled(v)]))
for (const [index, [name, input]] of job.calls.entries()) {
  if (index === job.armAt) {
    if (job.killOnceThereIs !== undefined) await killOnceThereIs(job.killOnceThereIs)
    armed = true
  }
  const result = await centre.call(name, allFilled(input))
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`)
  answers.push(result.value as Record<string, unknown>)
  say(`answered ${name}`)
}
// the event of locking is not the calls'
if (job.countsStatements) armed = false
await centre.close()
say(`operations ${operations}`)
process.exit(0)
