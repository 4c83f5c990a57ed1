import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { asFile, deskWithCode, named, namesAt, restore, signIn, supervisor } from '#test/support/copies.ts'
import { addCase } from '#test/support/open-test-centre.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { troubled, troubles } from '#test/support/troubled-stick.ts'

/** Between two tries: a copy is written in hundreds of operations, all alike but for the first and the last. */
const stepOf = (tried: number, all: number) => (tried < 12 || tried > all - 12 ? 1 : 7)

describe('a copy onto a stick that fails at some operation', () => {
  it.each(Object.keys(troubles) as (keyof typeof troubles)[])(
    'I2 I9 the stick is %s: said in its own words, the older copy stays whole, and the one that succeeds brings everything back',
    async (trouble) => {
      const { desk } = await deskWithCode()
      const stick = tempFolder()
      const target = path.join(stick, 'PSRL-aaaaaaaa.psrlcopy')
      const write = () => desk.ask('backups.copyOut', { file: desk.token(target), job: 'j' })
      expect((await write()).ok).toBe(true)
      await addCase(desk, named('Kept'))
      const operations = 2 * Math.ceil(readFileSync(target).length / 65_536)
      let failures = 0
      for (let from = 1; ; from += stepOf(from, operations)) {
        const before = readFileSync(target)
        const result = await troubled(stick, trouble, from, write)
        if (result.ok) break
        failures += 1
        expect(troubles[trouble].codes).toContain(result.error.code)
        // it may fail after the file got its name; then it is whole too
        if (!readFileSync(target).equals(before))
          expect(await desk.refusal('backups.check', { source: asFile(desk, target), key: supervisor, job: 'c' })).toBe(
            'accepted',
          )
        if (trouble === 'full') expect(readdirSync(stick)).toEqual([path.basename(target)])
      }
      expect(failures).toBeGreaterThan(1)
      expect(existsSync(`${target}.part`)).toBe(false)
      await restore(desk, asFile(desk, target))
      await signIn(desk)
      expect(await namesAt(desk)).toEqual(['Kept A'])
    },
    300_000,
  )

  it('I9 a stick that is pulled out while a copy is read from it: the desk is as it was, and the next try succeeds', async () => {
    const { desk } = await deskWithCode()
    await addCase(desk, named('Kept'))
    const stick = tempFolder()
    const target = path.join(stick, 'PSRL-aaaaaaaa.psrlcopy')
    await desk.get('backups.copyOut', { file: desk.token(target), job: 'j' })
    await addCase(desk, named('Later'))
    const read = async (locked: boolean) =>
      locked
        ? desk.refusal('backups.prepareRestore', { source: asFile(desk, target), key: supervisor, job: 'j' })
        : desk.refusal('backups.check', { source: asFile(desk, target), key: supervisor, job: 'j' })
    for (const locked of [false, true]) {
      if (locked) await desk.get('security.lock', {})
      let failures = 0
      for (let from = 1; ; from += 3) {
        const answer = await troubled(stick, 'pulled', from, () => read(locked))
        if (answer === 'accepted') break
        expect(answer).toBe('file-unreadable')
        failures += 1
        expect(desk.files.list('restoring')).toEqual([])
        expect(desk.files.list('inbox')).toEqual([])
      }
      expect(failures).toBeGreaterThan(5)
    }
    await desk.get('backups.dropRestore', {})
    await signIn(desk)
    expect(await namesAt(desk)).toEqual(['Kept A', 'Later A'])
  }, 120_000)
})
