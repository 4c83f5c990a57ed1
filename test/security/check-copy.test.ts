import { copyFileSync, cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { auditEvents } from '#test/support/audit-events.ts'
import { asFile, copyOut, dataOf, deskWithCode, named, namesAt, restore, signIn, supervisor } from '#test/support/copies.ts'
import { addCase, openTestCentre } from '#test/support/open-test-centre.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { addUser, userPassword } from '#test/support/test-users.ts'

describe('checking a copy', () => {
  it('I9 tells what it is and changes nothing in it, with the desk’s key, a password of it, or the paper', async () => {
    const { desk, code } = await deskWithCode()
    await addCase(desk, named('Kept'))
    const file = await copyOut(desk)
    const { copy } = await desk.get('backups.make', { job: 'j' })
    await addCase(desk, named('Later'))
    const before = [readFileSync(file), readFileSync(dataOf(desk, `backups/${copy}.db`))]
    for (const source of [{ kind: 'kept', copy }, asFile(desk, file)] as const)
      for (const key of [null, supervisor, { kind: 'paper', code } as const])
        expect(await desk.get('backups.check', { source, key, job: 'j' })).toEqual({
          siteName: 'Mora',
          until: '2026-11-24T08:00:00Z',
          ownDesk: true,
          cases: 1,
        })
    expect([readFileSync(file), readFileSync(dataOf(desk, `backups/${copy}.db`))]).toEqual(before)
    expect(readdirSync(dataOf(desk, 'inbox'))).toEqual([])
    expect((await auditEvents(desk)).filter((e) => e.action === 'backups.check')).toHaveLength(6)
    expect(await namesAt(desk)).toEqual(['Kept A', 'Later A'])
  })

  it('H12 S20 an administrator is told no number of cases, nobody that of another desk', async () => {
    const { desk } = await deskWithCode()
    await addCase(desk)
    const file = await copyOut(desk)
    await addUser(desk, 'technique', ['ADM'])
    await desk.get('security.unlock', { login: 'technique', password: userPassword })
    expect((await desk.get('backups.check', { source: asFile(desk, file), key: null, job: 'j' })).cases).toBeNull()
    const other = await openTestCentre({ site: 'BUE', seed: 8 })
    const source = asFile(other, file)
    expect(await other.refusal('backups.check', { source, key: null, job: 'j' })).toBe('copy-other-desk')
    expect(await other.get('backups.check', { source, key: supervisor, job: 'j' })).toMatchObject({
      siteName: 'Mora',
      ownDesk: false,
      cases: null,
    })
  })

  it('I9 a damaged copy, a damaged vault in it, or one without its keys is refused, and the desk works on', async () => {
    const { desk } = await deskWithCode()
    const { copy } = await desk.get('backups.make', { job: 'j' })
    const check = () => desk.refusal('backups.check', { source: { kind: 'kept', copy }, key: null, job: 'j' })
    for (const name of [`${copy}.db`, `${copy}.vault`, `${copy}.keyring.json`]) {
      const file = dataOf(desk, `backups/${name}`)
      copyFileSync(file, `${file}.whole`)
      const bytes = readFileSync(file)
      bytes[bytes.length >> 1] = bytes[bytes.length >> 1]! ^ 1
      writeFileSync(file, bytes)
      expect(await check()).toBe('copy-damaged')
      copyFileSync(`${file}.whole`, file)
    }
    expect(await check()).toBe('accepted')
    await addCase(desk)
    expect((await desk.get('audit.verify', {})).brokenAt).toBeNull()
  })

  it('I2 a desk that was set aside is checked with what had not been merged there', async () => {
    const { desk } = await deskWithCode()
    const { copy } = await desk.get('backups.make', { job: 'j' })
    await addCase(desk, named('Unmerged'))
    const dead = tempFolder()
    cpSync(desk.folder, dead, { recursive: true })
    await desk.centre.close()
    const again = await openTestCentre({ folder: dead, setup: 'none', seed: 12 })
    await restore(again, { kind: 'kept', copy })
    await signIn(again)
    const aside = (await again.get('backups.state', {})).copies.find((c) => c.reason === 'aside')!
    const files = () => ['.db', '.db-wal'].map((end) => readFileSync(dataOf(again, `backups/${aside.id}${end}`)))
    const before = files()
    for (const key of [null, supervisor])
      expect(await again.get('backups.check', { source: { kind: 'kept', copy: aside.id }, key, job: 'j' })).toMatchObject({
        cases: 1,
      })
    expect(files()).toEqual(before)
  })
})
