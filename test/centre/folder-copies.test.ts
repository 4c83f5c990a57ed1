import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { auditEvents } from '#test/support/audit-events.ts'
import { asFile, dataOf, named, namesAt, restore, signIn, supervisor } from '#test/support/copies.ts'
import { addCase, openTestCentre, type TestCentre, type TestCentreOptions } from '#test/support/open-test-centre.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { addUser, signInAs } from '#test/support/test-users.ts'
import { troubled, troubles } from '#test/support/troubled-stick.ts'

const day = 86_400_000
const ours = /^PSRL-[a-z2-7]{8}\.psrlcopy$/
const daily = async (desk: TestCentre) => (await desk.get('backups.daily', {})).made
const folderOf = async (desk: TestCentre) => (await desk.get('backups.state', {})).folder
const choose = (desk: TestCentre, folder: string) => desk.get('backups.chooseFolder', { file: desk.token(folder) })
const dailyHere = (desk: TestCentre) => desk.files.list('backups').filter((f) => f.endsWith('-daily.db'))

/** A desk whose copies go into a folder on a stick. */
async function deskWithStick(options: TestCentreOptions = {}): Promise<{ desk: TestCentre; stick: string }> {
  const desk = await openTestCentre(options)
  const stick = tempFolder()
  await choose(desk, stick)
  return { desk, stick }
}

/** Days pass, and on each somebody signs in and a copy is made. */
async function daysPass(desk: TestCentre, days: number, step = 1): Promise<void> {
  for (let i = 0; i < days; i += step) {
    desk.ports.clock.advance(step * day)
    await desk.get('security.lock', {})
    await signIn(desk)
    expect(await daily(desk)).toBe(true)
  }
}

describe('the copy of the day in the remembered folder', () => {
  it('I2 S41 the same copy goes there, is told and audited, and puts everything back', async () => {
    const { desk, stick } = await deskWithStick()
    await addCase(desk, named('Kept'))
    expect(await folderOf(desk)).toEqual({ path: stick, isThere: true, sameDisk: true, failed: null })
    expect([await daily(desk), await daily(desk)]).toEqual([true, false])
    const [name, ...others] = readdirSync(stick)
    expect([name, others]).toEqual([expect.stringMatching(ours), []])
    const bytes = readFileSync(path.join(stick, name!), 'latin1')
    for (const secret of ['Kept', 'aminatou', 'Mora', 'SQLite']) expect(bytes).not.toContain(secret)
    expect((await auditEvents(desk)).slice(-2).map((e) => [e.action, e.details])).toEqual([
      ['backups.make', { automatic: 1 }],
      ['backups.copyOut', { bytes: bytes.length, automatic: 1 }],
    ])
    expect((await desk.get('backups.state', {})).outside).toEqual({ at: '2026-11-24T08:00:00Z', changesSince: 0 })
    await addCase(desk, named('Later'))
    await restore(desk, asFile(desk, path.join(stick, name!)))
    await signIn(desk)
    expect(await namesAt(desk)).toEqual(['Kept A'])
  })

  it('S23 the path stands in no audit line and no log', async () => {
    const { desk, stick } = await deskWithStick()
    await daily(desk)
    await troubled(stick, 'full', 1, () => desk.get('backups.make', { job: 'j' }))
    await desk.get('backups.forgetFolder', {})
    const events = await auditEvents(desk)
    expect(events.map((e) => e.action)).toEqual(
      expect.arrayContaining(['backups.chooseFolder', 'backups.copyOut', 'backups.copyOut.failed', 'backups.forgetFolder']),
    )
    expect(JSON.stringify([events, desk.ports.logged])).not.toContain(path.basename(stick))
  })

  it('a stick that comes later gets the copy at the next quiet moment; a missing one fails nothing', async () => {
    const { desk, stick } = await deskWithStick()
    renameSync(stick, `${stick}-out`)
    expect([await daily(desk), await daily(desk)]).toEqual([true, false])
    expect(await folderOf(desk)).toEqual({ path: stick, isThere: false, sameDisk: false, failed: null })
    expect((await desk.get('backups.make', { job: 'j' })).inFolder).toBe('missing')
    expect(existsSync(stick)).toBe(false)
    renameSync(`${stick}-out`, stick)
    expect(await daily(desk)).toBe(false)
    expect(readdirSync(stick)).toHaveLength(1)
    expect((await desk.get('backups.state', {})).outside).not.toBeNull()
  })

  it.each(Object.keys(troubles) as (keyof typeof troubles)[])(
    'I2 a stick that is %s never fails the copy here; it is told why until one succeeds, and nothing half stays',
    async (trouble) => {
      const { desk, stick } = await deskWithStick()
      expect(await troubled(stick, trouble, 1, () => daily(desk))).toBe(true)
      const state = await desk.get('backups.state', {})
      expect([state.failed, state.outside, dailyHere(desk).length]).toEqual([null, null, 1])
      expect(troubles[trouble].codes).toContain(state.folder?.failed?.code)
      expect((await auditEvents(desk)).map((e) => e.action)).toContain('backups.copyOut.failed')
      // not again and again on one day
      expect(await troubled(stick, trouble, 1, () => daily(desk))).toBe(false)
      expect((await auditEvents(desk)).filter((e) => e.action === 'backups.copyOut.failed')).toHaveLength(1)
      expect((await desk.get('backups.make', { job: 'j' })).inFolder).toBe('written')
      expect((await folderOf(desk))?.failed).toBeNull()
      expect(readdirSync(stick)).toEqual([expect.stringMatching(ours)])
    },
  )

  it('E21 without room it says both figures, after its own oldest copies have made room', async () => {
    const { desk, stick } = await deskWithStick()
    await daysPass(desk, 5)
    expect(readdirSync(stick)).toHaveLength(5)
    const { freeBytes } = desk.files
    Object.assign(desk.files, { freeBytes: (token?: string) => (token === undefined ? freeBytes() : 1000) })
    expect((await desk.get('backups.make', { job: 'j' })).inFolder).toBe('failed')
    expect((await folderOf(desk))?.failed).toMatchObject({ code: 'disk-full', details: { freeBytes: 1000 } })
    expect(readdirSync(stick)).toHaveLength(3)
  })

  it('a stick that does not keep what it is given says so, and no copy of before goes', async () => {
    const { desk, stick } = await deskWithStick()
    await daily(desk)
    const [before] = readdirSync(stick)
    const { writeChosen } = desk.files
    Object.assign(desk.files, {
      writeChosen: ((token, pieces, verify) =>
        writeChosen(token, pieces, (written, size) => {
          async function* spoiled() {
            for await (const piece of written) yield piece.map((b, i) => (i === 5000 ? b ^ 1 : b))
          }
          return verify!(spoiled(), size)
        })) satisfies typeof writeChosen,
    })
    expect((await desk.get('backups.make', { job: 'j' })).inFolder).toBe('failed')
    expect((await folderOf(desk))?.failed?.code).toBe('copy-not-kept')
    expect(readdirSync(stick)).toEqual([before])
  })

  it('whoever comes back meanwhile interrupts it; it is written at the next quiet moment', async () => {
    const { desk, stick } = await deskWithStick()
    const { writeChosen } = desk.files
    Object.assign(desk.files, {
      writeChosen: ((...args) => {
        void desk.ask('app.cancel', { job: 'daily-copy' })
        return writeChosen(...args)
      }) satisfies typeof writeChosen,
    })
    expect(await daily(desk)).toBe(true)
    expect([readdirSync(stick), (await folderOf(desk))?.failed]).toEqual([[], null])
    Object.assign(desk.files, { writeChosen })
    expect(await daily(desk)).toBe(false)
    expect(readdirSync(stick)).toHaveLength(1)
  })
})

describe('which copies stay in the remembered folder', () => {
  it('as many as here; foreign files and those of another desk are never removed', async () => {
    const { desk: mora, stick } = await deskWithStick({ site: 'MOR', seed: 11 })
    const foreign = ['PSRL-aaaaaaaa.psrlcopy', 'PSRL-bbbbbbbb.psrlcopy.part', 'holiday.jpg']
    for (const name of foreign) writeFileSync(path.join(stick, name), 'not ours')
    mkdirSync(path.join(stick, 'folder'))
    const buea = await openTestCentre({ site: 'BUE', seed: 22 })
    await choose(buea, stick)
    await daily(buea)
    const bueas = readdirSync(stick).filter((f) => ![...foreign, 'folder'].includes(f))
    expect(bueas).toHaveLength(1)
    await daysPass(mora, 8)
    await daysPass(mora, 28, 7)
    const names = readdirSync(stick)
    for (const name of [...foreign, 'folder', ...bueas]) expect(names).toContain(name)
    expect(names.length - foreign.length - 1 - bueas.length).toBe(dailyHere(mora).length)
    expect(dailyHere(mora).length).toBeLessThan(12)
    for (const name of foreign) expect(readFileSync(path.join(stick, name), 'utf8')).toBe('not ours')
    // the other desk removes its own alone
    await daysPass(buea, 100, 20)
    const left = readdirSync(stick)
    for (const name of names.filter((n) => !bueas.includes(n))) expect(left).toContain(name)
    expect(left).not.toContain(bueas[0])
  }, 120_000)

  it('H43 none that was written by itself is older than 90 days once a new one stands', async () => {
    const { desk, stick } = await deskWithStick()
    await daysPass(desk, 2)
    const before = readdirSync(stick)
    await daysPass(desk, 90, 90)
    const after = readdirSync(stick)
    expect([before.length, after.length, before.includes(after[0]!)]).toEqual([2, 1, false])
  })

  it('two sticks may take turns: the copies of each are known when it comes back', async () => {
    const { desk, stick } = await deskWithStick()
    await daily(desk)
    const first = readdirSync(stick)
    renameSync(stick, `${stick}-first`)
    mkdirSync(stick)
    await daysPass(desk, 4)
    renameSync(stick, `${stick}-second`)
    renameSync(`${stick}-first`, stick)
    await daysPass(desk, 90, 90)
    expect(readdirSync(stick)).not.toContain(first[0])
    expect(readdirSync(`${stick}-second`)).toHaveLength(4)
  })

  it('a half file of this desk goes with the next copy', async () => {
    const { desk, stick } = await deskWithStick()
    await daily(desk)
    const half = `${readdirSync(stick)[0]!}.part`
    writeFileSync(path.join(stick, half), 'half')
    await desk.get('backups.make', { job: 'j' })
    expect(readdirSync(stick).filter((f) => !ours.test(f))).toEqual([])
  })
})

describe('choosing the folder', () => {
  it('one in the application’s own is refused, by whatever way; one that is gone too', async () => {
    const { desk, stick } = await deskWithStick()
    for (const inside of ['', 'backups', '../data'])
      await daily(desk).then(async () =>
        expect(await desk.refusal('backups.chooseFolder', { file: desk.token(dataOf(desk, inside)) })).toBe('copy-folder-inside'),
      )
    const gone = desk.token(path.join(stick, 'gone'))
    expect(await desk.refusal('backups.chooseFolder', { file: gone })).toBe('file-unreadable')
    expect((await folderOf(desk))?.path).toBe(stick)
    expect(await desk.refusal('backups.chooseFolder', { file: desk.token(desk.folder) })).toBe('accepted')
  })

  it('the empty place of a stick on this disk is not the stick', async () => {
    const { desk, stick } = await deskWithStick()
    writeFileSync(dataOf(desk, 'outside-folder.json'), JSON.stringify({ path: stick, otherDisk: true }))
    expect(await folderOf(desk)).toEqual({ path: stick, isThere: false, sameDisk: false, failed: null })
    await daily(desk)
    expect(readdirSync(stick)).toEqual([])
  })

  it('a damaged note of it or of its copies removes nothing and writes anew', async () => {
    const { desk, stick } = await deskWithStick()
    await daily(desk)
    writeFileSync(dataOf(desk, 'outside-copies.json'), '[{"name":"../x"}]')
    await daysPass(desk, 8)
    expect(readdirSync(stick)).toHaveLength(9)
    writeFileSync(dataOf(desk, 'outside-folder.json'), '{')
    expect(await folderOf(desk)).toBeNull()
  })

  it('it outlives a restart; once it is forgotten nothing goes there, and what is there stays', async () => {
    const { desk, stick } = await deskWithStick()
    const again = await desk.restart()
    await signIn(again)
    await daily(again)
    expect(readdirSync(stick)).toHaveLength(1)
    await again.get('backups.forgetFolder', {})
    expect(await folderOf(again)).toBeNull()
    expect((await again.get('backups.make', { job: 'j' })).inFolder).toBe('none')
    expect(readdirSync(stick)).toHaveLength(1)
  })

  it('S20 is for whoever may manage copies, and not in exercises', async () => {
    const { desk, stick } = await deskWithStick()
    const name = path.join(stick, 'PSRL-aaaaaaaa.psrlcopy')
    await desk.get('backups.copyOut', { file: desk.token(name), job: 'j' })
    expect(await desk.refusal('backups.check', { source: asFile(desk, name), key: supervisor, job: 'j' })).toBe('accepted')
    await addUser(desk, 'conseil', ['CW'])
    await signInAs(desk, 'conseil')
    expect(await desk.refusal('backups.chooseFolder', { file: desk.token(stick) })).toBe('forbidden')
    expect(await desk.refusal('backups.forgetFolder', {})).toBe('forbidden')
    // but the copy of the day goes there whoever is signed in
    expect([await daily(desk), readdirSync(stick).length]).toEqual([false, 2])
    await desk.get('security.lock', {})
    await signIn(desk)
    await desk.get('security.enterTraining', {})
    expect(await desk.refusal('backups.chooseFolder', { file: desk.token(stick) })).not.toBe('accepted')
    expect(await desk.refusal('backups.forgetFolder', {})).not.toBe('accepted')
  })
})
