// A desk in a process of its own, to be killed while it imports a directory or a sync file. Prints a line for every progress message.
import path from 'node:path'
import { createCentre } from '#main/centre/centre.ts'
import { diskFiles } from '#main/platform/disk-files.ts'
import { fakePorts } from '#test/support/fake-ports.ts'

const [folder = '', login = '', password = '', chosen = ''] = process.argv.slice(2)
const files = diskFiles(path.join(folder, 'data'))
const centre = createCentre(fakePorts(files, { seed: 77 }), (name, data) => {
  if (name === 'progress') process.stdout.write(`${JSON.stringify(data)}\n`)
})
const get = async (name: string, input: unknown): Promise<Record<string, unknown>> => {
  const result = await centre.call(name, input)
  if (!result.ok) throw new Error(`${name}: ${result.error.code}`)
  return result.value as Record<string, unknown>
}
await get('security.unlock', { login, password })
const calls = chosen.endsWith('.csv')
  ? { preview: 'directory.previewCsv', import: 'directory.importCsv' }
  : { preview: 'sync.preview', import: 'sync.import' }
files.grant('c'.repeat(32), chosen)
const { previewId } = await get(calls.preview, { file: 'c'.repeat(32), job: 'preview' })
process.stdout.write('previewed\n')
await get(calls.import, { previewId, job: 'import' })
process.stdout.write('imported\n')
await centre.close()
