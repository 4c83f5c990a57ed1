// A desk in a process of its own whose sign-in goes through two more migrations, to be killed at a statement of them. Prints each one's name first.
import Database from 'better-sqlite3'
import path from 'node:path'
import { createCentre } from '#main/centre/centre.ts'
import { diskFiles } from '#main/platform/disk-files.ts'
import { fakePorts } from '#test/support/fake-ports.ts'
import { withMoreMigrations } from '#test/support/more-migrations.ts'

const [folder = '', login = '', password = '', at = ''] = process.argv.slice(2)
/** Dies at the first statement whose text holds this, before or after it was carried out. */
const [moment = '', wanted = ''] = at.split(' ', 2)
const dieAt = (text: string, when: string) => {
  if (text.includes(wanted) && when === moment) process.kill(process.pid, 'SIGKILL')
}
const { exec, prepare } = Database.prototype
Database.prototype.exec = function (sql: string) {
  dieAt(sql, 'before')
  const result = exec.call(this, sql)
  dieAt(sql, 'after')
  return result
}
Database.prototype.prepare = function (this: Database.Database, sql: string) {
  dieAt(sql, 'before')
  return prepare.call(this, sql)
} as typeof prepare
const ports = { ...fakePorts(diskFiles(path.join(folder, 'data')), { seed: 79 }), shipped: withMoreMigrations }
const centre = createCentre(ports, () => undefined)
const result = await centre.call('security.unlock', { login, password })
process.stdout.write(result.ok ? 'done\n' : `${result.error.code}\n`)
dieAt('the end', 'before')
await centre.close()
