import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { databaseDump } from '#test/support/database-dump.ts'
import { withMoreMigrations } from '#test/support/more-migrations.ts'
import { addCase, openTestCentre, testLogin, testPassword } from '#test/support/open-test-centre.ts'

const node = path.resolve(import.meta.dirname, '../../node_modules/.bin/node')
const victim = path.join(import.meta.dirname, 'migrating-victim.ts')
const signIn = { login: testLogin, password: testPassword }

/** Resolves to how the victim ended: killed by itself, or with what it printed. */
function victimAt(folder: string, moment: string): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(node, ['--disable-warning=ExperimentalWarning', victim, folder, testLogin, testPassword, moment])
    let printed = ''
    child.stdout.on('data', (d) => (printed += String(d)))
    child.on('exit', (_, signal) => resolve(signal ?? printed))
  })
}

describe('a process killed while it brings a database to a later version', () => {
  it('leaves the database of before or of after, and the later version goes on from it', async () => {
    let desk = await openTestCentre()
    await addCase(desk)
    await desk.centre.close()
    const before = await databaseDump(desk)
    const backups = () => {
      try {
        return readdirSync(path.join(desk.folder, 'data/backups'))
      } catch {
        return []
      }
    }
    // while the backup is proved; inside the one transaction after each of the two migrations
    const moments = ['before ATTACH', 'after more_one', 'after more_two']
    for (const moment of moments) {
      expect([moment, await victimAt(desk.folder, moment)]).toEqual([moment, 'SIGKILL'])
      expect([moment, (await databaseDump(desk)) === before]).toEqual([moment, true])
    }
    expect(backups().length).toBeGreaterThan(0)
    // the version of before still opens it
    desk = await desk.restart()
    await desk.get('security.unlock', signIn)
    expect((await desk.get('audit.verify', {})).brokenAt).toBeNull()
    expect(backups().filter((f) => f.includes('.part'))).toEqual([])
    await desk.centre.close()
    expect(await victimAt(desk.folder, 'before the')).toBe('SIGKILL')
    expect(await databaseDump(desk)).toContain('more_two')
    desk = await desk.restart()
    expect(await desk.refusal('security.unlock', signIn)).toBe('database-newer')
    desk = await desk.restart({ shipped: withMoreMigrations })
    expect(await desk.refusal('security.unlock', signIn)).toBe('accepted')
    expect((await desk.get('cases.list', { text: '', after: null, limit: 10 })).total).toBe(1)
  }, 180_000)
})
