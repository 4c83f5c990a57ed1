// A desk in a process of its own, to be killed: while it imports a directory or a sync file (it prints a line for every progress message),
// or by its own hand before the n-th writing statement of one call (`call`, its name and its input).
import path from 'node:path'
import Database from 'better-sqlite3'
import { createCentre } from '#main/centre/centre.ts'
import { diskFiles } from '#main/platform/disk-files.ts'
import { fakePorts } from '#test/support/fake-ports.ts'

const [folder = '', login = '', password = '', what = '', killBefore = '', name = '', input = ''] = process.argv.slice(2)
const files = diskFiles(path.join(folder, 'data'))
const centre = createCentre(fakePorts(files, { seed: 77 }), (name, data) => {
  if (name === 'progress') process.stdout.write(`${JSON.stringify(data)}\n`)
})
const get = async (name: string, input: unknown): Promise<Record<string, unknown>> => {
  const result = await centre.call(name, input)
  if (!result.ok) throw new Error(`${name}: ${result.error.code}`)
  return result.value as Record<string, unknown>
}

/** From now on statements that write are counted; the process kills itself before the n-th. Returns how many there were. */
function countWrites(n: number): () => number {
  let given = 0
  const statement = Object.getPrototypeOf(new Database(':memory:').prepare('SELECT 1')) as Record<string, unknown>
  const connection = Database.prototype as unknown as Record<string, unknown>
  for (const [owner, method] of [
    [statement, 'run'],
    [statement, 'get'],
    [connection, 'exec'],
  ] as const) {
    const original = owner[method] as (...a: unknown[]) => unknown
    owner[method] = function (this: { readonly readonly?: boolean }, ...a: unknown[]) {
      if (method !== 'get' || this.readonly === false) {
        given += 1
        if (given === n) process.kill(process.pid, 'SIGKILL')
      }
      return original.apply(this, a)
    }
  }
  return () => given
}

async function importFile(file: string): Promise<void> {
  const calls = file.endsWith('.csv')
    ? { preview: 'directory.previewCsv', import: 'directory.importCsv' }
    : { preview: 'sync.preview', import: 'sync.import' }
  files.grant('c'.repeat(32), file)
  const { previewId } = await get(calls.preview, { file: 'c'.repeat(32), job: 'preview' })
  process.stdout.write('previewed\n')
  await get(calls.import, { previewId, job: 'import' })
  process.stdout.write('imported\n')
}

async function oneCall(): Promise<void> {
  const given = countWrites(Number(killBefore))
  await get(name, JSON.parse(input))
  process.stdout.write(`answered ${given()}\n`)
}

await get('security.unlock', { login, password })
await (what === 'call' ? oneCall() : importFile(what))
await centre.close()
