import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { repositoryShipped } from '#test/support/fake-ports.ts'
import {
  acceptUndertaking,
  addCase,
  addDirectory,
  addIssuedReferral,
  fullConsent,
  openTestCentre,
  testLogin,
  testPassword,
} from '#test/support/open-test-centre.ts'

const setup = {
  language: 'fr' as const,
  siteCode: 'MOR',
  userName: 'Aminatou B.',
  login: testLogin,
  password: testPassword,
  deskPhone: '',
  roles: ['SUP' as const],
}
const inData = (folder: string, name: string) => path.join(folder, 'data', name)

describe('first run', () => {
  it('counts only once the recovery code was typed back', async () => {
    const desk = await openTestCentre({ setup: 'none' })
    const { recoveryCode } = await desk.get('security.beginSetup', setup)
    expect(recoveryCode.replaceAll(' ', '')).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
    expect(existsSync(inData(desk.folder, 'keyring.json'))).toBe(false)
    expect(
      await desk.refusal('security.confirmRecoveryCode', { code: recoveryCode.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')) }),
    ).toBe('wrong-recovery-code')
    expect(await desk.get('security.confirmRecoveryCode', { code: recoveryCode.toLowerCase() })).toMatchObject({
      phase: 'unlocked',
      site: { code: 'MOR' },
    })
    expect(await desk.refusal('security.beginSetup', setup)).toBe('already-set-up')
  })

  it('starts over after a pulled plug before the code was typed back', async () => {
    const desk = await openTestCentre({ setup: 'none' })
    await desk.get('security.beginSetup', setup)
    const again = await desk.restart()
    expect(await again.get('security.status', {})).toMatchObject({ phase: 'first-run' })
    expect(existsSync(inData(desk.folder, 'setup.db'))).toBe(false)
  })

  it('finishes after a pulled plug between keyring and database', async () => {
    const desk = await openTestCentre()
    await desk.centre.close()
    desk.files.rename('store.db', 'setup.db')
    const again = await desk.restart()
    expect(await again.refusal('security.unlock', { login: testLogin, password: testPassword })).toBe('accepted')
  })

  it('refuses weak passwords, forbidden pairs of roles and unknown centres, and finds Mémé apart from Meme', async () => {
    const desk = await openTestCentre({ setup: 'none' })
    expect(await desk.refusal('security.beginSetup', { ...setup, password: 'Mora2026' })).toBe('weak-password')
    expect(await desk.refusal('security.beginSetup', { ...setup, roles: ['DPO', 'SUP'] })).toBe('bad-input')
    expect(await desk.refusal('security.beginSetup', { ...setup, siteCode: 'XXX' })).toBe('bad-input')
    const found = await desk.get('security.sites', { text: 'meme' })
    expect(found.map((s) => [s.name, s.department, s.region])).toContainEqual(['Mémé (Mayo-Sava)', 'Mayo-Sava', 'Extrême-Nord'])
    const [first, second, third] = await desk.get('security.sites', { text: 'kumba' })
    expect([first, second, third].map((s) => s?.department)).toEqual(['Meme', 'Meme', 'Meme'])
  })

  it('keeps the chosen language over a restart', async () => {
    const desk = await openTestCentre()
    await desk.get('security.setLanguage', { language: 'en' })
    expect((await (await desk.restart()).get('security.status', {})).language).toBe('en')
  })

  it('prints the recovery code only while it waits to be typed back, each job once', async () => {
    const desk = await openTestCentre({ setup: 'none' })
    expect(await desk.refusal('printing.prepareRecovery', {})).toBe('not-found')
    const { recoveryCode } = await desk.get('security.beginSetup', setup)
    const { job } = await desk.get('printing.prepareRecovery', {})
    expect(await desk.get('printing.job', { job })).toMatchObject({ kind: 'recovery', code: recoveryCode, siteName: 'Mora' })
    expect(await desk.refusal('printing.job', { job })).toBe('not-found')
    await desk.get('security.confirmRecoveryCode', { code: recoveryCode })
    expect(await desk.refusal('printing.prepareRecovery', {})).toBe('not-found')
  })
})

describe('unlock and lock', () => {
  it('H30 S47 a wrong password and an unknown login answer alike, then waits grow, per account and over restarts', async () => {
    let desk = await openTestCentre()
    await desk.get('security.lock', {})
    const wrong = { login: testLogin, password: 'pas-le-bon-mot' }
    for (let i = 0; i < 4; i += 1) expect(await desk.refusal('security.unlock', wrong)).toBe('wrong-password')
    // the fifth says at once how long to wait, before a right password is typed in vain
    expect(await desk.ask('security.unlock', wrong)).toEqual({
      ok: false,
      error: { code: 'wrong-password', details: { seconds: 15 } },
    })
    expect(await desk.refusal('security.unlock', { login: 'personne', password: 'pas-le-bon-mot' })).toBe('wrong-password')
    desk = await desk.restart()
    expect(await desk.ask('security.unlock', { login: testLogin, password: testPassword })).toEqual({
      ok: false,
      error: { code: 'wait-before-retry', details: { seconds: 15 } },
    })
    desk.ports.clock.advance(-3_600_000)
    expect(await desk.refusal('security.unlock', wrong)).toBe('wait-before-retry')
    desk.ports.clock.advance(3_600_000 + 16_000)
    expect(await desk.refusal('security.unlock', wrong)).toBe('wrong-password')
    expect(await desk.ask('security.unlock', wrong)).toMatchObject({
      error: { code: 'wait-before-retry', details: { seconds: 30 } },
    })
    desk.ports.clock.advance(31_000)
    expect(await desk.refusal('security.unlock', { login: testLogin, password: testPassword })).toBe('accepted')
    expect(readFileSync(inData(desk.folder, 'attempts.json'), 'utf8')).not.toContain(testLogin)
  })

  it('S45 after lock no database is open and the page is told', async () => {
    const desk = await openTestCentre()
    await addCase(desk)
    await desk.centre.lock()
    expect(desk.events.at(-1)).toMatchObject({ name: 'status', data: { phase: 'locked' } })
    expect(readdirSync(path.join(desk.folder, 'data')).filter((f) => f.endsWith('-wal') || f.endsWith('-shm'))).toEqual([])
    expect(await desk.refusal('cases.list', { text: '', after: null, limit: 10 })).toBe('locked')
  })

  it('S45 a slip that waits to be printed is gone after lock', async () => {
    const desk = await openTestCentre()
    await addDirectory(desk)
    const referralId = await addIssuedReferral(desk, await addCase(desk))
    const { job } = await desk.get('printing.prepareSlip', { referralId, format: 'a5' })
    await desk.centre.lock()
    expect(await desk.refusal('printing.job', { job })).toBe('not-found')
  })

  it('H31 a forgotten password is replaced with the paper code, offline, and the cases are still there', async () => {
    const desk = await openTestCentre({ setup: 'none' })
    const { recoveryCode } = await desk.get('security.beginSetup', { ...setup, roles: ['SUP', 'CW'] })
    await desk.get('security.confirmRecoveryCode', { code: recoveryCode })
    await acceptUndertaking(desk)
    const id = await addCase(desk)
    await desk.get('security.lock', {})
    const ask = { code: recoveryCode, login: testLogin, newPassword: 'les-pluies-de-juin' }
    expect(await desk.refusal('security.recover', { ...ask, code: recoveryCode.slice(1) })).toBe('wrong-recovery-code')
    expect(await desk.refusal('security.recover', { ...ask, newPassword: 'court' })).toBe('weak-password')
    expect(await desk.refusal('security.recover', { ...ask, login: 'inconnu' })).toBe('not-found')
    expect(await desk.refusal('security.recover', ask)).toBe('accepted')
    expect((await desk.get('cases.get', { caseId: id })).row.name).toBe('Ŋgono Ɓello Aïssatou')
    await desk.get('security.lock', {})
    expect(await desk.refusal('security.unlock', { login: testLogin, password: testPassword })).toBe('wrong-password')
    expect(await desk.refusal('security.unlock', { login: testLogin, password: ask.newPassword })).toBe('accepted')
  })

  it('names a wrong password, a damaged file and a newer database differently', async () => {
    const desk = await openTestCentre()
    await desk.centre.close()
    const store = inData(desk.folder, 'store.db')
    const whole = readFileSync(store)
    const again = await desk.restart()
    expect(await again.refusal('security.unlock', { login: testLogin, password: 'pas-le-bon-mot' })).toBe('wrong-password')
    writeFileSync(store, Buffer.concat([Buffer.alloc(4096, 7), whole.subarray(4096)]))
    expect(await again.refusal('security.unlock', { login: testLogin, password: testPassword })).toBe('database-damaged')
    writeFileSync(store, whole)
    await again.centre.close()
    const more = {
      ...again.ports.shipped,
      list: (f: string) => [...repositoryShipped.list(f), ...(f === 'migrations' ? ['99990101000000_more'] : [])],
    }
    const text = (name: string) =>
      name.includes('99990101000000_more') ? 'CREATE TABLE more (x INTEGER) STRICT;' : repositoryShipped.text(name)
    const newer = await again.restart({ shipped: { ...more, text } })
    expect(await newer.refusal('security.unlock', { login: testLogin, password: testPassword })).toBe('accepted')
    expect(readdirSync(path.join(desk.folder, 'data/backups')).some((f) => f.endsWith('-migration.db'))).toBe(true)
    const older = await newer.restart({ shipped: repositoryShipped })
    expect(await older.refusal('security.unlock', { login: testLogin, password: testPassword })).toBe('database-newer')
  })

  it('says that the keyring is damaged, and never starts over on top of data', async () => {
    const desk = await openTestCentre()
    await desk.centre.close()
    for (const name of ['keyring.json', 'keyring.copy.json']) writeFileSync(inData(desk.folder, name), '{}')
    const broken = await desk.restart()
    expect(await broken.get('security.status', {})).toMatchObject({ phase: 'blocked', problem: 'keyring-damaged' })
    expect(await broken.refusal('security.unlock', { login: testLogin, password: testPassword })).toBe('keyring-damaged')
    await broken.centre.close()
    for (const name of ['keyring.json', 'keyring.copy.json']) rmSync(inData(desk.folder, name))
    const without = await broken.restart()
    expect(await without.refusal('security.beginSetup', setup)).toBe('keyring-damaged')
    expect(existsSync(inData(desk.folder, 'store.db'))).toBe(true)
  })
})

describe('exercise mode', () => {
  it('U25 is another database with invented people, is marked, resets, and leaves the real one untouched', async () => {
    const desk = await openTestCentre()
    await addCase(desk, { identity: { family_name: 'Vraie' } })
    expect(await desk.get('security.enterTraining', {})).toMatchObject({ phase: 'unlocked', mode: 'training' })
    const people = await desk.get('cases.list', { text: '', after: null, limit: 50 })
    expect(people.total).toBeGreaterThan(10)
    expect(people.rows.some((r) => r.name.includes('Vraie'))).toBe(false)
    const referrals = await desk.get('referrals.list', { caseId: null, show: 'all', after: null, limit: 50 })
    expect(new Set(referrals.rows.map((r) => r.status)).size).toBeGreaterThan(3)
    const issued = referrals.rows.find((r) => r.status === 'issued' || r.status === 'accepted')!
    const preview = await desk.get('printing.previewSlip', { referralId: issued.id, format: 'a5' })
    expect(preview).toMatchObject({ kind: 'slip', slip: { exercise: true } })
    await desk.get('cases.create', { consent: fullConsent })
    expect(await desk.get('security.resetTraining', {})).toMatchObject({ mode: 'training' })
    expect((await desk.get('cases.list', { text: '', after: null, limit: 50 })).total).toBe(people.total)
    expect(await desk.get('security.leaveTraining', {})).toMatchObject({ phase: 'locked', mode: 'real' })
    await desk.get('security.unlock', { login: testLogin, password: testPassword })
    expect((await desk.get('cases.list', { text: '', after: null, limit: 50 })).rows.map((r) => r.name)).toEqual([
      'Vraie Aïssatou',
    ])
    expect(await desk.refusal('security.resetTraining', {})).toBe('forbidden')
  })
})

describe('audit', () => {
  it('H33 verifies after a day of work', async () => {
    const desk = await openTestCentre()
    await addCase(desk)
    const { events, brokenAt } = await desk.get('audit.verify', {})
    expect(events).toBeGreaterThan(3)
    expect(brokenAt).toBeNull()
  })
})
