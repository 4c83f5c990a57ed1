import { createHash } from 'node:crypto'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { auditEvents } from '#test/support/audit-events.ts'
import {
  asFile,
  copyOut,
  dataOf,
  deskWithCode,
  named,
  namesAt,
  restore,
  signIn,
  supervisor,
  type Key,
  type Source,
} from '#test/support/copies.ts'
import { look, pass, send, take } from '#test/support/exchange.ts'
import { addEnvelope, focalLogin, openEnvelopes, openFocalDesk } from '#test/support/focal-point.ts'
import { withMoreMigrations } from '#test/support/more-migrations.ts'
import {
  addCase,
  openTestCentre,
  openTwoCentres,
  testLogin,
  testPassword,
  type TestCentre,
} from '#test/support/open-test-centre.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { addUser, userPassword } from '#test/support/test-users.ts'

/** Names and hashes of a data folder, but for what counts tries. */
function imageOf(desk: TestCentre): Readonly<Record<string, string>> {
  const data = dataOf(desk, '')
  const files = readdirSync(data, { recursive: true, withFileTypes: true }).filter(
    (f) => f.isFile() && f.name !== 'attempts.json',
  )
  return Object.fromEntries(
    files
      .map((f) => path.join(f.parentPath, f.name))
      .map((f) => [path.relative(data, f), createHash('sha256').update(readFileSync(f)).digest('hex')]),
  )
}

describe('recovery on an empty PC', () => {
  it('H36 I2 needs nothing but the copy and the paper code; the PC is another device and writes under a new name', async () => {
    const { desk, code } = await deskWithCode()
    await addCase(desk, named('Kept'))
    const file = await copyOut(desk)
    await addCase(desk, named('Lost'))
    await desk.centre.close()
    rmSync(desk.folder, { recursive: true })

    const empty = await openTestCentre({ setup: 'none', seed: 9, machineId: 'another-pc' })
    expect((await empty.get('security.status', {})).phase).toBe('first-run')
    const key: Key = { kind: 'paper', code: code.toLowerCase() }
    const told = await empty.get('backups.prepareRestore', { source: asFile(empty, file), key, job: 'j' })
    expect(told).toEqual({ siteName: 'Mora', until: '2026-11-24T08:00:00Z', desk: 'none' })
    expect((await empty.get('security.status', {})).phase).toBe('first-run')
    expect((await empty.get('backups.restore', { siteName: 'mora' })).phase).toBe('locked')
    await empty.get('security.recover', { code, login: testLogin, newPassword: testPassword })
    expect(await namesAt(empty)).toEqual(['Kept A'])
    expect((await empty.get('sync.centres', {})).renewed?.reason).toBe('clone')
    const events = await auditEvents(empty)
    expect(events.find((e) => e.action === 'backups.restore')).toMatchObject({ details: { by: 'paper' } })
    expect((await empty.get('audit.verify', {})).brokenAt).toBeNull()
    await empty.get('security.lock', {})
    await signIn(empty)
    expect((await auditEvents(empty)).filter((e) => e.action === 'backups.restore')).toHaveLength(1)
    expect((await auditEvents(empty)).filter((e) => e.action === 'writer.renew')).toHaveLength(1)
  })

  it('opens with the password of then, also after a first installation was begun or done there by mistake', async () => {
    const { desk } = await deskWithCode()
    await addCase(desk, named('Kept'))
    const file = await copyOut(desk)
    const begun = await openTestCentre({ setup: 'none', seed: 10, machineId: 'another-pc' })
    const done = await openTestCentre({ site: 'BUE', seed: 11, machineId: 'another-pc' })
    await begun.get('security.beginSetup', {
      language: 'fr',
      siteCode: 'BUE',
      userName: 'X',
      login: 'xavier',
      password: 'le-vent-du-nord',
      roles: ['SUP'],
      deskPhone: '',
    })
    expect((await restore(begun, asFile(begun, file))).desk).toBe('none')
    expect((await restore(done, asFile(done, file))).desk).toBe('other')
    for (const at of [begun, done]) {
      await signIn(at)
      expect(await namesAt(at)).toEqual(['Kept A'])
      expect(existsSync(dataOf(at, 'setup.db'))).toBe(false)
      expect((await at.get('sync.centres', {})).renewed?.reason).toBe('clone')
    }
    // what was there by mistake is not lost either
    const [aside] = (await done.get('backups.state', {})).copies
    await restore(done, { kind: 'kept', copy: aside!.id }, supervisor, 'Buéa')
    await signIn(done)
    expect((await done.get('security.status', {})).site?.code).toBe('BUE')
  })
})

describe('a copy in the place of its own desk', () => {
  it('I2 the desk goes on under a new name, witness or not, and gets back what the others hold', async () => {
    for (const witness of [true, false]) {
      const { mora, buea } = await openTwoCentres()
      await addCase(mora, named('Kept'))
      const { copy } = await mora.get('backups.make', { job: 'j' })
      await addCase(mora, named('Lost'))
      await pass(mora, buea)
      await mora.get('security.lock', {})
      if (!witness) rmSync(path.join(mora.folder, 'witness'), { recursive: true })
      await restore(mora, { kind: 'kept', copy })
      await signIn(mora)
      expect((await mora.get('sync.centres', {})).renewed?.reason).toBe('restore')
      expect(await namesAt(mora)).toEqual(['Kept A'])
      await addCase(mora, named('New'))
      const file = await send(mora, buea)
      expect(await look(buea, file)).toMatchObject({ twoHistories: 0 })
      await take(buea, file)
      await take(mora, await send(buea, mora))
      for (const at of [mora, buea]) expect(await namesAt(at)).toEqual(['Kept A', 'Lost A', 'New A'])
    }
  })

  it('I2 the desk of before is kept aside, and comes back in the same way', async () => {
    const { desk, code } = await deskWithCode()
    await addCase(desk, named('Kept'))
    const { copy } = await desk.get('backups.make', { job: 'j' })
    await addCase(desk, named('Later'))
    await restore(desk, { kind: 'kept', copy })
    const again = await desk.restart()
    await signIn(again)
    expect(await namesAt(again)).toEqual(['Kept A'])
    const aside = (await again.get('backups.state', {})).copies.find((c) => c.reason === 'aside')!
    await restore(again, { kind: 'kept', copy: aside.id }, { kind: 'paper', code })
    await signIn(again)
    expect(await namesAt(again)).toEqual(['Kept A', 'Later A'])
    expect((await again.get('audit.verify', {})).brokenAt).toBeNull()
  })

  it('I2 what a process that died had not merged is kept aside too', async () => {
    const { desk } = await deskWithCode()
    const { copy } = await desk.get('backups.make', { job: 'j' })
    await addCase(desk, named('Unmerged'))
    // as a dead process leaves it: the log beside the database
    const dead = tempFolder()
    cpSync(desk.folder, dead, { recursive: true })
    await desk.centre.close()
    expect(existsSync(path.join(dead, 'data/store.db-wal'))).toBe(true)
    const again = await openTestCentre({ folder: dead, setup: 'none', seed: 12 })
    await restore(again, { kind: 'kept', copy })
    await signIn(again)
    expect(await namesAt(again)).toEqual([])
    const aside = (await again.get('backups.state', {})).copies.find((c) => c.reason === 'aside')!
    await restore(again, { kind: 'kept', copy: aside.id })
    await signIn(again)
    expect(await namesAt(again)).toEqual(['Unmerged A'])
  })

  it('H12 the private notes come back as they were, for their holder alone, and nobody is told of them', async () => {
    const { desk, caseId } = await openFocalDesk()
    await openEnvelopes(desk)
    const { id } = await addEnvelope(desk, caseId)
    await desk.get('security.lock', {})
    await signIn(desk)
    const { copy } = await desk.get('backups.make', { job: 'j' })
    const source: Source = { kind: 'kept', copy }
    const told = JSON.stringify([
      await desk.get('backups.check', { source, key: null, job: 'j' }),
      await restore(desk, source),
      await auditEvents(desk),
    ])
    expect(told).not.toMatch(/envelope|vault|private/)
    await desk.get('security.unlock', { login: focalLogin, password: userPassword })
    await openEnvelopes(desk)
    expect((await desk.get('envelope.list', { text: '' })).rows.map((r) => r.id)).toEqual([id])
  })

  it('H52 after an evacuation a copy here opens with the paper alone', async () => {
    const { desk, code } = await deskWithCode()
    await addCase(desk, named('Kept'))
    const { copy } = await desk.get('backups.make', { job: 'j' })
    await desk.get('security.evacuate', { password: testPassword, siteName: 'Mora' })
    const prepare = (key: Key) => desk.refusal('backups.prepareRestore', { source: { kind: 'kept', copy }, key, job: 'j' })
    expect(await prepare(supervisor)).toBe('wrong-password')
    expect(await prepare({ kind: 'paper', code })).toBe('accepted')
    await desk.get('backups.restore', { siteName: 'Mora' })
    expect(await desk.refusal('security.unlock', { login: testLogin, password: testPassword })).toBe('wrong-password')
    await desk.get('security.recover', { code, login: testLogin, newPassword: 'les-pluies-de-juin' })
    expect(await namesAt(desk)).toEqual(['Kept A'])
  })

  it('I2 opens a desk that cannot be opened any more: both keyrings damaged, a database that is empty, cut or overwritten', async () => {
    const { desk } = await deskWithCode()
    await addCase(desk, named('Kept'))
    const { copy } = await desk.get('backups.make', { job: 'j' })
    await desk.centre.close()
    const damages: Readonly<Record<string, (at: TestCentre) => void>> = {
      keyrings: (at) => {
        for (const name of ['keyring.json', 'keyring.copy.json']) writeFileSync(dataOf(at, name), '{}')
      },
      'one keyring': (at) => writeFileSync(dataOf(at, 'keyring.json'), ''),
      empty: (at) => writeFileSync(dataOf(at, 'store.db'), ''),
      cut: (at) => writeFileSync(dataOf(at, 'store.db'), readFileSync(dataOf(at, 'store.db')).subarray(0, 9000)),
      overwritten: (at) => writeFileSync(dataOf(at, 'store.db'), Buffer.alloc(50_000, 7)),
    }
    for (const [how, damage] of Object.entries(damages)) {
      const folder = tempFolder()
      cpSync(desk.folder, folder, { recursive: true })
      damage({ ...desk, folder })
      const broken = await openTestCentre({ folder, setup: 'none', seed: 13 })
      const source: Source = { kind: 'kept', copy }
      const told = await broken.get('backups.prepareRestore', { source, key: supervisor, job: 'j' })
      expect(`${how}: ${told.desk}`).toBe(`${how}: own`)
      expect((await broken.get('backups.restore', { siteName: 'Mora' })).phase).toBe('locked')
      await signIn(broken)
      expect(await namesAt(broken)).toEqual(['Kept A'])
      expect((await broken.get('backups.state', {})).copies.map((c) => c.reason)).toEqual(['aside', 'daily'])
      await broken.centre.close()
    }
  })

  it('a copy of an older version is brought up to the present one', async () => {
    const { desk } = await deskWithCode()
    await addCase(desk, named('Kept'))
    const file = await copyOut(desk)
    await desk.centre.close()
    const newer = await desk.restart({ shipped: withMoreMigrations })
    await signIn(newer)
    await restore(newer, asFile(newer, file))
    await signIn(newer)
    expect(await namesAt(newer)).toEqual(['Kept A'])
  })
})

describe('a copy that is refused leaves the desk as it was', () => {
  /** The desk locked, its image, and what a try is answered. */
  async function lockedDesk() {
    const { desk, code } = await deskWithCode()
    await addCase(desk, named('Kept'))
    await addUser(desk, 'conseil', ['CW'])
    const file = await copyOut(desk)
    const { copy } = await desk.get('backups.make', { job: 'j' })
    await desk.get('security.lock', {})
    const before = imageOf(desk)
    const tried = async (source: Source, key: Key = supervisor) => {
      const refused = await desk.refusal('backups.prepareRestore', { source, key, job: 'j' })
      if (refused !== 'accepted') expect(imageOf(desk)).toEqual(before)
      return refused
    }
    return { desk, code, file, copy, before, tried }
  }

  it('H30 S47 wrong password or code, an unknown login, somebody who is no supervisor; failures count as they do at the sign-in', async () => {
    const { desk, copy, file, tried } = await lockedDesk()
    for (const source of [{ kind: 'kept', copy }, asFile(desk, file)] as const) {
      expect(await tried(source, { ...supervisor, password: 'pas-le-bon-mot' })).toBe('wrong-password')
      expect(await tried(source, { kind: 'password', login: 'personne', password: 'pas-le-bon-mot' })).toBe('wrong-password')
      expect(await tried(source, { kind: 'paper', code: 'ABCD' })).toBe('wrong-recovery-code')
      expect(await tried(source, { kind: 'password', login: 'conseil', password: userPassword })).toBe('copy-needs-supervisor')
    }
    for (let i = 0; i < 2; i += 1) await tried({ kind: 'kept', copy }, { ...supervisor, password: 'pas-le-bon-mot' })
    expect(await tried({ kind: 'kept', copy }, { ...supervisor, password: 'pas-le-bon-mot' })).toBe('wrong-password')
    expect(await tried({ kind: 'kept', copy })).toBe('wait-before-retry')
    expect(await desk.refusal('security.unlock', { login: testLogin, password: testPassword })).toBe('wait-before-retry')
  })

  it('H30 a right password of a copy does not end the wait of the desk’s own accounts', async () => {
    const { desk, copy, tried } = await lockedDesk()
    for (let i = 0; i < 4; i += 1) await desk.ask('security.unlock', { login: testLogin, password: 'pas-le-bon-mot' })
    expect(await tried({ kind: 'kept', copy })).toBe('accepted')
    await desk.ask('security.unlock', { login: testLogin, password: 'pas-le-bon-mot' })
    expect(await desk.refusal('security.unlock', { login: testLogin, password: testPassword })).toBe('wait-before-retry')
  })

  it('another place typed, none read, somebody signed in meanwhile', async () => {
    const { desk, copy, before, tried } = await lockedDesk()
    expect(await desk.refusal('backups.restore', { siteName: 'Mora' })).toBe('not-found')
    const source: Source = { kind: 'kept', copy }
    expect(await tried(source)).toBe('accepted')
    expect(await desk.refusal('backups.restore', { siteName: 'Maroua' })).toBe('bad-input')
    await desk.get('backups.dropRestore', {})
    expect(await desk.refusal('backups.restore', { siteName: 'Mora' })).toBe('not-found')
    expect(imageOf(desk)).toEqual(before)
    expect(await tried(source)).toBe('accepted')
    await signIn(desk)
    expect(await desk.refusal('backups.prepareRestore', { source, key: supervisor, job: 'j' })).toBe('busy')
    await desk.get('security.lock', {})
    expect(await desk.refusal('backups.restore', { siteName: 'Mora' })).toBe('not-found')
    const none: Source = { kind: 'kept', copy: '000099-20261124-daily' }
    expect(await desk.refusal('backups.prepareRestore', { source: none, key: supervisor, job: 'j' })).toBe('not-found')
  })

  it('I9 each page torn, each part cut or with another byte, another kind of file, one of a later version', async () => {
    const { desk, copy, file, tried } = await lockedDesk()
    const database = dataOf(desk, `backups/${copy}.db`)
    const whole = readFileSync(database)
    const pages = whole.length / 4096
    expect(pages).toBeGreaterThan(60)
    for (let page = 0; page < pages; page += 1) {
      const torn = Buffer.from(whole)
      torn.fill(0, page * 4096 + 2048, (page + 1) * 4096)
      writeFileSync(database, torn)
      const answer = await desk.refusal('backups.prepareRestore', { source: { kind: 'kept', copy }, key: supervisor, job: 'j' })
      expect(`page ${page}: ${answer}`).toBe(`page ${page}: copy-damaged`)
    }
    writeFileSync(database, whole)
    const bytes = readFileSync(file)
    const changed = path.join(tempFolder(), 'changed.psrlcopy')
    const answerTo = async (text: Uint8Array) => {
      writeFileSync(changed, text)
      return tried(asFile(desk, changed))
    }
    const keyringAt = bytes.indexOf('{', 15)
    for (const at of [keyringAt + 40, 50_000, bytes.length - 400_000, bytes.length - 10]) {
      const other = Buffer.from(bytes)
      other[at] = other[at]! ^ 1
      expect(`${at} ${await answerTo(other)}`).toMatch(/copy-damaged$/)
    }
    for (const cut of [40, 2000, bytes.length - 400_000, bytes.length - 1])
      expect(await answerTo(bytes.subarray(0, cut))).toMatch(/^copy-(?:incomplete|damaged)$/)
    expect(await answerTo(Buffer.concat([bytes, Buffer.from('x')]))).toBe('copy-damaged')
    expect(await answerTo(Buffer.from(bytes.toString('latin1').replace('copy/1', 'copy/2'), 'latin1'))).toBe('database-newer')
    for (const text of ['', 'x', 'age-encryption.org/v1\n', 'psrl-copy/1', 'psrl-copy/x\n{}\n'])
      expect(await answerTo(Buffer.from(text))).toBe('copy-not-a-copy')
    expect(await answerTo(Buffer.from('psrl-copy/1\n{"keyring":1,"vault":0,"database":1,"more":1}\n'))).toBe('copy-damaged')
    const told = await desk.ask('backups.prepareRestore', { source: asFile(desk, changed), key: supervisor, job: 'j' })
    expect(told.ok).toBe(false)
    rmSync(changed)
    expect(await tried(asFile(desk, changed))).toBe('file-unreadable')
    expect(await tried(asFile(desk, file))).toBe('accepted')
  })

  it('I9 written by a newer version of the application', async () => {
    const { desk } = await deskWithCode()
    const newer = await desk.restart({ shipped: withMoreMigrations })
    await signIn(newer)
    const file = await copyOut(newer)
    await newer.centre.close()
    const older = await openTestCentre({ seed: 3 })
    await older.get('security.lock', {})
    const before = imageOf(older)
    const source = asFile(older, file)
    expect(await older.refusal('backups.prepareRestore', { source, key: supervisor, job: 'j' })).toBe('database-newer')
    expect(imageOf(older)).toEqual(before)
  })

  it('I9 no room for it, or none for what has to be written before the swap', async () => {
    const { desk, copy, before, tried } = await lockedDesk()
    const { freeBytes, replace } = desk.files
    const files = desk.files as { -readonly [K in keyof typeof desk.files]: (typeof desk.files)[K] }
    files.freeBytes = () => 1000
    expect(await tried({ kind: 'kept', copy })).toBe('disk-full')
    files.freeBytes = freeBytes
    for (const name of ['restore.json', '-aside.keyring.json', '-aside.vault', 'restoring/keyring.copy.json']) {
      files.replace = (to, bytes) => {
        if (to.endsWith(name)) throw Object.assign(new Error('no room'), { code: 'ENOSPC' })
        replace(to, bytes)
      }
      const prepared = await desk.ask('backups.prepareRestore', { source: { kind: 'kept', copy }, key: supervisor, job: 'j' })
      if (prepared.ok) expect((await desk.ask('backups.restore', { siteName: 'Mora' })).ok).toBe(false)
      files.replace = replace
      await desk.get('backups.dropRestore', {})
      expect(imageOf(desk)).toEqual(before)
    }
  })
})
