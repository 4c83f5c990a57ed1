import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCopyFile } from '#main/centre/features/backups/copy-file.ts'
import { addCase, openTestCentre } from '#test/support/open-test-centre.ts'
import { backupDumps, closed, dataFiles, startAgain, wholeDump } from './after-death.ts'
import { buildVictims, killAtEveryOperation, onceOfEachKind, undisturbed, unlock, type VictimJob } from './victims.ts'

buildVictims()

/** Fails unless the file is a whole copy. */
async function readWhole(file: string): Promise<void> {
  const bytes = new Uint8Array(readFileSync(file))
  async function* pieces() {
    yield bytes
  }
  const copy = await readCopyFile(pieces(), bytes.length)
  for await (const piece of copy.database) expect(piece.length).toBeGreaterThan(0)
}

describe('killed at every operation', { timeout: 400_000 }, () => {
  it('I2 a copy is there and whole, or there is none; the desk is as before', async () => {
    const open = await openTestCentre()
    await addCase(open)
    const desk = await closed(open)
    const job: Omit<VictimJob, 'folder'> = { calls: [unlock, ['backups.make', { job: 'j' }]], armAt: 1 }
    const after = await undisturbed(desk, job)
    const seen = new Set<string>()
    await killAtEveryOperation(
      desk,
      () => job,
      async (folder, { answered }) => {
        const isTold = (await wholeDump(folder)) === after
        const copies = Object.values(await backupDumps(folder))
        // the copy counts before the desk says that there is one, never after
        if (answered.length === 2 || isTold) expect(copies).toHaveLength(1)
        seen.add(`${copies.length} ${isTold}`)
        await closed(await startAgain(folder))
      },
    )
    expect([...seen].toSorted()).toEqual(['0 false', '1 false', '1 true'])
  })

  it('S41 on the stick lies the older copy or the new one, whole; what was left is gone after the next start', async () => {
    const open = await openTestCentre()
    await addCase(open)
    const target = path.join(open.folder, 'stick.psrlcopy')
    await open.get('backups.copyOut', { file: open.token(target), job: 'j' })
    await addCase(open)
    const desk = await closed(open)
    const older = readFileSync(target)
    const onceOfEach = onceOfEachKind()
    const seen = new Set<string>()
    await killAtEveryOperation(
      desk,
      (folder) => ({
        calls: [unlock, ['backups.copyOut', { file: `file:${path.join(folder, 'stick.psrlcopy')}`, job: 'j' }]],
        armAt: 1,
      }),
      async (folder, { answered }) => {
        const stick = path.join(folder, 'stick.psrlcopy')
        const isNew = !readFileSync(stick).equals(older)
        if (answered.length === 2) expect(isNew).toBe(true)
        seen.add(isNew ? 'new' : 'older')
        await onceOfEach([isNew, existsSync(`${stick}.part`), dataFiles(folder)], async () => {
          await readWhole(stick)
          await closed(await startAgain(folder))
          expect(existsSync(`${stick}.part`)).toBe(false)
        })
      },
    )
    expect([...seen].toSorted()).toEqual(['new', 'older'])
  })

  it('I2 S41 in the remembered folder every named file is whole; what was left half or too many goes, a foreign file stays', async () => {
    const open = await openTestCentre()
    const stick = path.join(open.folder, 'stick')
    mkdirSync(stick)
    writeFileSync(path.join(stick, 'PSRL-aaaaaaaa.psrlcopy'), 'not ours')
    await open.get('backups.chooseFolder', { file: open.token(stick) })
    for (let i = 0; i < 4; i += 1) await open.get('backups.make', { job: 'j' })
    const desk = await closed(open)
    const before = readdirSync(stick)
    const onceOfEach = onceOfEachKind()
    const seen = new Set<number>()
    await killAtEveryOperation(
      desk,
      (folder) => {
        // the folder is remembered by its path
        writeFileSync(
          path.join(folder, 'data/outside-folder.json'),
          JSON.stringify({ path: path.join(folder, 'stick'), otherDisk: false }),
        )
        return { calls: [unlock, ['backups.make', { job: 'j' }]], armAt: 1 }
      },
      async (folder) => {
        const there = path.join(folder, 'stick')
        const names = readdirSync(there)
        const whole = names.filter((n) => n.endsWith('.psrlcopy') && n !== 'PSRL-aaaaaaaa.psrlcopy')
        const added = whole.filter((n) => !before.includes(n)).length
        expect(names).toContain('PSRL-aaaaaaaa.psrlcopy')
        // never fewer good ones than stay in the end
        expect(whole.length).toBeGreaterThanOrEqual(3)
        seen.add(added)
        await onceOfEach([added, whole.length, names.length, dataFiles(folder)], async () => {
          for (const name of whole) await readWhole(path.join(there, name))
          const again = await startAgain(folder)
          expect(readdirSync(there).filter((n) => n.endsWith('.part'))).toEqual([])
          expect((await again.get('backups.make', { job: 'j' })).inFolder).toBe('written')
          await closed(again)
          const after = readdirSync(there)
          expect(after.filter((n) => !n.endsWith('.psrlcopy'))).toEqual([])
          expect(readFileSync(path.join(there, 'PSRL-aaaaaaaa.psrlcopy'), 'utf8')).toBe('not ours')
          // the same day: the newest three, and the one that was just made is among them
          expect(after).toHaveLength(1 + 3)
          for (const name of after) if (name !== 'PSRL-aaaaaaaa.psrlcopy') await readWhole(path.join(there, name))
        })
      },
    )
    expect([...seen].toSorted()).toEqual([0, 1])
  })
})
