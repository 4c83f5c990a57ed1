import { spawn } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
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

const node = path.resolve(import.meta.dirname, '../../node_modules/.bin/node')
const victim = path.join(import.meta.dirname, 'victim.ts')
const all = { text: '', sector: null, pcode: null, after: null, limit: 1 }
const rowsInFile = 3000
const people = 8

/** Runs the victim and kills it once `when` is true of what it printed; resolves to what it printed. */
function killedWhen(args: readonly string[], when: (printed: string) => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, ['--disable-warning=ExperimentalWarning', victim, ...args])
    let printed = ''
    let complained = ''
    child.stderr.on('data', (d) => (complained += String(d)))
    child.stdout.on('data', (d) => {
      printed += String(d)
      if (when(printed)) child.kill('SIGKILL')
    })
    child.on('exit', (code) => (code === null || code === 0 ? resolve(printed) : reject(new Error(complained))))
  })
}

describe('a killed process', () => {
  it('leaves the directory as before or as after an import, whole, and an audit that verifies', async () => {
    let desk = await openTestCentre()
    const csv = path.join(desk.folder, 'directory.csv')
    const rows = Array.from({ length: rowsInFile }, (_, i) => `${i},Service ${i},S10,CM004005002`)
    writeFileSync(csv, ['id,name_fr,sector_codes,arrondissement_pcode', ...rows].join('\n'))
    const args = [desk.folder, testLogin, testPassword, csv]
    const moments = [
      (printed: string) => printed.includes('previewed'),
      (printed: string) => printed.includes('"import"'),
      (printed: string) => printed.split('"import"').length > 2,
      (printed: string) => printed.includes(`"done":${rowsInFile}`),
      (printed: string) => printed.includes('imported'),
    ]
    const seen: number[] = []
    for (const moment of moments) {
      await desk.centre.close()
      await killedWhen(args, moment)
      desk = await desk.restart()
      await desk.get('security.unlock', { login: testLogin, password: testPassword })
      const { total } = await desk.get('directory.search', all)
      expect([0, rowsInFile]).toContain(total)
      seen.push(total)
      expect((await desk.get('audit.verify', {})).brokenAt).toBeNull()
      expect(readdirSync(path.join(desk.folder, 'data'), { recursive: true }).filter((f) => String(f).endsWith('.part'))).toEqual(
        [],
      )
    }
    expect([seen[0], seen.at(-1)]).toEqual([0, rowsInFile])
  })

  it('leaves a desk as before or as after a sync file, whole; the file can be taken in again', async () => {
    const { mora, buea } = await openTwoCentres()
    await addDirectory(mora)
    for (let i = 0; i < people; i += 1) await addIssuedReferral(mora, await addCase(mora))
    const file = path.join(mora.folder, 'PSRL-aaaaaaaa.age')
    const { device } = await buea.get('sync.ownCard', {})
    await mora.get('sync.export', { device, file: mora.token(file), job: 'export' })
    const moments = [
      (printed: string) => printed.includes('previewed'),
      (printed: string) => printed.includes('"import"'),
      (printed: string) => /"job":"import","done":(\d+),"total":\1\b/.test(printed),
      (printed: string) => printed.includes('imported'),
    ]
    let desk = buea
    const seen: number[] = []
    for (const moment of moments) {
      await desk.centre.close()
      if (seen.includes(people)) break
      await killedWhen([desk.folder, testLogin, testPassword, file], moment)
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
