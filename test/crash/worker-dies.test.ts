import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { centreProcess } from '#main/electron/centre-process.ts'
import { openTestCentre, testLogin, testPassword } from '#test/support/open-test-centre.ts'
import { tempFolder } from '#test/support/temp-folder.ts'

const root = path.resolve(import.meta.dirname, '../..')
const everybody = { text: '', after: null, limit: 10 }

function processOver(folder: string) {
  const events: { readonly name: string; readonly data: unknown }[] = []
  const centre = centreProcess(
    path.join(import.meta.dirname, 'worker-that-dies.ts'),
    {
      dataFolder: path.join(folder, 'data'),
      resourcesFolder: path.join(root, 'resources'),
      migrationsFolder: path.join(root, 'migrations'),
      appVersion: '0.1.0-test',
      preview: false,
    },
    (name, data) => events.push({ name, data }),
  )
  onTestFinished(() => centre.close())
  return { centre, events }
}
const internal = { ok: false, error: { code: 'internal' } }

describe('a worker that dies', () => {
  it('answers every call that waits, tells the page, and starts again locked, with the database free', async () => {
    const desk = await openTestCentre()
    await desk.centre.close()
    const { centre, events } = processOver(desk.folder)
    const unlock = { login: testLogin, password: testPassword }
    for (let i = 0; i < 2; i += 1) {
      expect(await centre.call('security.unlock', unlock)).toMatchObject({ ok: true })
      events.length = 0
      const waiting = [centre.call('cases.list', everybody), centre.call('test.die', {}), centre.call('audit.verify', {})]
      const answers = await Promise.all(waiting)
      expect(answers.slice(1)).toEqual([internal, internal])
      await vi.waitFor(
        () => expect(events).toContainEqual({ name: 'status', data: expect.objectContaining({ phase: 'locked' }) }),
        20_000,
      )
      expect(await centre.call('cases.list', everybody)).toMatchObject({ ok: false, error: { code: 'locked' } })
    }
    expect(await centre.call('security.unlock', unlock)).toMatchObject({ ok: true, value: { phase: 'unlocked' } })
    expect(await centre.call('audit.verify', {})).toMatchObject({ ok: true, value: { brokenAt: null } })
  })

  it('at its start is not started over and over: each call tries once, and closing does not wait', async () => {
    const folder = tempFolder()
    const switchFile = path.join(folder, 'data/die-at-start')
    mkdirSync(path.dirname(switchFile))
    writeFileSync(switchFile, '')
    const { centre, events } = processOver(folder)
    expect(await centre.call('security.status', {})).toEqual(internal)
    expect(await centre.call('security.status', {})).toEqual(internal)
    expect(events).toEqual([])
    rmSync(switchFile)
    expect(await centre.call('security.status', {})).toMatchObject({ ok: true, value: { phase: 'first-run' } })
    // one start for each call, none by itself: that one would have told the page
    expect(events).toEqual([])
    await centre.close()
    expect(await centre.call('security.status', {})).toEqual(internal)
    writeFileSync(switchFile, '')
    const other = processOver(folder)
    expect(await other.centre.call('security.status', {})).toEqual(internal)
    await other.centre.close()
  })
})
