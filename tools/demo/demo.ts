// The whole job, headless: in French at Mora, in English at Buea. Leaves the slip, the file, a picture of every step and summary.json.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { answerDialogs, launchDesk, type DeskApp } from '../../test/e2e/app.ts'
import { ensureBrowser } from '../browser/ensure-browser.ts'
import { bueaUser, card, consent, markers, moraUser } from './demo-people.ts'
import { demoSteps, filesBelow } from './demo-steps.ts'
import { deskDriver, filled } from './desk-driver.ts'
import { readableIn } from './readable-in.ts'

const stepsExpected = 25
const root = path.resolve(import.meta.dirname, '../..')
const outAt = process.argv.indexOf('--out')
const out = path.resolve(outAt >= 0 ? (process.argv[outAt + 1] ?? 'demo-output') : 'demo-output')
fs.rmSync(out, { recursive: true, force: true })
fs.mkdirSync(out, { recursive: true })
process.env.PASSERELLE_BROWSER = ensureBrowser()
const built = spawnSync(
  process.execPath,
  [path.join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn'],
  { cwd: root, stdio: 'inherit' },
)
if (built.status !== 0) process.exit(1)

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'passerelle-demo-'))
const stick = path.join(scratch, 'stick')
fs.mkdirSync(stick)
const { step, write } = demoSteps(out)
const started = performance.now()
const desks: DeskApp[] = []
const launch = async (name: string): Promise<DeskApp> => {
  const desk = await launchDesk(path.join(scratch, name))
  await desk.page.setViewportSize({ width: 1366, height: 768 })
  desks.push(desk)
  return desk
}
const check = (condition: boolean, what: string) => {
  if (!condition) throw new Error(what)
}

try {
  const mora = await launch('mora')
  const m = deskDriver(mora.page, 'fr')
  const moraCode = await step(mora.page, 'mora-recovery-code', () => m.beginFirstRun(moraUser))
  await step(mora.page, 'mora-first-run-done', () => m.endFirstRun(moraCode))
  await step(mora.page, 'mora-directory-imported', async () => {
    await m.goTo('directory')
    await answerDialogs(mora.app, path.join(root, 'resources/training/services.csv'))
    await m.importDirectory()
  })
  await step(mora.page, 'mora-consent-and-case', async () => {
    await m.goTo('cases')
    await m.openCase(consent)
  })
  await step(mora.page, 'mora-quick-card', () => m.fillCard(card))
  await step(mora.page, 'mora-referral-prepared', () => m.prepareReferral('S10', m.t.referrals.priorities.normal, 'formation'))
  await step(mora.page, 'mora-referral-consent', () =>
    m.consentToReferral([m.t.referrals.itemNames.name, m.t.referrals.itemNames.need]),
  )
  const code = await step(mora.page, 'mora-slip-ready', () => m.issue())
  await step(mora.page, 'mora-slip-saved', async () => {
    await answerDialogs(mora.app, path.join(out, 'slip.pdf'))
    await m.saveSlip()
    const pdf = fs.readFileSync(path.join(out, 'slip.pdf'))
    check(pdf.subarray(0, 5).toString() === '%PDF-' && pdf.length > 5000, 'a slip in PDF')
    check(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$/.test(code), 'a referral code')
  })
  await step(mora.page, 'mora-referral-accepted', () => m.tell('accepted', 'provider'))
  await step(mora.page, 'mora-referral-served', () => m.tell('served', 'provider'))

  const buea = await launch('buea')
  const b = deskDriver(buea.page, 'en')
  const bueaCode = await step(buea.page, 'buea-recovery-code', () => b.beginFirstRun(bueaUser))
  await step(buea.page, 'buea-first-run-done', () => b.endFirstRun(bueaCode))
  const moraWords = await step(mora.page, 'mora-card-saved', async () => {
    await m.goTo('sync')
    await answerDialogs(mora.app, path.join(stick, 'mora.psrlcard'))
    return m.saveOwnCard()
  })
  const bueaWords = await step(buea.page, 'buea-card-saved', async () => {
    await b.goTo('sync')
    await answerDialogs(buea.app, path.join(stick, 'buea.psrlcard'))
    return b.saveOwnCard()
  })
  await step(mora.page, 'mora-trusts-buea', async () => {
    await answerDialogs(mora.app, path.join(stick, 'buea.psrlcard'))
    check((await m.readCard('Buéa')).join() === bueaWords.join() && bueaWords.length === 6, 'the same six words at Mora')
    await m.trust('Buéa')
  })
  await step(buea.page, 'buea-trusts-mora', async () => {
    await answerDialogs(buea.app, path.join(stick, 'mora.psrlcard'))
    check((await b.readCard('Mora')).join() === moraWords.join(), 'the same six words at Buea')
    await b.trust('Mora')
  })
  const file = path.join(out, 'PSRL-demofile.age')
  await step(mora.page, 'mora-file-written', async () => {
    await answerDialogs(mora.app, file)
    await m.exportFor('Buéa')
    check(fs.readFileSync(file, 'latin1').startsWith('age-encryption.org/v1\n'), 'an age file')
  })
  await step(buea.page, 'buea-cut-file-refused', async () => {
    const cut = path.join(stick, 'cut.age')
    const bytes = fs.readFileSync(file)
    fs.writeFileSync(cut, bytes.subarray(0, bytes.length - 700))
    await answerDialogs(buea.app, cut)
    await b.previewFile()
    await buea.page.locator('[data-code="sync-incomplete"]').waitFor()
  })
  await step(buea.page, 'buea-file-checked', async () => {
    await b.goTo('home')
    await b.goTo('sync')
    await answerDialogs(buea.app, file)
    await b.previewFile()
    await b.heading(filled(b.t.sync.previewTitle, { counter: 1, site: 'Mora' }))
  })
  await step(buea.page, 'buea-file-taken', async () => {
    await b.press(b.t.sync.importNow)
    await b.heading(filled(b.t.sync.receiptTitle, { counter: 1, site: 'Mora' }))
  })
  await step(buea.page, 'buea-sees-the-referral', async () => {
    await b.press(b.t.sync.finish)
    await b.goTo('referrals')
    await buea.page.getByRole('row').filter({ hasText: code }).filter({ hasText: b.t.referrals.states.served }).waitFor()
  })
  await step(buea.page, 'buea-second-import-refused', async () => {
    await b.goTo('sync')
    await answerDialogs(buea.app, file)
    await b.previewFile()
    await buea.page.locator('[data-code="sync-already-imported"]').waitFor()
  })
  await step(mora.page, 'mora-locked', () => m.lock())
  await step(undefined, 'nothing-readable-on-disk', async () => {
    for (const desk of desks) {
      await desk.close()
      check(desk.complaints.length === 0, `no complaint of the page: ${desk.complaints.join(' | ')}`)
    }
    check(filesBelow(scratch).length > 10, 'files to look into')
    const readable = [scratch, out].flatMap((folder) => readableIn(folder, markers, /\.(?:pdf|png)$/))
    check(readable.length === 0, `readable: ${readable.join(' | ')}`)
  })
} catch {
  // noted by its step
} finally {
  for (const desk of desks) await desk.close().catch(() => undefined)
  fs.rmSync(scratch, { recursive: true, force: true })
}
const ok = write(stepsExpected)
console.log(`${ok ? 'demo passed' : 'demo FAILED'} in ${Math.round((performance.now() - started) / 1000)} s: ${out}`)
process.exit(ok ? 0 : 1)
