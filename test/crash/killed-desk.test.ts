import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { withMoreMigrations } from '#test/support/more-migrations.ts'
import { acceptUndertaking, addCase, openTestCentre, testLogin, testPassword } from '#test/support/open-test-centre.ts'
import { ceremony, joinNetwork, openOffice } from '#test/support/national.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { backupDumps, closed, dataFiles, distinct, expectTidy, startAgain, wholeDump } from './after-death.ts'
import {
  buildVictims,
  copyOf,
  runVictim,
  killAtEveryOperation,
  onceOfEachKind,
  undisturbed,
  unlock,
  type VictimJob,
} from './victims.ts'

buildVictims()

const setup = {
  language: 'fr' as const,
  siteCode: 'MOR',
  userName: 'Aminatou B.',
  login: testLogin,
  password: testPassword,
  roles: ['SUP' as const, 'CW' as const, 'DIR' as const],
  deskPhone: '',
}

const copiesOfKeyring = (folder: string): readonly string[] =>
  ['keyring.json', 'keyring.copy.json'].map((f) => readFileSync(path.join(folder, 'data', f), 'utf8'))

describe('killed at every operation', { timeout: 400_000 }, () => {
  it('I2 migration: the old version or the new one, and never the new one without its backup', async () => {
    const open = await openTestCentre()
    await addCase(open)
    const desk = await closed(open)
    const job = { calls: [unlock], armAt: 0, newerVersion: true }
    const states = distinct(await wholeDump(desk.folder), await undisturbed(desk, job))
    const seen = new Set<number>()
    await killAtEveryOperation(
      desk,
      () => job,
      async (folder, { answered }) => {
        const state = states.indexOf(await wholeDump(folder))
        expect(state).toBeGreaterThanOrEqual(answered.length)
        seen.add(state)
        const backups = Object.values(await backupDumps(folder))
        expect(backups.every((b) => b === states[0])).toBe(true)
        if (state === 1) expect(backups).toHaveLength(1)
        await closed(await startAgain(folder, { shipped: withMoreMigrations }))
        expect(await wholeDump(folder)).toBe(states[1])
      },
    )
    expect([...seen].toSorted()).toEqual([0, 1])
  })

  it('I2 first run: nothing yet, or a desk that opens; once answered, always a desk', async () => {
    const desk = { folder: tempFolder() }
    const calls: VictimJob['calls'] = [
      ['security.beginSetup', setup],
      ['security.confirmRecoveryCode', { code: 'answer:recoveryCode' }],
    ]
    const seen = new Set<string>()
    const onceOfEach = onceOfEachKind()
    await killAtEveryOperation(
      desk,
      () => ({ calls, armAt: 0 }),
      async (folder, { answered }) => {
        const kind = dataFiles(folder)
        const again = await openTestCentre({ folder, seed: 5000, setup: 'none' })
        const { phase } = await again.get('security.status', {})
        seen.add(phase)
        await again.centre.close()
        if (phase === 'first-run') {
          expect(answered.length).toBeLessThan(2)
          expectTidy(folder)
          await onceOfEach(kind, async () => closed(await openTestCentre({ folder, seed: 6000 })).then(() => undefined))
          return
        }
        expect(await wholeDump(folder)).toContain('Aminatou B.')
        await closed(await startAgain(folder))
        expect(copiesOfKeyring(folder)[0]).toBe(copiesOfKeyring(folder)[1])
      },
    )
    expect([...seen].toSorted()).toEqual(['first-run', 'locked'])
  })

  it('I2 new password: the old one opens or the new one, never both, never none; the paper code always', async () => {
    const open = await openTestCentre({ setup: 'none' })
    const { recoveryCode: code } = await open.get('security.beginSetup', setup)
    await open.get('security.confirmRecoveryCode', { code })
    await acceptUndertaking(open)
    const desk = await closed(open)
    const newPassword = 'la-pluie-tombe-tard'
    const calls: VictimJob['calls'] = [['security.recover', { code, login: testLogin, newPassword }]]
    const seen = new Set<string>()
    const onceOfEach = onceOfEachKind()
    await killAtEveryOperation(
      desk,
      () => ({ calls, armAt: 0 }),
      async (folder, { answered }) => {
        const kind = dataFiles(folder)
        const again = await openTestCentre({ folder, seed: 5000, setup: 'none' })
        const opens = async (password: string) => (await again.ask('security.unlock', { login: testLogin, password })).ok
        const which = `${await opens(testPassword)} ${await opens(newPassword)}`
        if (which === 'true false') await opens(testPassword)
        expect(answered.length === 1 ? ['false true'] : ['true false', 'false true']).toContain(which)
        seen.add(which)
        expect(copiesOfKeyring(folder)[0]).toBe(copiesOfKeyring(folder)[1])
        expect((await again.get('audit.verify', {})).brokenAt).toBeNull()
        await onceOfEach([kind, which], async () => {
          await again.get('security.recover', { code, login: testLogin, newPassword: testPassword })
          await again.centre.close()
          await closed(await startAgain(folder))
        })
        await again.centre.close()
        expectTidy(folder)
      },
    )
    expect(seen.size).toBe(2)
  })
  it('I2 H36 new password by two national sheets: the old one opens or the new one, never both, never none; the sheets always', async () => {
    const office = await openOffice()
    const sheets = (await ceremony(office)).slice(0, 2)
    const open = await openTestCentre()
    await joinNetwork(office, open)
    await open.get('roster.allowRecovery', { password: testPassword })
    await office.centre.close()
    const desk = await closed(open)
    const newPassword = 'la-pluie-tombe-tard'
    const calls: VictimJob['calls'] = [['security.recoverNational', { sheets, login: testLogin, newPassword }]]
    const seen = new Set<string>()
    const onceOfEach = onceOfEachKind()
    await killAtEveryOperation(
      desk,
      () => ({ calls, armAt: 0 }),
      async (folder, { answered }) => {
        const kind = dataFiles(folder)
        const again = await openTestCentre({ folder, seed: 5000, setup: 'none' })
        const opens = async (password: string) => (await again.ask('security.unlock', { login: testLogin, password })).ok
        const which = `${await opens(testPassword)} ${await opens(newPassword)}`
        if (which === 'true false') await opens(testPassword)
        expect(answered.length === 1 ? ['false true'] : ['true false', 'false true']).toContain(which)
        seen.add(which)
        expect(copiesOfKeyring(folder)[0]).toBe(copiesOfKeyring(folder)[1])
        expect((await again.get('audit.verify', {})).brokenAt).toBeNull()
        await onceOfEach([kind, which], async () => {
          await again.get('security.recoverNational', { sheets, login: testLogin, newPassword: testPassword })
          await again.centre.close()
          await closed(await startAgain(folder))
        })
        await again.centre.close()
        expectTidy(folder)
      },
    )
    expect(seen.size).toBe(2)
  })

  it('exercises: they open again after their making was broken off', async () => {
    const desk = await closed(await openTestCentre())
    const calls: VictimJob['calls'] = [unlock, ['security.enterTraining', {}]]
    // made, its schema begun, its schema there, nobody in it yet, its first user in it
    for (let begun = 0, killAt = 1; begun < 5; killAt += 1) {
      const folder = copyOf(desk)
      expect((await runVictim({ folder, calls, armAt: 1, killAt })).killed).toBe(true)
      const again = await openTestCentre({ folder, seed: 5000, setup: 'none' })
      await again.get('security.unlock', { login: testLogin, password: testPassword })
      if (dataFiles(folder).includes('training.db')) {
        begun += 1
        expect((await again.get('security.enterTraining', {})).mode).toBe('training')
      }
      await again.centre.close()
    }
  })
})
