import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Shipped } from '#main/centre/ports.ts'
import { databaseDump } from '#test/support/database-dump.ts'
import { failingSqlite, type FailingSqlite, type SqliteFault } from '#test/support/failing-sqlite.ts'
import { repositoryShipped } from '#test/support/fake-ports.ts'
import {
  acceptUndertaking,
  addCase,
  fullConsent,
  fullIdentity,
  openTestCentre,
  testLogin,
  testPassword,
} from '#test/support/open-test-centre.ts'

/** What each fault is called at the desk. */
const told: Readonly<Record<SqliteFault, string>> = {
  SQLITE_FULL: 'disk-full',
  SQLITE_IOERR_WRITE: 'disk-failing',
  SQLITE_READONLY: 'store-read-only',
  SQLITE_CORRUPT: 'database-damaged',
}
const everyFault = Object.keys(told) as readonly SqliteFault[]
const everybody = { text: '', after: null, limit: 50 }
const signIn = { login: testLogin, password: testPassword }
const setup = {
  language: 'fr' as const,
  siteCode: 'MOR',
  userName: 'Aminatou B.',
  ...signIn,
  deskPhone: '',
  roles: ['SUP' as const, 'CW' as const],
}

/** Fails the 1st statement of `work`, then the 2nd, and so on (or at growing steps) until it meets no fault; gives how many it tried. */
async function failedAtEach(
  sqlite: FailingSqlite,
  faults: readonly SqliteFault[],
  work: () => Promise<string>,
  afterwards: (fault: SqliteFault, code: string) => Promise<void>,
  next: (k: number) => number = (k) => k + 1,
): Promise<number> {
  let failures = 0
  for (const fault of faults) {
    for (let k = 1; ; k = next(k)) {
      sqlite.arm(k, fault)
      const code = await work()
      if (!sqlite.disarm()) {
        expect(code).toBe('accepted')
        break
      }
      failures += 1
      await afterwards(fault, code)
    }
  }
  return failures
}

describe('a statement that fails', () => {
  it.each(everyFault)('leaves everything as it was and says why, wherever in a new case it fails: %s', async (fault) => {
    const sqlite = failingSqlite()
    const desk = await openTestCentre()
    await addCase(desk)
    const before = await databaseDump(desk)
    const failures = await failedAtEach(
      sqlite,
      [fault],
      () => desk.refusal('cases.create', { consent: fullConsent }),
      async (_, code) => {
        expect(code).toBe(told[fault])
        expect(await databaseDump(desk)).toBe(before)
      },
    )
    expect(failures).toBeGreaterThan(10)
    expect((await desk.get('audit.verify', {})).brokenAt).toBeNull()
    expect(desk.ports.logged.filter((e) => e.event === 'unexpected')).toEqual([])
  })

  it('is told apart from an unexpected fault also where something is only read', async () => {
    const sqlite = failingSqlite()
    const desk = await openTestCentre()
    const id = await addCase(desk)
    const failures = await failedAtEach(
      sqlite,
      everyFault,
      () => desk.refusal('cases.get', { caseId: id }),
      async (fault, code) => expect(code).toBe(told[fault]),
    )
    expect(failures).toBeGreaterThan(8)
  })

  it.each(everyFault)('S45 never keeps the desk from being locked: %s', async (fault) => {
    const sqlite = failingSqlite()
    const desk = await openTestCentre()
    const failures = await failedAtEach(
      sqlite,
      [fault],
      () => desk.refusal('security.lock', {}),
      async (_, code) => {
        expect(code).toBe('accepted')
        expect(await desk.get('security.status', {})).toMatchObject({ phase: 'locked' })
        expect(desk.events.at(-1)).toMatchObject({ name: 'status', data: { phase: 'locked' } })
        expect(await desk.refusal('security.unlock', signIn)).toBe('accepted')
      },
    )
    expect(failures).toBeGreaterThan(3)
  })

  it.each(everyFault)('leaves the desk locked when it fails while signing in, and the next attempt opens: %s', async (fault) => {
    const sqlite = failingSqlite()
    const desk = await openTestCentre()
    await desk.get('security.lock', {})
    let tidying = 0
    const failures = await failedAtEach(
      sqlite,
      [fault],
      () => desk.refusal('security.unlock', signIn),
      async (_, code) => {
        // what an interrupted erasure left is tidied after the sign-in, and can wait: nobody is kept from working by it
        if (code === 'accepted') tidying += 1
        else {
          expect(code).toBe(told[fault])
          expect(await desk.get('security.status', {})).toMatchObject({ phase: 'locked' })
          expect(await desk.refusal('security.unlock', signIn)).toBe('accepted')
        }
        expect((await desk.get('cases.list', everybody)).total).toBe(0)
        await desk.get('security.lock', {})
      },
    )
    expect(failures - tidying).toBeGreaterThan(8)
    expect(tidying).toBeLessThan(4)
  })

  it('during first run lets it start again, in the same process and after a restart', async () => {
    const sqlite = failingSqlite()
    let desk = await openTestCentre({ setup: 'none' })
    const failures = await failedAtEach(
      sqlite,
      ['SQLITE_FULL'],
      () => desk.refusal('security.beginSetup', setup),
      async (fault, code) => {
        expect(code).toBe(told[fault])
        expect(await desk.get('security.status', {})).toMatchObject({ phase: 'first-run' })
      },
    )
    expect(failures).toBeGreaterThan(12)
    desk = await desk.restart()
    expect(readdirSync(path.join(desk.folder, 'data')).filter((f) => f.startsWith('setup'))).toEqual([])
    const { recoveryCode } = await desk.get('security.beginSetup', setup)
    await desk.get('security.confirmRecoveryCode', { code: recoveryCode })
    await acceptUndertaking(desk)
    await addCase(desk)
  })

  it('during a migration leaves the older database, with nothing beside it; the next attempt succeeds', async () => {
    const sqlite = failingSqlite()
    const first = await openTestCentre()
    await addCase(first)
    const more = '99990101000000_more'
    const shipped: Shipped = {
      list: (f) => [...repositoryShipped.list(f), ...(f === 'migrations' ? [more] : [])],
      text: (name) =>
        name.includes(more) ? 'CREATE TABLE more (x INTEGER) STRICT; INSERT INTO more VALUES (1);' : repositoryShipped.text(name),
    }
    const before = await databaseDump(first)
    const desk = await first.restart({ shipped })
    const backups = () =>
      existsSync(path.join(desk.folder, 'data/backups')) ? readdirSync(path.join(desk.folder, 'data/backups')) : []
    let unchanged = 0
    const failures = await failedAtEach(
      sqlite,
      ['SQLITE_FULL'],
      () => desk.refusal('security.unlock', signIn),
      async (fault, code) => {
        expect([told[fault], ...(unchanged > 8 ? ['accepted'] : [])]).toContain(code)
        if ((await databaseDump(desk)) === before) unchanged += 1
        expect(backups().filter((f) => f.endsWith('.part'))).toEqual([])
        expect(backups().filter((f) => f.endsWith('.db')).length).toBeLessThanOrEqual(3)
      },
    )
    // after the migration's commit only the sign-in itself is left to fail
    expect(unchanged).toBeGreaterThan(8)
    expect(failures).toBeGreaterThan(unchanged)
    expect((await desk.get('cases.list', everybody)).total).toBe(1)
  })

  it('U25 in exercise mode never takes the real desk away', async () => {
    const sqlite = failingSqlite()
    const desk = await openTestCentre()
    await addCase(desk, { identity: { ...fullIdentity, family_name: 'Vraie' } })
    const real = async () => {
      expect(await desk.get('security.status', {})).toMatchObject({ phase: 'unlocked', mode: 'real' })
      expect((await desk.get('cases.list', everybody)).total).toBe(1)
    }
    const growing = (k: number) => Math.ceil(k * 3)
    const entering = await failedAtEach(
      sqlite,
      ['SQLITE_FULL'],
      () => desk.refusal('security.enterTraining', {}),
      async (fault, code) => {
        expect(code).toBe(told[fault])
        await real()
      },
      growing,
    )
    expect(entering).toBeGreaterThan(5)
    const people = (await desk.get('cases.list', everybody)).total
    expect(people).toBeGreaterThan(10)
    const resetting = await failedAtEach(
      sqlite,
      ['SQLITE_IOERR_WRITE'],
      () => desk.refusal('security.resetTraining', {}),
      async (fault, code) => {
        expect(code).toBe(told[fault])
        expect(await desk.get('security.status', {})).toMatchObject({ phase: 'locked' })
        await desk.get('security.unlock', signIn)
        await real()
        await desk.get('security.enterTraining', {})
      },
      growing,
    )
    expect(resetting).toBeGreaterThan(4)
    expect((await desk.get('cases.list', everybody)).total).toBe(people)
  })
})
