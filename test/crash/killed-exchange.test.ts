import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { databaseDump } from '#test/support/database-dump.ts'
import {
  addCase,
  fullConsent,
  fullIdentity,
  openTestCentre,
  openTwoCentres,
  testLogin,
  testPassword,
  type TestCentre,
} from '#test/support/open-test-centre.ts'
import { auditActions, backupDumps, closed, dataFiles, distinct, expectTidy, startAgain, wholeDump } from './after-death.ts'
import {
  buildVictims,
  copyOf,
  killAtEveryOperation,
  onceOfEachKind,
  runVictim,
  undisturbed,
  unlock,
  type VictimJob,
} from './victims.ts'

buildVictims()

type Calls = VictimJob['calls']

async function names(desk: TestCentre): Promise<readonly string[]> {
  const { rows } = await desk.get('cases.list', { text: '', after: null, limit: 50 })
  return rows.map((r) => r.name).toSorted()
}

describe('killed at every operation', { timeout: 400_000 }, () => {
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
    const savedBefore = (await auditActions(desk.folder)).length
    const deaths = await killAtEveryOperation(
      desk,
      () => ({ calls, armAt: 1 }),
      async (folder, { answered }) => {
        const state = states.indexOf(await wholeDump(folder))
        const done = answered.length - 1
        // one more than was answered at most: killed between the commit and the answer
        expect([done, Math.min(done + 1, 2)]).toContain(state)
        const saved = (await auditActions(folder)).slice(savedBefore).filter((action) => action.startsWith('cases.'))
        expect(saved).toHaveLength(state)
        await closed(await startAgain(folder))
      },
    )
    // two saves, the lock's own event, the closing
    expect(deaths).toBeGreaterThan(3)
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
    const onceOfEach = onceOfEachKind()
    await killAtEveryOperation(
      mora,
      (copy) => ({ calls: calls(copy), armAt: 1 }),
      async (copy, { answered }) => {
        const state = states.indexOf(await wholeDump(copy))
        const isThere = existsSync(stick(copy))
        expect(state).toBeGreaterThanOrEqual(answered.includes('sync.export') ? 2 : 0)
        // a file that lies there holds no entry that its sender does not; one that its sender remembers lies there
        expect(isThere ? [1, 2] : [0, 1]).toContain(state)
        const desk = await startAgain(copy)
        await onceOfEach([state, isThere], () => livesOn(desk, buea, device, isThere ? [stick(copy)] : []))
        seen.add(`${state} ${isThere}`)
        await closed(desk)
      },
    )
    expect([...seen].toSorted()).toEqual(['0 false', '1 false', '1 true', '2 true'])
  })

  it('I9 H38 import: as before or as after, the backup whole, no copy of the file left; it can be taken in again', async () => {
    const { buea, file } = await fileForBuea()
    addOldBackups(buea.folder)
    const onceOfEach = onceOfEachKind()
    const calls: Calls = [
      unlock,
      ['sync.preview', { file: `file:${file}`, job: 'p' }],
      ['sync.import', { previewId: 'answer:previewId', job: 'i' }],
    ]
    const states = distinct(await wholeDump(buea.folder), await undisturbed(buea, { calls }))
    await killAtEveryOperation(
      buea,
      () => ({ calls, armAt: 1 }),
      async (folder, { answered }) => {
        const state = await stateAfterImport(folder, states)
        expect(state).toBeGreaterThanOrEqual(answered.includes('sync.import') ? 1 : 0)
        const kind = [state, dataFiles(folder)]
        const desk = await startAgain(folder)
        await onceOfEach(kind, () => takenInAgain(desk, file, state))
        await closed(desk)
        expectTidy(folder)
      },
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
    const halfMade = 'backups/000001-20261124-import.db.part-journal'
    let seen = false
    for (let tries = 0; tries < 20 && !seen; tries += 1) {
      const folder = copyOf(buea)
      await runVictim({ folder, calls, armAt: 2, killOnceThereIs: path.join(folder, 'data', halfMade) })
      seen = dataFiles(folder).includes(halfMade)
      await stateAfterImport(folder, states)
      await closed(await startAgain(folder))
    }
    expect(seen).toBe(true)
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

const oldBackups = ['000001-20261120-import', '000002-20261121-import', '000003-20261122-import']

/** As many backups as are kept, so that the next one removes the oldest. */
function addOldBackups(folder: string): void {
  const data = path.join(folder, 'data')
  mkdirSync(path.join(data, 'backups'))
  for (const name of oldBackups) {
    copyFileSync(path.join(data, 'store.db'), path.join(data, `backups/${name}.db`))
    copyFileSync(path.join(data, 'keyring.json'), path.join(data, `backups/${name}.keyring.json`))
  }
}

/** 0 for before an import, 1 for after it; fails if it is neither, or if a backup is missing or not whole. */
async function stateAfterImport(folder: string, states: readonly string[]): Promise<number> {
  const state = states.indexOf(await wholeDump(folder))
  expect([0, 1]).toContain(state)
  expect((await auditActions(folder)).filter((action) => action === 'sync.import')).toHaveLength(state)
  const backups = await backupDumps(folder)
  expect(Object.values(backups).every((b) => b === states[0])).toBe(true)
  if (state === 1) expect(Object.keys(backups).some((name) => name.endsWith('-20261124-import.db'))).toBe(true)
  // the oldest goes only once the newest is there
  if (`${oldBackups.at(-1)}.db` in backups) expect(Object.keys(backups).length).toBeGreaterThanOrEqual(3)
  return state
}

async function takenInAgain(desk: TestCentre, file: string, state: number): Promise<void> {
  const preview = await desk.ask('sync.preview', { file: desk.token(file), job: 'p' })
  if (preview.ok) await desk.get('sync.import', { previewId: preview.value.previewId, job: 'i' })
  else expect([preview.error.code, state]).toEqual(['sync-already-imported', 1])
  expect(await names(desk)).toEqual(['Ŋgono Ɓello Aïssatou', 'Ŋgono Ɓello Oumarou'])
}
