import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { diskFiles } from '#main/platform/disk-files.ts'
import {
  acceptUndertaking,
  addCase,
  openTestCentre,
  openTwoCentres,
  testLogin,
  testPassword,
} from '#test/support/open-test-centre.ts'
import { layOut, wrecksOf } from '#test/support/power-loss-disk.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { backupDumps, startAgain, wholeDump } from './after-death.ts'

const setup = {
  language: 'fr',
  siteCode: 'MOR',
  userName: 'Aminatou B.',
  login: testLogin,
  password: testPassword,
  roles: ['SUP', 'CW', 'DIR'] as ('SUP' | 'CW' | 'DIR')[],
  deskPhone: '',
} as const

describe('a pulled plug, on a disk that keeps only what it was told to keep', { timeout: 300_000 }, () => {
  it('S41 a replaced file holds the old bytes or the new ones, whole; once answered, the new ones', async () => {
    const folder = tempFolder()
    const files = diskFiles(path.join(folder, 'data'))
    files.replace('attempts.json', new TextEncoder().encode('the old bytes'))
    const wrecks = await wrecksOf(
      folder,
      () => true,
      async () => files.replace('attempts.json', new TextEncoder().encode('the new bytes')),
    )
    const texts = (acknowledged: boolean) =>
      new Set(
        wrecks
          .filter((w) => w.acknowledged === acknowledged)
          .map((w) => new TextDecoder().decode(w.image.get('data/attempts.json'))),
      )
    expect(texts(false)).toEqual(new Set(['the old bytes', 'the new bytes']))
    expect(texts(true)).toEqual(new Set(['the new bytes']))
  })

  it('I2 first run: nothing yet, or a desk that opens; once answered, always a desk', async () => {
    const folder = tempFolder()
    const desk = { data: () => path.join(folder, 'data') }
    let code = ''
    const wrecks = await wrecksOf(
      folder,
      () => true,
      async () => {
        const open = await openTestCentre({ folder, setup: 'none' })
        code = (await open.get('security.beginSetup', setup)).recoveryCode
        await open.get('security.confirmRecoveryCode', { code })
        expect(readFileSync(path.join(desk.data(), 'keyring.json')).length).toBeGreaterThan(0)
      },
    )
    const seen = new Set<string>()
    for (const { image, acknowledged } of wrecks) {
      const wreck = tempFolder()
      layOut(image, wreck)
      const again = await openTestCentre({ folder: wreck, seed: 5000, setup: 'none' })
      const { phase } = await again.get('security.status', {})
      await again.centre.close()
      seen.add(phase)
      if (acknowledged) expect(phase).toBe('locked')
      if (phase === 'locked') await (await startAgain(wreck)).centre.close()
    }
    expect([...seen].toSorted()).toEqual(['first-run', 'locked'])
  })

  it('I2 new password: the old one opens or the new one; once answered, the new one', async () => {
    const open = await openTestCentre({ setup: 'none' })
    const { recoveryCode: code } = await open.get('security.beginSetup', setup)
    await open.get('security.confirmRecoveryCode', { code })
    await acceptUndertaking(open)
    await open.centre.close()
    const newPassword = 'la-pluie-tombe-tard'
    const base = tempFolder()
    cpSync(open.folder, base, { recursive: true })
    const keyrings = (name: string) => /keyring|\.part$/.test(name)
    const wrecks = await wrecksOf(open.folder, keyrings, async () => {
      const again = await openTestCentre({ folder: open.folder, seed: 77, setup: 'none' })
      await again.get('security.recover', { code, login: testLogin, newPassword })
    })
    const seen = new Set<string>()
    for (const { image, acknowledged } of wrecks) {
      const wreck = tempFolder()
      cpSync(base, wreck, { recursive: true, filter: (name) => !keyrings(path.basename(name)) })
      layOut(image, wreck)
      const again = await openTestCentre({ folder: wreck, seed: 5000, setup: 'none' })
      const opens = async (password: string) => (await again.ask('security.unlock', { login: testLogin, password })).ok
      const which = `${await opens(testPassword)} ${await opens(newPassword)}`
      expect(acknowledged ? ['false true'] : ['true false', 'false true']).toContain(which)
      await again.centre.close()
      seen.add(which)
    }
    expect(seen.size).toBe(2)
  })

  it('S41 export: under the name chosen lies the older file or the new one, whole; once answered, the new one', async () => {
    const { mora, buea } = await openTwoCentres()
    await addCase(mora)
    const { device } = await buea.get('sync.ownCard', {})
    const stick = tempFolder()
    const target = path.join(stick, 'PSRL-aaaaaaaa.age')
    writeFileSync(target, 'an older file')
    const wrecks = await wrecksOf(
      stick,
      (name) => name === path.basename(target),
      async () => {
        await mora.get('sync.export', { device, file: mora.token(target), job: 'e' })
      },
    )
    const whole = readFileSync(target).toString('hex')
    const older = Buffer.from('an older file').toString('hex')
    const found = (acknowledged: boolean) =>
      new Set(
        wrecks
          .filter((w) => w.acknowledged === acknowledged)
          .map((w) => Buffer.from(w.image.get(path.basename(target)) ?? []).toString('hex')),
      )
    expect(found(false)).toEqual(new Set([older, whole]))
    expect(found(true)).toEqual(new Set([whole]))
  })

  it('I9 import: never without its backup', async () => {
    const { mora, buea } = await openTwoCentres()
    await addCase(mora)
    const file = path.join(mora.folder, 'PSRL-aaaaaaaa.age')
    await mora.get('sync.export', { device: (await buea.get('sync.ownCard', {})).device, file: mora.token(file), job: 'e' })
    await buea.centre.close()
    const before = await wholeDump(buea.folder)
    const again = await openTestCentre({ folder: buea.folder, seed: 77, setup: 'none' })
    await again.get('security.unlock', { login: testLogin, password: testPassword })
    const wrecks = await wrecksOf(
      buea.folder,
      (name) => /^data\/(?:backups|store|keyring)/.test(name),
      async () => {
        const { previewId } = await again.get('sync.preview', { file: again.token(file), job: 'p' })
        await again.get('sync.import', { previewId, job: 'i' })
      },
    )
    const seen = new Set<string>()
    for (const { image, acknowledged } of wrecks) {
      const wreck = tempFolder()
      layOut(image, wreck)
      const state = (await wholeDump(wreck)) === before ? 'before' : 'after'
      if (acknowledged) expect(state).toBe('after')
      const backups = Object.values(await backupDumps(wreck))
      expect(backups.every((b) => b === before)).toBe(true)
      if (state === 'after') expect(backups).toHaveLength(1)
      await (await startAgain(wreck)).centre.close()
      seen.add(`${state} ${backups.length}`)
    }
    expect([...seen].toSorted()).toEqual(['after 1', 'before 0', 'before 1'])
  })
})
