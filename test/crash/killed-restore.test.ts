import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCopyFile } from '#main/centre/features/backups/copy-file.ts'
import { decideRestore } from '#main/centre/features/security/restore-swap.ts'
import { named, namesAt, signIn, supervisor } from '#test/support/copies.ts'
import { addCase, openTestCentre } from '#test/support/open-test-centre.ts'
import { layOut, wrecksOf } from '#test/support/power-loss-disk.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { backupDumps, closed, dataFiles, expectTidy, wholeDump } from './after-death.ts'
import { buildVictims, killAtEveryOperation, onceOfEachKind, type VictimJob } from './victims.ts'

buildVictims()

const vaultOf = (folder: string) => readFileSync(path.join(folder, 'data/vault.db'))
/** The vault in the copy outside, which stands before the database and its sum. */
async function vaultInCopy(folder: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(readFileSync(path.join(folder, 'copy.psrlcopy')))
  async function* pieces() {
    yield bytes
  }
  return (await readCopyFile(pieces(), bytes.length)).vault
}

/** A desk with one copy outside, and a case more than that. */
async function deskWithCopy(): Promise<{ folder: string }> {
  const desk = await openTestCentre()
  await addCase(desk, named('Kept'))
  const file = desk.token(path.join(desk.folder, 'copy.psrlcopy'))
  await desk.get('backups.copyOut', { file, job: 'j' })
  await addCase(desk, named('Later'))
  return closed(desk)
}

const restoring = (folder: string): VictimJob['calls'] => [
  [
    'backups.prepareRestore',
    { source: { kind: 'file', file: `file:${path.join(folder, 'copy.psrlcopy')}` }, key: supervisor, job: 'j' },
  ],
  ['backups.restore', { siteName: 'Mora' }],
]

/** Which desk a start finds: nothing yet, the old one or the restored one, whole; fails unless it can be worked on and nothing lies about. */
async function foundAt(folder: string, copied: Uint8Array): Promise<string> {
  const desk = await openTestCentre({ folder, seed: 5000, setup: 'none' })
  if ((await desk.get('security.status', {})).phase === 'first-run') {
    await desk.centre.close()
    expectTidy(folder)
    return 'nothing'
  }
  const hasCopysVault = vaultOf(folder).equals(copied)
  await signIn(desk)
  const names = (await namesAt(desk)).join()
  expect(hasCopysVault).toBe(names === 'Kept A')
  expect((await desk.get('audit.verify', {})).brokenAt).toBeNull()
  const renewed = (await desk.get('sync.centres', {})).renewed?.reason
  expect(renewed).toBe(names === 'Kept A' ? 'restore' : undefined)
  await desk.centre.close()
  expectTidy(folder)
  await wholeDump(folder)
  await backupDumps(folder)
  return names
}

describe('killed at every operation', { timeout: 400_000 }, () => {
  it('I2 a restore leaves the desk of before or the restored one; once answered, the restored one, and the other aside', async () => {
    const desk = await deskWithCopy()
    const seen = new Set<string>()
    const onceOfEach = onceOfEachKind()
    await killAtEveryOperation(
      desk,
      (folder) => ({ calls: restoring(folder), armAt: 0 }),
      async (folder, { answered }) => {
        await onceOfEach([dataFiles(folder), answered], async () => {
          const found = await foundAt(folder, await vaultInCopy(folder))
          if (answered.length === 2) expect(found).toBe('Kept A')
          const aside = Object.keys(await backupDumps(folder)).filter((name) => name.endsWith('-aside.db'))
          expect(aside).toHaveLength(found === 'Kept A' ? 1 : 0)
          seen.add(found)
        })
      },
    )
    expect([...seen].toSorted()).toEqual(['Kept A', 'Kept A,Later A'])
  })

  it('I2 the start that finishes a restore may be killed as well', async () => {
    const desk = await deskWithCopy()
    const decided = await openTestCentre({ folder: desk.folder, seed: 77, setup: 'none' })
    const source = { kind: 'file' as const, file: decided.token(path.join(desk.folder, 'copy.psrlcopy')) }
    await decided.get('backups.prepareRestore', { source, key: supervisor, job: 'j' })
    decideRestore(decided.files, decided.ports.clock.now())
    await decided.centre.close()
    const seen = new Set<string>()
    await killAtEveryOperation(
      desk,
      () => ({ calls: [['security.status', {}]], armsAtStart: true }),
      async (folder) => void seen.add(await foundAt(folder, await vaultInCopy(folder))),
    )
    expect([...seen]).toEqual(['Kept A'])
  })
})

describe('a pulled plug, on a disk that keeps only what it was told to keep', { timeout: 300_000 }, () => {
  it('I2 leaves the desk of before or the restored one; on an empty PC nothing or the restored one; once answered, the restored one', async () => {
    const desk = await deskWithCopy()
    const copy = path.join(desk.folder, 'copy.psrlcopy')
    const empty = { folder: tempFolder() }
    for (const { folder, before } of [
      { folder: desk.folder, before: 'Kept A,Later A' },
      { folder: empty.folder, before: 'nothing' },
    ]) {
      const open = await openTestCentre({ folder, seed: 77, setup: 'none' })
      const source = { kind: 'file' as const, file: open.token(copy) }
      const matters = (name: string) => /^data\/(?:store|keyring|vault|restor|backups)/.test(name)
      await open.get('backups.prepareRestore', { source, key: supervisor, job: 'j' })
      const wrecks = await wrecksOf(folder, matters, async () => void (await open.get('backups.restore', { siteName: 'Mora' })))
      await open.centre.close()
      const seen = new Set<string>()
      for (const { image, acknowledged } of wrecks) {
        const wreck = tempFolder()
        layOut(image, wreck)
        const found = await foundAt(wreck, await vaultInCopy(desk.folder))
        if (acknowledged) expect(found).toBe('Kept A')
        seen.add(found)
        rmSync(wreck, { recursive: true })
      }
      expect([...seen].toSorted()).toEqual(['Kept A', before].toSorted())
    }
  })
})
