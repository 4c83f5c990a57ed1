import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Role } from '#shared/permissions.ts'
import { addCase, openTestCentre, testLogin, testPassword, type TestCentre } from '#test/support/open-test-centre.ts'
import { addUser, signInAs, userPassword } from '#test/support/test-users.ts'

const day = 86_400_000
const password = testPassword
const rolesOf = async (desk: TestCentre, login: string) => (await desk.get('users.list', {})).rows.find((u) => u.login === login)
const asFirst = (desk: TestCentre) => desk.get('security.unlock', { login: testLogin, password })
const keyring = (desk: TestCentre) => readFileSync(path.join(desk.folder, 'data/keyring.json'), 'utf8')

describe('users', () => {
  it('H30 H31 a new person signs in with the code once, sets a password of her own, and the code opens nothing more', async () => {
    const desk = await openTestCentre()
    await addCase(desk)
    const { code } = await desk.get('users.create', { name: 'Hadja M.', login: 'hadja', roles: ['CW'], password })
    expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4} ?){3}$/)
    await desk.get('security.lock', {})
    const start = { login: 'hadja', code, newPassword: userPassword }
    expect(await desk.refusal('security.unlock', { login: 'hadja', password: code })).toBe('wrong-password')
    expect(await desk.refusal('security.start', { ...start, newPassword: 'court' })).toBe('weak-password')
    expect(await desk.get('security.start', { ...start, code: code.toLowerCase().replaceAll(' ', '-') })).toMatchObject({
      phase: 'unlocked',
      user: { name: 'Hadja M.', roles: ['CW'] },
      undertakingDue: true,
    })
    await desk.get('security.lock', {})
    expect(await desk.refusal('security.start', start)).toBe('wrong-start-code')
    expect(await desk.refusal('security.unlock', { login: 'hadja', password: userPassword })).toBe('accepted')
    await asFirst(desk)
    expect(await rolesOf(desk, 'hadja')).toMatchObject({ hasPassword: true, startCodeUntil: null, enabled: true })
    expect(keyring(desk)).not.toMatch(/hadja/i)
  })

  it('a code is over after a day by the desk’s clock, also where somebody wrote a later end into the keyring', async () => {
    const desk = await openTestCentre()
    const { code } = await desk.get('users.create', { name: 'Hadja M.', login: 'hadja', roles: ['CW'], password })
    await desk.centre.close()
    const late = await desk.restart()
    late.ports.clock.advance(day)
    expect(await late.refusal('security.start', { login: 'hadja', code, newPassword: userPassword })).toBe('start-code-expired')
    await late.centre.close()
    const file = (name: string) => path.join(desk.folder, 'data', name)
    for (const name of ['keyring.json', 'keyring.copy.json']) {
      const text = readFileSync(file(name), 'utf8')
      writeFileSync(file(name), text.replace(/"until": \d+/, `"until": ${Date.UTC(2030, 1, 1)}`))
    }
    const forged = await late.restart()
    expect(await forged.get('security.status', {})).toMatchObject({ phase: 'blocked', problem: 'keyring-damaged' })
  })

  it('a code that is over leaves the keyring with the next sign-in', async () => {
    const desk = await openTestCentre()
    await desk.get('users.create', { name: 'Hadja M.', login: 'hadja', roles: ['CW'], password })
    expect(keyring(desk)).toContain('"once"')
    desk.ports.clock.advance(day)
    await asFirst(desk)
    expect(keyring(desk)).not.toContain('"once"')
  })

  it('H31 a supervisor’s code replaces a forgotten password, offline, with everything still there; the old password then opens nothing', async () => {
    const desk = await openTestCentre()
    const hadja = await addUser(desk, 'hadja', ['CW'])
    await signInAs(desk, 'hadja')
    const id = await addCase(desk)
    await asFirst(desk)
    const { code } = await desk.get('users.giveCode', { userId: hadja, password })
    await desk.get('security.lock', {})
    // who remembers after all may go on; the code waits
    expect(await desk.refusal('security.unlock', { login: 'hadja', password: userPassword })).toBe('accepted')
    await desk.get('security.lock', {})
    await desk.get('security.start', { login: 'hadja', code, newPassword: 'un-autre-baobab' })
    expect((await desk.get('cases.get', { caseId: id })).row.name).toBe('Ŋgono Ɓello Aïssatou')
    await desk.get('security.lock', {})
    expect(await desk.refusal('security.unlock', { login: 'hadja', password: userPassword })).toBe('wrong-password')
    expect(await desk.refusal('security.unlock', { login: 'hadja', password: 'un-autre-baobab' })).toBe('accepted')
  })

  it('H31 one’s own password is changed with the old one', async () => {
    const desk = await openTestCentre()
    const change = { oldPassword: testPassword, newPassword: 'les-pluies-de-juin' }
    expect(await desk.refusal('security.changePassword', { ...change, oldPassword: 'pas-le-bon-mot' })).toBe('wrong-password')
    expect(await desk.refusal('security.changePassword', { ...change, newPassword: 'court' })).toBe('weak-password')
    expect(await desk.refusal('security.changePassword', change)).toBe('accepted')
    await desk.get('security.lock', {})
    expect(await desk.refusal('security.unlock', { login: testLogin, password: testPassword })).toBe('wrong-password')
    expect(await desk.refusal('security.unlock', { login: testLogin, password: change.newPassword })).toBe('accepted')
  })

  it('a disabled person cannot enter, not even with a keyring of before; a new code lets them in again', async () => {
    const desk = await openTestCentre()
    const hadja = await addUser(desk, 'hadja', ['CW'])
    const before = keyring(desk)
    expect(await desk.refusal('users.disable', { userId: hadja, password: 'pas-le-bon-mot' })).toBe('wrong-password')
    await desk.get('users.disable', { userId: hadja, password })
    expect(await rolesOf(desk, 'hadja')).toMatchObject({ enabled: false, hasPassword: false })
    await desk.get('security.lock', {})
    const signIn = { login: 'hadja', password: userPassword }
    expect(await desk.refusal('security.unlock', signIn)).toBe('wrong-password')
    for (const name of ['keyring.json', 'keyring.copy.json']) writeFileSync(path.join(desk.folder, 'data', name), before)
    const old = await desk.restart()
    expect(await old.refusal('security.unlock', signIn)).toBe('wrong-password')
    // whoever signs in next takes that slot away again
    await asFirst(old)
    expect(await rolesOf(old, 'hadja')).toMatchObject({ hasPassword: false })
    const { code } = await old.get('users.giveCode', { userId: hadja, password })
    await old.get('security.lock', {})
    expect(await old.refusal('security.start', { login: 'hadja', code, newPassword: userPassword })).toBe('accepted')
  })

  it('a login is given once, and nobody disables, resets or re-roles themselves', async () => {
    const desk = await openTestCentre()
    const own = (await desk.get('users.list', {})).rows[0]!
    const person = { name: 'X Y', roles: ['CW' as Role], password }
    expect(await desk.refusal('users.create', { ...person, login: testLogin })).toBe('login-taken')
    expect(await desk.refusal('users.disable', { userId: own.id, password })).toBe('own-account')
    expect(await desk.refusal('users.giveCode', { userId: own.id, password })).toBe('own-account')
    expect(await desk.refusal('users.setRoles', { userId: own.id, roles: ['SUP', 'ADM'] })).toBe('own-roles')
    expect(await desk.refusal('users.create', { ...person, login: 'ab', roles: ['ADM', 'GBV'] })).toBe('roles-forbidden-pair')
  })

  it('weighty roles wait for a second person where there is one, and the coordinator where there is one', async () => {
    const desk = await openTestCentre()
    // alone: it counts at once
    const second = await addUser(desk, 'second', ['SUP'])
    expect(await rolesOf(desk, 'second')).toMatchObject({ roles: ['SUP'], askedRoles: null })
    // two: the other one decides
    const third = await addUser(desk, 'third', ['CW', 'COO'])
    expect(await rolesOf(desk, 'third')).toMatchObject({ roles: ['CW'], askedRoles: ['CW', 'COO'], mayDecide: false })
    expect(await desk.refusal('users.decideRoles', { userId: third, approve: true })).toBe('second-person-needed')
    await signInAs(desk, 'second')
    expect(await rolesOf(desk, 'third')).toMatchObject({ mayDecide: true })
    await desk.get('users.decideRoles', { userId: third, approve: true })
    expect(await rolesOf(desk, 'third')).toMatchObject({ roles: ['CW', 'COO'], askedRoles: null })
    // a coordinator: nobody else decides
    const fourth = await addUser(desk, 'fourth', ['NAT'], userPassword)
    await asFirst(desk)
    expect(await desk.refusal('users.decideRoles', { userId: fourth, approve: true })).toBe('second-person-needed')
    await signInAs(desk, 'third')
    await desk.get('users.decideRoles', { userId: fourth, approve: false })
    expect(await rolesOf(desk, 'fourth')).toMatchObject({ roles: [], askedRoles: null })
    expect(await desk.refusal('users.decideRoles', { userId: fourth, approve: true })).toBe('not-found')
    expect(await desk.refusal('users.setRoles', { userId: second, roles: [] })).toBe('forbidden')
  })

  it('the last person who manages users keeps that', async () => {
    const desk = await openTestCentre()
    const second = await addUser(desk, 'second', ['SUP'])
    await desk.get('users.setRoles', { userId: second, roles: ['CW'] })
    await desk.get('users.setRoles', { userId: second, roles: ['SUP'] })
    await signInAs(desk, 'second')
    const first = (await desk.get('users.list', {})).rows.find((u) => u.login === testLogin)!
    await desk.get('users.disable', { userId: first.id, password: userPassword })
    const own = (await desk.get('users.list', {})).rows.find((u) => u.login === 'second')!
    expect(await desk.refusal('users.disable', { userId: own.id, password: userPassword })).toBe('own-account')
    const third = await addUser(desk, 'third', ['CW'], userPassword)
    expect(await desk.refusal('users.setRoles', { userId: third, roles: ['CW', 'REG'] })).toBe('accepted')
  })

  it('exercise mode has no people of its own to manage', async () => {
    const desk = await openTestCentre()
    await desk.get('security.enterTraining', {})
    expect(await desk.refusal('users.create', { name: 'X', login: 'xx', roles: ['CW'], password })).toBe('forbidden')
    expect(await desk.refusal('security.changePassword', { oldPassword: password, newPassword: userPassword })).toBe('forbidden')
  })
})

describe('the paper code', () => {
  it('H31 is replaced once the new one was typed back; the old one then opens nothing', async () => {
    const desk = await openTestCentre({ setup: 'none' })
    const { recoveryCode: old } = await desk.get('security.beginSetup', {
      language: 'fr',
      siteCode: 'MOR',
      userName: 'Aminatou B.',
      login: testLogin,
      password,
      roles: ['SUP'],
      deskPhone: '',
    })
    await desk.get('security.confirmRecoveryCode', { code: old })
    await desk.get('security.acceptUndertaking', { name: 'Aminatou B.' })
    expect(await desk.refusal('security.replaceRecoveryCode', { code: old, password })).toBe('not-found')
    const { recoveryCode: fresh } = await desk.get('security.beginRecoveryCode', { password })
    const { job } = await desk.get('printing.prepareRecovery', {})
    expect(await desk.get('printing.job', { job })).toMatchObject({ kind: 'recovery', code: fresh })
    expect(await desk.refusal('security.replaceRecoveryCode', { code: old, password })).toBe('wrong-recovery-code')
    const newPassword = 'les-pluies-de-juin'
    await desk.get('security.lock', {})
    // the new one was never typed back: it counts for nothing, and is forgotten
    expect(await desk.refusal('security.recover', { code: fresh, login: testLogin, newPassword })).toBe('wrong-recovery-code')
    await asFirst(desk)
    expect(await desk.refusal('printing.prepareRecovery', {})).toBe('not-found')
    const { recoveryCode: second } = await desk.get('security.beginRecoveryCode', { password })
    await desk.get('security.replaceRecoveryCode', { code: second, password })
    await desk.get('security.lock', {})
    expect(await desk.refusal('security.recover', { code: old, login: testLogin, newPassword })).toBe('wrong-recovery-code')
    expect(await desk.refusal('security.recover', { code: second, login: testLogin, newPassword })).toBe('accepted')
  })
})

describe('the undertaking', () => {
  it('H49 nothing answers before it was accepted by the own name, and it is asked again after a year', async () => {
    const desk = await openTestCentre()
    const { code } = await desk.get('users.create', { name: 'Hadja M.', login: 'hadja', roles: ['CW', 'DIR'], password })
    await desk.get('security.start', { login: 'hadja', code, newPassword: userPassword })
    for (const [name, input] of [
      ['cases.list', { text: '', after: null, limit: 10 }],
      ['directory.taxonomy', {}],
      ['security.enterTraining', {}],
      ['security.changePassword', { oldPassword: userPassword, newPassword: 'un-autre-baobab' }],
    ] as const) {
      expect(await desk.centre.call(name, input)).toEqual({ ok: false, error: { code: 'undertaking-needed' } })
    }
    expect(await desk.refusal('security.acceptUndertaking', { name: 'Aminatou B.' })).toBe('undertaking-name-differs')
    expect(await desk.get('security.acceptUndertaking', { name: ' hadja  m. ' })).toMatchObject({ undertakingDue: false })
    expect(await desk.refusal('cases.list', { text: '', after: null, limit: 10 })).toBe('accepted')
    const again = async () => (await desk.get('security.unlock', { login: 'hadja', password: userPassword })).undertakingDue
    desk.ports.clock.advance(364 * day)
    expect(await again()).toBe(false)
    desk.ports.clock.advance(day)
    expect(await again()).toBe(true)
    expect(await desk.refusal('cases.list', { text: '', after: null, limit: 10 })).toBe('undertaking-needed')
  })
})
