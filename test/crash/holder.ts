// A desk in a process of its own that signs in and stays, to be killed.
import path from 'node:path'
import { createCentre } from '#main/centre/centre.ts'
import { diskFiles } from '#main/platform/disk-files.ts'
import { fakePorts } from '#test/support/fake-ports.ts'

const [folder = '', login = '', password = ''] = process.argv.slice(2)
const centre = createCentre(fakePorts(diskFiles(path.join(folder, 'data')), { seed: 78 }), () => undefined)
const result = await centre.call('security.unlock', { login, password })
if (!result.ok) throw new Error(result.error.code)
process.stdout.write('open\n')
process.stdin.resume()
