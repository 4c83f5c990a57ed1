import { spawn } from 'node:child_process'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { onTestFinished, describe, expect, it } from 'vitest'
import { openTestCentre, testLogin, testPassword } from '#test/support/open-test-centre.ts'

const signIn = { login: testLogin, password: testPassword }
const node = path.resolve(import.meta.dirname, '../../node_modules/.bin/node')
const holder = path.resolve(import.meta.dirname, '../crash/holder.ts')

/** A desk in a process of its own over a folder, signed in; resolves once it says so. */
async function deskElsewhere(folder: string): Promise<{ kill(): Promise<void> }> {
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', holder, folder, testLogin, testPassword])
  onTestFinished(() => void child.kill('SIGKILL'))
  const gone = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (text) => String(text).includes('open') && resolve())
    child.on('exit', () => reject(new Error('the other desk ended')))
  })
  return {
    kill() {
      child.kill('SIGKILL')
      return gone
    },
  }
}

describe('one desk per data folder', () => {
  it('S43 a second desk on the same folder is told so from its start, touches nothing, and goes on once the first is closed', async () => {
    const first = await openTestCentre()
    const half = path.join(first.folder, 'data/backups.db.part')
    writeFileSync(half, 'the first desk is still writing this')
    const second = await openTestCentre({ folder: first.folder, setup: 'none' })
    expect(await second.get('security.status', {})).toMatchObject({ phase: 'blocked', problem: 'database-busy' })
    expect(await second.refusal('security.unlock', signIn)).toBe('database-busy')
    expect(readFileSync(half, 'utf8')).toContain('still writing')
    await first.centre.close()
    expect(await second.get('security.status', {})).toMatchObject({ phase: 'locked' })
    expect(await second.refusal('security.unlock', signIn)).toBe('accepted')
    expect(() => statSync(half)).toThrow('ENOENT')
  })

  it('S43 two first runs on one folder cannot mix: the second may not begin', async () => {
    const first = await openTestCentre({ setup: 'none' })
    const second = await openTestCentre({ folder: first.folder, setup: 'none' })
    const setup = { language: 'fr', siteCode: 'MOR', userName: 'A. B.', ...signIn, deskPhone: '', roles: ['SUP'] } as const
    expect(await second.refusal('security.beginSetup', { ...setup, roles: ['SUP'] })).toBe('database-busy')
  })

  it('S43 a killed desk leaves nothing that locks out', async () => {
    const first = await openTestCentre()
    await first.centre.close()
    const other = await deskElsewhere(first.folder)
    const second = await openTestCentre({ folder: first.folder, setup: 'none' })
    expect(await second.get('security.status', {})).toMatchObject({ phase: 'blocked', problem: 'database-busy' })
    await other.kill()
    expect(await second.get('security.status', {})).toMatchObject({ phase: 'locked' })
    expect(await second.refusal('security.unlock', signIn)).toBe('accepted')
  })

  it('S43 a spoilt lock file locks nobody out', async () => {
    const first = await openTestCentre()
    await first.centre.close()
    writeFileSync(path.join(first.folder, 'data/desk.lock'), 'x'.repeat(5000))
    const again = await first.restart()
    expect(await again.refusal('security.unlock', signIn)).toBe('accepted')
  })
})
