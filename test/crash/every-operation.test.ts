import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { databaseDump } from '#test/support/database-dump.ts'
import { repositoryShipped } from '#test/support/fake-ports.ts'
import { newerVersion } from '#test/support/newer-version.ts'
import {
  addCase,
  fullConsent,
  fullIdentity,
  openTestCentre,
  openTwoCentres,
  testLogin,
  testPassword,
} from '#test/support/open-test-centre.ts'
import type { TestCentre } from '#test/support/open-test-centre.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { backupDumps, dataFiles, expectTidy, startAgain, wholeDump } from './after-death.ts'
import { buildVictims, copyOf, killAtEveryOperation, runVictim, type VictimJob } from './victims.ts'

buildVictims()

const unlock = ['security.unlock', { login: testLogin, password: testPassword }] as const
type Calls = VictimJob['calls']

/** What the database holds when nobody kills. */
async function undisturbed(from: { readonly folder: string }, job: Omit<VictimJob, 'folder'>): Promise<string> {
  const folder = copyOf(from)
  const { killed } = await runVictim({ ...job, folder })
  expect(killed).toBe(false)
  return wholeDump(folder)
}

/** `before` and the state after each whole unit; fails unless they differ, so that "before or after" says something. */
function distinct(...states: readonly string[]): readonly string[] {
  expect(new Set(states).size).toBe(states.length)
  return states
}

async function names(desk: TestCentre): Promise<readonly string[]> {
  const { rows } = await desk.get('cases.list', { text: '', after: null, limit: 50 })
  return rows.map((r) => r.name).toSorted()
}

const closed = async (desk: TestCentre): Promise<{ readonly folder: string }> => {
  await desk.centre.close()
  return { folder: desk.folder }
}

describe('killed at every operation', () => {
  it('I2 saving a case: each answered call is there, the other is there or not', async () => {
    const open = await openTestCentre()
    const id = await addCase(open)
    const desk = await closed(open)
    const calls: Calls = [
      unlock,
      ['cases.create', { consent: fullConsent }],
      ['cases.saveAnswers', { caseId: id, answers: { given_names: 'Hadidja' } }],
    ]
    const states = distinct(
      await wholeDump(desk.folder),
      await undisturbed(desk, { calls: calls.slice(0, 2) }),
      await undisturbed(desk, { calls }),
    )
    const deaths = await killAtEveryOperation(
      desk,
      () => ({ calls, armAt: 1 }),
      async (folder, { answered }) => {
        const state = states.indexOf(await wholeDump(folder))
        const done = answered.length - 1
        // one more than was answered at most: killed between the commit and the answer
        expect([done, Math.min(done + 1, 2)]).toContain(state)
        await closed(await startAgain(folder))
      },
    )
    expect(deaths).toBeGreaterThan(5)
  })

  it('I2 I9 export: the file is absent or opens; the next file forks nothing and loses nothing, whichever is taken in', async () => {
    const { mora: openMora, buea: openBuea } = await openTwoCentres()
    await addCase(openMora)
    await addCase(openMora, { identity: { given_names: 'Oumarou' } })
    const { device } = await openBuea.get('sync.ownCard', {})
    const [mora, buea] = [await closed(openMora), await closed(openBuea)]
    const stick = (folder: string) => path.join(folder, 'PSRL-aaaaaaaa.age')
    const calls = (folder: string): Calls => [unlock, ['sync.export', { device, file: `file:${stick(folder)}`, job: 'export' }]]
    const before = await wholeDump(mora.folder)
    const prepared = await preparedOnly(copyOf(mora), device)
    const folder = copyOf(mora)
    await runVictim({ folder, calls: calls(folder) })
    const states = distinct(before, prepared, await wholeDump(folder))
    const seen = new Set<string>()
    await killAtEveryOperation(
      mora,
      (copy) => ({ calls: calls(copy), armAt: 1 }),
      async (copy, { answered }) => {
        const state = states.indexOf(await wholeDump(copy))
        const isThere = existsSync(stick(copy))
        expect(state).toBeGreaterThanOrEqual(answered.includes('sync.export') ? 2 : 0)
        expect([isThere, state]).toEqual([isThere, isThere ? Math.max(state, 1) : Math.min(state, 1)])
        const desk = await startAgain(copy)
        // deaths that left the same files and the same rows have the same future: one of each kind is lived on
        const kind = `${state} ${isThere}`
        if (!seen.has(kind)) {
          seen.add(kind)
          await livesOn(desk, buea, device, isThere ? [stick(copy)] : [])
        }
        await closed(desk)
      },
    )
    expect([...seen].toSorted()).toEqual(['0 false', '1 false', '1 true', '2 true'])
  })

  it('I9 H38 import: as before or as after, the backup whole, no copy of the file left; it can be taken in again', async () => {
    const { buea, file } = await fileForBuea()
    addOldBackups(buea.folder)
    const calls: Calls = [
      unlock,
      ['sync.preview', { file: `file:${file}`, job: 'p' }],
      ['sync.import', { previewId: 'answer:previewId', job: 'i' }],
    ]
    const states = distinct(await wholeDump(buea.folder), await undisturbed(buea, { calls }))
    await killAtEveryOperation(
      buea,
      () => ({ calls, armAt: 1 }),
      (folder, { answered }) => checkImport(folder, states, file, answered.includes('sync.import')),
    )
  })

  it('H35 import: killed in the midst of the backup’s copying, nothing of it is left after the next start', async () => {
    const { buea, file } = await fileForBuea()
    const calls: Calls = [
      unlock,
      ['sync.preview', { file: `file:${file}`, job: 'p' }],
      ['sync.import', { previewId: 'answer:previewId', job: 'i' }],
    ]
    const states = distinct(await wholeDump(buea.folder), await undisturbed(buea, { calls }))
    const halfMade = 'backups/20261124080000-import.db.part-journal'
    let seen = false
    for (let tries = 0; tries < 20 && !seen; tries += 1) {
      const folder = copyOf(buea)
      await runVictim({ folder, calls, armAt: 2, killOnceThereIs: path.join(folder, 'data', halfMade) })
      seen = dataFiles(folder).includes(halfMade)
      await checkImport(folder, states, file, false)
    }
    expect(seen).toBe(true)
  })

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
        await closed(await startAgain(folder, { shipped: newerVersion(repositoryShipped) }))
        expect(await wholeDump(folder)).toBe(states[1])
      },
    )
    expect([...seen].toSorted()).toEqual([0, 1])
  })

  it('I2 first run: nothing yet, or a desk that opens; once answered, always a desk', async () => {
    const desk = { folder: tempFolder() }
    const input = {
      language: 'fr',
      siteCode: 'MOR',
      userName: 'Aminatou B.',
      login: testLogin,
      password: testPassword,
      roles: ['SUP', 'CW', 'DIR'],
      deskPhone: '',
    }
    const calls: Calls = [
      ['security.beginSetup', input],
      ['security.confirmRecoveryCode', { code: 'answer:recoveryCode' }],
    ]
    const seen = new Set<string>()
    await killAtEveryOperation(
      desk,
      () => ({ calls, armAt: 0 }),
      async (folder, { answered }) => {
        const again = await openTestCentre({ folder, seed: 5000, setup: 'none' })
        const { phase } = await again.get('security.status', {})
        seen.add(phase)
        await again.centre.close()
        if (phase === 'first-run') {
          expect(answered.length).toBeLessThan(2)
          expectTidy(folder)
          await closed(await openTestCentre({ folder, seed: 6000 }))
        } else {
          expect(await wholeDump(folder)).toContain('Aminatou B.')
        }
        await closed(await startAgain(folder))
        expect(copiesOfKeyring(folder)[0]).toBe(copiesOfKeyring(folder)[1])
      },
    )
    expect([...seen].toSorted()).toEqual(['first-run', 'locked'])
  })

  it('I2 new password: the old one opens or the new one, never both, never none; the paper code always', async () => {
    const open = await openTestCentre({ setup: 'none' })
    const input = {
      language: 'fr',
      siteCode: 'MOR',
      userName: 'Aminatou B.',
      login: testLogin,
      password: testPassword,
      roles: ['SUP', 'CW', 'DIR'],
      deskPhone: '',
    } as const
    const { recoveryCode: code } = await open.get('security.beginSetup', { ...input, roles: [...input.roles] })
    await open.get('security.confirmRecoveryCode', { code })
    const desk = await closed(open)
    const newPassword = 'la-pluie-tombe-tard'
    const calls: Calls = [['security.recover', { code, login: testLogin, newPassword }]]
    const seen = new Set<string>()
    await killAtEveryOperation(
      desk,
      () => ({ calls, armAt: 0 }),
      async (folder, { answered }) => {
        const again = await openTestCentre({ folder, seed: 5000, setup: 'none' })
        const opens = async (password: string) => (await again.ask('security.unlock', { login: testLogin, password })).ok
        const which = `${await opens(testPassword)} ${await opens(newPassword)}`
        expect(answered.length === 1 ? ['false true'] : ['true false', 'false true']).toContain(which)
        seen.add(which)
        expect(copiesOfKeyring(folder)[0]).toBe(copiesOfKeyring(folder)[1])
        await again.get('security.recover', { code, login: testLogin, newPassword: testPassword })
        await again.centre.close()
        await closed(await startAgain(folder))
      },
    )
    expect(seen.size).toBe(2)
  })
})

/** A desk's content after the first unit of an export, whose file could not be begun. */
async function preparedOnly(folder: string, device: string): Promise<string> {
  const desk = await openTestCentre({ folder, seed: 77, setup: 'none' })
  await desk.get('security.unlock', { login: testLogin, password: testPassword })
  const nowhere = path.join(folder, 'no-such-folder', 'x.age')
  expect(await desk.refusal('sync.export', { device, file: desk.token(nowhere), job: 'e' })).toBe('disk-read-only')
  await desk.centre.close()
  return databaseDump(desk)
}

/** The sender goes on working and exports again; in whatever order the files are taken in, nothing forks and nobody is missing. */
async function livesOn(
  desk: TestCentre,
  buea: { readonly folder: string },
  device: string,
  first: readonly string[],
): Promise<void> {
  await addCase(desk, { identity: { given_names: 'Hadidja' } })
  const second = path.join(desk.folder, 'PSRL-bbbbbbbb.age')
  await desk.get('sync.export', { device, file: desk.token(second), job: 'e' })
  for (const files of [[second], [...first, second], [second, ...first]]) {
    const reader = await startAgain(copyOf(buea))
    for (const [i, file] of files.entries()) {
      const preview = await reader.ask('sync.preview', { file: reader.token(file), job: 'p' })
      if (!preview.ok) {
        expect([preview.error.code, i]).toEqual(['sync-older-than-yours', 1])
        continue
      }
      expect(preview.value).toMatchObject({ twoHistories: 0, waiting: 0, unknownWriters: 0, ownAhead: false })
      const receipt = await reader.get('sync.import', { previewId: preview.value.previewId, job: 'i' })
      expect(receipt).toMatchObject({ twoHistories: false, toReview: 0 })
    }
    expect(await names(reader)).toEqual(['Ŋgono Ɓello Aïssatou', 'Ŋgono Ɓello Hadidja', 'Ŋgono Ɓello Oumarou'])
    await closed(reader)
  }
}

/** A desk in Buéa, and a file for it with two people. */
async function fileForBuea(): Promise<{ readonly buea: { readonly folder: string }; readonly file: string }> {
  const { mora, buea } = await openTwoCentres()
  await addCase(mora)
  await addCase(mora, { identity: { ...fullIdentity, given_names: 'Oumarou' } })
  const file = path.join(mora.folder, 'PSRL-aaaaaaaa.age')
  const { device } = await buea.get('sync.ownCard', {})
  await mora.get('sync.export', { device, file: mora.token(file), job: 'export' })
  return { buea: await closed(buea), file }
}

/** As many backups as are kept, so that the next one removes the oldest. */
function addOldBackups(folder: string): void {
  const data = path.join(folder, 'data')
  mkdirSync(path.join(data, 'backups'))
  for (const day of ['20', '21', '22']) {
    copyFileSync(path.join(data, 'store.db'), path.join(data, `backups/202611${day}080000-import.db`))
    copyFileSync(path.join(data, 'keyring.json'), path.join(data, `backups/202611${day}080000-import.keyring.json`))
  }
}

async function checkImport(folder: string, states: readonly string[], file: string, wasAnswered: boolean): Promise<void> {
  const state = states.indexOf(await wholeDump(folder))
  expect(state).toBeGreaterThanOrEqual(wasAnswered ? 1 : 0)
  const olderBackups = dataFiles(folder).filter((f) => /backups\/2026112[012].*\.db$/.test(f)).length
  const backups = await backupDumps(folder)
  expect(Object.values(backups).every((b) => b === states[0])).toBe(true)
  if (state === 1) expect(Object.keys(backups)).toContain('20261124080000-import.db')
  if (olderBackups > 0) expect(Object.keys(backups).length).toBeGreaterThanOrEqual(3)
  const desk = await startAgain(folder)
  const preview = await desk.ask('sync.preview', { file: desk.token(file), job: 'p' })
  if (preview.ok) await desk.get('sync.import', { previewId: preview.value.previewId, job: 'i' })
  else expect([preview.error.code, state]).toEqual(['sync-already-imported', 1])
  expect(await names(desk)).toEqual(['Ŋgono Ɓello Aïssatou', 'Ŋgono Ɓello Oumarou'])
  await closed(desk)
  expectTidy(folder)
}

const copiesOfKeyring = (folder: string): readonly string[] =>
  ['keyring.json', 'keyring.copy.json'].map((f) => readFileSync(path.join(folder, 'data', f), 'utf8'))
