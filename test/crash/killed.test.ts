import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  addCase,
  addDirectory,
  addIssuedReferral,
  openTestCentre,
  openTwoCentres,
  testLogin,
  testPassword,
} from '#test/support/open-test-centre.ts'
import { expectTidy } from './after-death.ts'
import { buildVictims, runVictim, unlock } from './victims.ts'

buildVictims()

const all = { text: '', sector: null, pcode: null, after: null, limit: 1 }
const rowsInFile = 3000
const people = 8

describe('a process killed from outside', { timeout: 300_000 }, () => {
  it('H38 leaves the directory as before or as after an import, whole, and an audit that verifies', async () => {
    let desk = await openTestCentre()
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
      await runVictim({ folder: desk.folder, calls }, moment)
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

  it('H38 leaves a desk as before or as after a sync file, whole; the file can be taken in again', async () => {
    const { mora, buea } = await openTwoCentres()
    await addDirectory(mora)
    for (let i = 0; i < people; i += 1) await addIssuedReferral(mora, await addCase(mora))
    const file = path.join(mora.folder, 'PSRL-aaaaaaaa.age')
    const { device } = await buea.get('sync.ownCard', {})
    await mora.get('sync.export', { device, file: mora.token(file), job: 'export' })
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
      await runVictim({ folder: desk.folder, calls }, moment)
      desk = await desk.restart()
      await desk.get('security.unlock', { login: testLogin, password: testPassword })
      const cases = await desk.get('cases.list', { text: '', after: null, limit: 50 })
      const referrals = await desk.get('referrals.list', { caseId: null, show: 'all', after: null, limit: 50 })
      expect([`0 0`, `${people} ${people}`]).toContain(`${cases.rows.length} ${referrals.rows.length}`)
      seen.push(cases.rows.length)
      expect((await desk.get('audit.verify', {})).brokenAt).toBeNull()
    }
    expect([seen[0], seen.at(-1)]).toEqual([0, people])
  })
})
