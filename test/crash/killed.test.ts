import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
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

const node = path.resolve(import.meta.dirname, '../../node_modules/.bin/node')
const victim = path.join(import.meta.dirname, 'victim.ts')
const all = { text: '', sector: null, pcode: null, after: null, limit: 1 }
const rowsInFile = 3000
const people = 8
/** Processes at a time. */
const lanes = 2

/** Compiled once for all victims. */
const { NODE_DISABLE_COMPILE_CACHE: _off, ...inherited } = process.env
const cache = mkdtempSync(path.join(tmpdir(), 'passerelle-victim-'))
const env = { ...inherited, NODE_COMPILE_CACHE: cache }
/** Pieces of the people whom these tests receive (open-test-centre.ts). */
const marked = ['Ŋgono', 'Ɓello', 'Aïssatou', '600000042', '600000043']
afterAll(() => rmSync(cache, { recursive: true }))

/**
 * Runs the victim over a folder and kills it once `when` is true of what it printed; resolves to what it printed.
 *
 * Its temporary folder lies in there too, and nobody may be readable in any byte of what it left (S36).
 */
async function killedWhen(folder: string, args: readonly string[], when: (printed: string) => boolean): Promise<string> {
  const temporary = path.join(folder, 'temporary')
  mkdirSync(temporary, { recursive: true })
  const printed = await run([folder, testLogin, testPassword, ...args], { ...env, TMPDIR: temporary }, when)
  expect(readableIn(folder, marked)).toEqual([])
  return printed
}

function run(args: readonly string[], environment: NodeJS.ProcessEnv, when: (printed: string) => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, ['--disable-warning=ExperimentalWarning', victim, ...args], { env: environment })
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

describe('a killed process', { timeout: 300_000 }, () => {
  it('leaves the directory as before or as after an import, whole, and an audit that verifies', async () => {
    let desk = await openTestCentre()
    await addCase(desk)
    const csv = path.join(desk.folder, 'directory.csv')
    const rows = Array.from({ length: rowsInFile }, (_, i) => `${i},Service ${i},S10,CM004005002`)
    writeFileSync(csv, ['id,name_fr,sector_codes,arrondissement_pcode', ...rows].join('\n'))
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
      await killedWhen(desk.folder, [csv], moment)
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

  it('S36 leaves a desk as before or as after a sync file, whole; nobody is readable; the file can be taken in again', async () => {
    const { mora, buea } = await openTwoCentres()
    await addDirectory(mora)
    for (let i = 0; i < people; i += 1) await addIssuedReferral(mora, await addCase(mora))
    const file = path.join(mora.folder, 'PSRL-aaaaaaaa.age')
    const { device } = await buea.get('sync.ownCard', {})
    await mora.get('sync.export', { device, file: mora.token(file), job: 'export' })
    expect(readableIn(mora.folder, marked)).toEqual([])
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
      await killedWhen(desk.folder, [file], moment)
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

  it.each([
    ['cases.create', () => ({ consent: fullConsent })],
    ['cases.saveAnswers', (caseId: string) => ({ caseId, answers: { family_name: 'Ɓello', phone: '+237600000043' } })],
  ] as const)('I7 before any writing statement of %s leaves the desk as it was, and after it whole', async (name, inputOf) => {
    const desk = await openTestCentre()
    const input = JSON.stringify(inputOf(await addCase(desk)))
    await desk.centre.close()
    /** What the database holds after the call was given up before its n-th write, 0 for never; a desk then starts there and verifies. */
    const givenUpAt = async (n: number): Promise<{ readonly printed: string; readonly dump: string }> => {
      const folder = tempFolder()
      cpSync(path.join(desk.folder, 'data'), path.join(folder, 'data'), { recursive: true })
      const printed = await killedWhen(folder, ['call', String(n), name, input], () => false)
      const db = await openDatabaseCopy({ folder })
      const dump = canonicalDump(db)
      expect(db.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }])
      expect(db.pragma('foreign_key_check')).toEqual([])
      db.close()
      const again = await openTestCentre({ folder, setup: 'none' })
      await again.get('security.unlock', { login: testLogin, password: testPassword })
      expect((await again.get('audit.verify', {})).brokenAt).toBeNull()
      expect(readdirSync(path.join(folder, 'data')).filter((f) => f.endsWith('.part'))).toEqual([])
      await again.centre.close()
      return { printed, dump }
    }
    const whole = await givenUpAt(0)
    const writes = Number(/answered (\d+)/.exec(whole.printed)?.[1])
    expect(writes).toBeGreaterThan(6)
    const before = await databaseDump(desk)
    expect(whole.dump).not.toBe(before)
    const found: string[] = []
    const lane = async (from: number) => {
      for (let n = from; n <= writes; n += lanes) {
        const { printed, dump } = await givenUpAt(n)
        expect(printed).toBe('')
        found[n - 1] = dump === before ? 'before' : dump === whole.dump ? 'after' : 'between'
      }
    }
    await Promise.all(Array.from({ length: lanes }, (_, i) => lane(i + 1)))
    expect(found).toEqual(Array.from({ length: writes }, () => 'before'))
  })
})
