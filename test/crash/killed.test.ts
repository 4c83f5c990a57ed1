import { cpSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { canonicalDump, databaseDump, openDatabaseCopy } from '#test/support/database-dump.ts'
import {
  addCase,
  addDirectory,
  addIssuedReferral,
  fullConsent,
  openTestCentre,
  openTwoCentres,
  testLogin,
  testPassword,
} from '#test/support/open-test-centre.ts'
import { readableIn } from '#tools/demo/readable-in.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { expectTidy } from './after-death.ts'
import { buildVictims, runVictim, unlock, type Death, type VictimJob } from './victims.ts'

buildVictims()

const all = { text: '', sector: null, pcode: null, after: null, limit: 1 }
const rowsInFile = 3000
const people = 8
/** Processes at a time. */
const lanes = 2

/** Pieces of the people whom these tests receive (open-test-centre.ts). */
const marked = ['Ŋgono', 'Ɓello', 'Aïssatou', '600000042', '600000043']

/** Runs the victim and kills it once `when` is true of what it printed; nobody may be readable in any byte of what it left (S36). */
async function killedWhen(job: VictimJob, when?: (printed: string) => boolean): Promise<Death> {
  const death = await runVictim(job, when)
  expect(readableIn(job.folder, marked)).toEqual([])
  return death
}

describe('a process killed from outside or within a save', { timeout: 300_000 }, () => {
  it('H38 leaves the directory as before or as after an import, whole, and an audit that verifies', async () => {
    let desk = await openTestCentre()
    await addCase(desk)
    const csv = path.join(desk.folder, 'directory.csv')
    const rows = Array.from({ length: rowsInFile }, (_, i) => `${i},Service ${i},S10,CM004005002`)
    writeFileSync(csv, ['id,name_fr,sector_codes,arrondissement_pcode', ...rows].join('\n'))
    const calls = [
      unlock,
      ['directory.previewCsv', { file: `file:${csv}`, job: 'preview' }],
      ['directory.importCsv', { previewId: 'answer:previewId', job: 'import' }],
    ] as const
    const moments = [
      (printed: string) => printed.includes('answered directory.previewCsv'),
      (printed: string) => printed.includes('"import"'),
      (printed: string) => printed.split('"import"').length > 2,
      (printed: string) => printed.includes(`"done":${rowsInFile}`),
      (printed: string) => printed.includes('answered directory.importCsv'),
    ]
    const seen: number[] = []
    for (const moment of moments) {
      await desk.centre.close()
      await killedWhen({ folder: desk.folder, calls }, moment)
      desk = await desk.restart()
      await desk.get('security.unlock', { login: testLogin, password: testPassword })
      const { total } = await desk.get('directory.search', all)
      expect([0, rowsInFile]).toContain(total)
      seen.push(total)
      expect((await desk.get('audit.verify', {})).brokenAt).toBeNull()
      expectTidy(desk.folder)
    }
    expect([seen[0], seen.at(-1)]).toEqual([0, rowsInFile])
  })

  it('S36 H38 leaves a desk as before or as after a sync file, whole; nobody is readable; the file can be taken in again', async () => {
    const { mora, buea } = await openTwoCentres()
    await addDirectory(mora)
    for (let i = 0; i < people; i += 1) await addIssuedReferral(mora, await addCase(mora))
    const file = path.join(mora.folder, 'PSRL-aaaaaaaa.age')
    const { device } = await buea.get('sync.ownCard', {})
    await mora.get('sync.export', { device, file: mora.token(file), job: 'export' })
    expect(readableIn(mora.folder, marked)).toEqual([])
    const calls = [
      unlock,
      ['sync.preview', { file: `file:${file}`, job: 'preview' }],
      ['sync.import', { previewId: 'answer:previewId', job: 'import' }],
    ] as const
    const moments = [
      (printed: string) => printed.includes('answered sync.preview'),
      (printed: string) => printed.includes('"import"'),
      (printed: string) => /"job":"import","done":(\d+),"total":\1\b/.test(printed),
      (printed: string) => printed.includes('answered sync.import'),
    ]
    let desk = buea
    const seen: number[] = []
    for (const moment of moments) {
      await desk.centre.close()
      if (seen.includes(people)) break
      await killedWhen({ folder: desk.folder, calls }, moment)
      desk = await desk.restart()
      await desk.get('security.unlock', { login: testLogin, password: testPassword })
      const cases = await desk.get('cases.list', { text: '', after: null, limit: 50 })
      const referrals = await desk.get('referrals.list', { caseId: null, show: 'all', after: null, limit: 50 })
      expect([`0 0`, `${people} ${people}`]).toContain(`${cases.rows.length} ${referrals.rows.length}`)
      seen.push(cases.rows.length)
      expect((await desk.get('audit.verify', {})).brokenAt).toBeNull()
      expectTidy(desk.folder)
    }
    expect([seen[0], seen.at(-1)]).toEqual([0, people])
  })

  it.each([
    ['cases.create', () => ({ consent: fullConsent })],
    ['cases.saveAnswers', (caseId: string) => ({ caseId, answers: { family_name: 'Ɓello', phone: '+237600000043' } })],
  ] as const)('I7 before any writing statement of %s leaves the desk as it was, and after it whole', async (name, inputOf) => {
    const desk = await openTestCentre()
    const calls = [unlock, [name, inputOf(await addCase(desk))]] as const
    await desk.centre.close()
    /** What the database holds after the call was given up before its n-th write, 0 for never; a desk then starts there and verifies. */
    const givenUpAt = async (n: number): Promise<Death & { readonly dump: string }> => {
      const folder = tempFolder()
      cpSync(path.join(desk.folder, 'data'), path.join(folder, 'data'), { recursive: true })
      const death = await killedWhen({ folder, calls, armAt: 1, killAt: n, countsStatements: true })
      const db = await openDatabaseCopy({ folder })
      const dump = canonicalDump(db)
      expect(db.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }])
      expect(db.pragma('foreign_key_check')).toEqual([])
      db.close()
      const again = await openTestCentre({ folder, setup: 'none' })
      await again.get('security.unlock', { login: testLogin, password: testPassword })
      expect((await again.get('audit.verify', {})).brokenAt).toBeNull()
      expectTidy(folder)
      await again.centre.close()
      return { ...death, dump }
    }
    const whole = await givenUpAt(0)
    const writes = whole.operations
    expect(writes).toBeGreaterThan(6)
    const before = await databaseDump(desk)
    expect(whole.dump).not.toBe(before)
    const found: string[] = []
    const lane = async (from: number) => {
      for (let n = from; n <= writes; n += lanes) {
        const { killed, answered, dump } = await givenUpAt(n)
        expect([killed, answered]).toEqual([true, ['security.unlock']])
        found[n - 1] = dump === before ? 'before' : dump === whole.dump ? 'after' : 'between'
      }
    }
    await Promise.all(Array.from({ length: lanes }, (_, i) => lane(i + 1)))
    expect(found).toEqual(Array.from({ length: writes }, () => 'before'))
  })
})
