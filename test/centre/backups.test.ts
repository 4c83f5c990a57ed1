import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { dailyIsDue, keepMade, newestEvent } from '#main/centre/features/backups/copies-told.ts'
import type { Files } from '#main/centre/ports.ts'
import { appendAudit } from '#main/centre/storage/audit-chain.ts'
import { diskFiles } from '#main/platform/disk-files.ts'
import { auditEvents } from '#test/support/audit-events.ts'
import { fakePorts } from '#test/support/fake-ports.ts'
import { addCase, openTestCentre, testLogin, testPassword, type TestCentre } from '#test/support/open-test-centre.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { tempStore } from '#test/support/temp-store.ts'
import { addUser, signInAs } from '#test/support/test-users.ts'

const day = 86_400_000
const kept = (desk: TestCentre) =>
  desk.files
    .list('backups')
    .filter((f) => f.endsWith('.db'))
    .toSorted()
const made = async (desk: TestCentre) => (await desk.get('backups.daily', {})).made

/** Changes what a desk's disk answers. */
function change<K extends keyof Files>(desk: TestCentre, name: K, work: Files[K]): void {
  ;(desk.files as Record<K, Files[K]>)[name] = work
}

describe('the copy of the day', () => {
  it('I2 is made once a day by the PC’s clock, right or wrong, with its event and what it holds', async () => {
    const desk = await openTestCentre()
    expect((await desk.get('backups.state', {})).here).toBeNull()
    expect([await made(desk), await made(desk)]).toEqual([true, false])
    expect(kept(desk)).toEqual(['000001-20261124-daily.db'])
    expect((await auditEvents(desk)).at(-1)).toMatchObject({ action: 'backups.make', details: { automatic: 1 } })
    await addCase(desk)
    const { here, outside } = await desk.get('backups.state', {})
    expect([here, outside]).toEqual([{ at: '2026-11-24T08:00:00Z', changesSince: 2 }, null])
    for (const clock of [Date.UTC(2026, 10, 25, 8), Date.UTC(1980, 0, 1), Date.UTC(2026, 10, 26)]) {
      desk.ports.clock.set(clock)
      expect([await made(desk), await made(desk)]).toEqual([true, false])
    }
    expect((await desk.get('backups.state', {})).here?.changesSince).toBe(0)
    expect(desk.events.filter((e) => e.name === 'progress').map((e) => e.data)).toContainEqual({
      job: 'daily-copy',
      done: 0,
      total: 0,
    })
  })

  it('I2 a clock that always starts on the same day does not end the copies', async () => {
    const { db, store, ports } = tempStore({ ports: fakePorts(diskFiles(tempFolder())) })
    const { id, audit } = { id: '000001-20261124-daily', audit: newestEvent(store) }
    ports.files.replace(`backups/${id}.db`, new Uint8Array(1))
    store.write((unit) => {
      keepMade(unit, id, audit)
      unit.audit({ action: 'backups.make' })
    })
    const isDue = () => dailyIsDue({ store, ports }, '20261124')
    expect([isDue(), dailyIsDue({ store, ports }, '20261125')]).toEqual([false, true])
    db.transaction(() => {
      for (let i = 0; i < 1000; i += 1) appendAudit(db, JSON.stringify({ action: 'lock', i }))
    })()
    expect(isDue()).toBe(true)
  })

  it('is not made while locked, nor of exercises; a page cannot ask for it', async () => {
    const desk = await openTestCentre()
    await desk.get('security.enterTraining', {})
    expect(await made(desk)).toBe(false)
    await desk.get('security.lock', {})
    expect(await desk.refusal('backups.daily', {})).toBe('locked')
    expect(kept(desk)).toEqual([])
  })

  it('without room it says so with both figures, leaves nothing, and the next one clears it', async () => {
    const desk = await openTestCentre()
    const { freeBytes } = desk.files
    change(desk, 'freeBytes', () => 100)
    expect(await made(desk)).toBe(false)
    const { failed } = await desk.get('backups.state', {})
    expect(failed).toMatchObject({ code: 'disk-full', details: { freeBytes: 100 } })
    expect(Number(failed?.details['neededBytes'])).toBeGreaterThan(100_000)
    expect(desk.files.list('backups')).toEqual([])
    expect(await desk.refusal('backups.make', { job: 'j' })).toBe('disk-full')
    change(desk, 'freeBytes', freeBytes)
    await desk.get('backups.make', { job: 'j' })
    expect((await desk.get('backups.state', {})).failed).toBeNull()
  })

  it('H43 none is older than 90 days', async () => {
    const desk = await openTestCentre()
    for (let i = 0; i < 105; i += 7) {
      desk.ports.clock.advance(7 * day)
      await desk.get('security.lock', {})
      await desk.get('security.unlock', { login: testLogin, password: testPassword })
      await made(desk)
    }
    const oldest = new Date(desk.ports.clock.now() - 90 * day).toISOString().slice(0, 10).replaceAll('-', '')
    expect(kept(desk).every((f) => f.slice(7, 15) > oldest)).toBe(true)
    expect(kept(desk).length).toBeGreaterThan(9)
  })
})

describe('a copy that leaves the computer', () => {
  it('S41 is one file that nobody can be read in; when the last one left is remembered', async () => {
    const desk = await openTestCentre()
    await addCase(desk)
    const stick = tempFolder()
    const file = path.join(stick, 'PSRL-aaaaaaaa.psrlcopy')
    const told = await desk.get('backups.copyOut', { file: desk.token(file), job: 'j' })
    expect(told).toEqual({ fileName: 'PSRL-aaaaaaaa.psrlcopy', bytes: readFileSync(file).length })
    expect(readdirSync(stick)).toEqual(['PSRL-aaaaaaaa.psrlcopy'])
    const bytes = readFileSync(file, 'latin1')
    for (const secret of ['Ŋgono', 'Aminatou', 'aminatou', 'Mora', 'CREATE TABLE', 'SQLite']) expect(bytes).not.toContain(secret)
    await addCase(desk)
    const { here, outside } = await desk.get('backups.state', {})
    expect([here, outside]).toEqual([
      { at: '2026-11-24T08:00:00Z', changesSince: 2 },
      { at: '2026-11-24T08:00:00Z', changesSince: 2 },
    ])
    const progress = desk.events.filter((e) => e.name === 'progress').map((e) => e.data as { done: number; total: number })
    expect(progress.at(-1)?.done).toBe(progress.at(-1)?.total)
  })

  it('a stick that is too small is refused before it is written to; one that lies about it leaves nothing', async () => {
    const desk = await openTestCentre()
    const stick = tempFolder()
    const file = desk.token(path.join(stick, 'a.psrlcopy'))
    const { freeBytes } = desk.files
    change(desk, 'freeBytes', (token) => (token === undefined ? freeBytes() : 5000))
    expect(await desk.ask('backups.copyOut', { file, job: 'j' })).toMatchObject({
      ok: false,
      error: { code: 'disk-full', details: { freeBytes: 5000 } },
    })
    change(desk, 'freeBytes', freeBytes)
    const { writeChosen } = desk.files
    // bytes that the stick does not keep
    change(desk, 'writeChosen', (token, pieces, verify) =>
      writeChosen(token, pieces, (written, size) => {
        async function* spoiled() {
          for await (const piece of written) yield piece.map((b, i) => (i === 5000 ? b ^ 1 : b))
        }
        return verify!(spoiled(), size)
      }),
    )
    expect(await desk.refusal('backups.copyOut', { file, job: 'j' })).toBe('copy-not-kept')
    expect(readdirSync(stick)).toEqual([])
    expect((await desk.get('backups.state', {})).outside).toBeNull()
  })

  it.each(['written', 'read back'])('is stopped while it is %s when somebody says so, and leaves nothing there', async (when) => {
    const desk = await openTestCentre()
    const stick = tempFolder()
    const { writeChosen } = desk.files
    change(desk, 'writeChosen', async (token, pieces, verify) => {
      if (when === 'written') void desk.ask('app.cancel', { job: 'j' })
      return writeChosen(token, pieces, async (...args) => {
        void desk.ask('app.cancel', { job: 'j' })
        await verify?.(...args)
      })
    })
    const file = desk.token(path.join(stick, 'a.psrlcopy'))
    expect(await desk.refusal('backups.copyOut', { file, job: 'j' })).toBe('cancelled')
    expect(readdirSync(stick)).toEqual([])
  })

  it('S20 is the supervisor’s and the administrator’s', async () => {
    const desk = await openTestCentre()
    await addUser(desk, 'conseil', ['CW'])
    await addUser(desk, 'technique', ['ADM'])
    for (const [login, may] of [
      ['conseil', 'forbidden'],
      ['technique', 'accepted'],
    ] as const) {
      await signInAs(desk, login)
      expect(await desk.refusal('backups.state', {})).toBe(may)
      expect(await desk.refusal('backups.make', { job: 'j' })).toBe(may)
    }
  })
})
