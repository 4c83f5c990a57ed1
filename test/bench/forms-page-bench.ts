import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { FormPack } from '#shared/forms/form-pack.ts'
import { ensureBrowser } from '../../tools/browser/ensure-browser.ts'
import { deskDriver } from '../../tools/demo/desk-driver.ts'
import { card, consent, moraUser } from '../../tools/demo/demo-people.ts'
import { clickToFrame, keysToFrames, median } from '../../tools/measure/to-frame.ts'
import { launchReadyDesk } from '../e2e/app.ts'
import type { FormsGoal } from './forms-bench.ts'
import { surveyPage } from './survey-js.ts'

/** A PC of ten years ago. */
const slowed = 6
/** Both stand in the part `identity`. */
const typed = [
  ['family_name', ' epouse Bakary'],
  ['phone', '600000042'],
] as const
/** Parts, each with a question that everybody sees in it. */
const parts = [
  ['identity', 'family_name'],
  ['places', 'birth_place'],
  ['household', 'household_size'],
  ['education', 'numeracy'],
  ['livelihood', 'skills'],
  ['health', 'wg_seeing'],
  ['basic_needs', 'water_access'],
  ['protection', 'threats'],
] as const

/** A page with the record in a list: how it is opened, left, and gone through. */
interface FormPage {
  readonly page: Page
  open(): Promise<number>
  leave(): Promise<void>
  go(part: string, question: string): Promise<number>
  input(name: string): Promise<void>
  close(): Promise<void>
}

async function slow(page: Page): Promise<void> {
  const browser = await page.context().newCDPSession(page)
  await browser.send('Emulation.setCPUThrottlingRate', { rate: slowed })
}

async function ours(folder: string): Promise<FormPage> {
  const desk = await launchReadyDesk(path.join(folder, 'profile'), moraUser, 'fr')
  const { page } = desk
  await page.setViewportSize({ width: 1366, height: 768 })
  const hands = deskDriver(page, 'fr')
  await hands.goTo('cases')
  await hands.openCase(consent)
  await hands.fillCard(card)
  await page.getByRole('radio', { name: hands.t.forms.tiers.t3 }).check()
  await slow(page)
  return {
    page,
    open: () => clickToFrame(page, '.list-table tbody tr a', '[data-question]'),
    async leave() {
      await hands.goTo('cases')
      await page.locator('.list-table tbody tr a').first().waitFor()
    },
    go: (part) => clickToFrame(page, `[data-go="${part}"]`, `[data-go="${part}"][aria-current]`),
    input: async (name) => (await hands.show(name)).locator('input').first().focus(),
    close: () => desk.close(),
  }
}

async function theirs(pack: FormPack): Promise<FormPage> {
  const browser = await chromium.launch({ executablePath: ensureBrowser() })
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
  await page.setContent(surveyPage(pack, 'fr', { ...card, ...consent, age_years: 32, is_minor: 'no' }))
  await slow(page)
  return {
    page,
    open: () => clickToFrame(page, '#open', '[data-name]'),
    leave: () => page.locator('#close').click(),
    go: (part, question) => clickToFrame(page, `[data-go="${part}"]`, `[data-name="${question}"]`),
    async input(name) {
      await page.locator('[data-go="identity"]').click()
      await page.locator(`[data-name="${name}"] input`).first().focus()
    },
    close: () => browser.close(),
  }
}

/**
 * The profile form on our page and on a page of SurveyJS with the same questions, turn and turn about, both with the processor slowed six times:
 * open the record, go to a part, type. Ours reads the record from its encrypted database and keeps every answer there; SurveyJS has them in memory.
 */
export async function formsPageBench(runs: number, say: (line: string) => void): Promise<readonly FormsGoal[]> {
  const file = path.join(import.meta.dirname, '../../resources/forms/profile.json')
  const pack = FormPack.parse(JSON.parse(fs.readFileSync(file, 'utf8')))
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'passerelle-bench-'))
  const both = { ours: await ours(folder), theirs: await theirs(pack) }
  const found = { ours: new Map<string, number[]>(), theirs: new Map<string, number[]>() }
  const note = (who: 'ours' | 'theirs', what: string, ms: readonly number[]) =>
    found[who].set(what, [...(found[who].get(what) ?? []), ...ms])
  try {
    // once to warm both up
    for (let run = -1; run < runs; run += 1)
      for (const who of ['theirs', 'ours'] as const) {
        const at = both[who]
        await at.page.bringToFront()
        if (run >= 0 || who === 'ours') await at.leave()
        const keep = (what: string, ms: readonly number[]) => run >= 0 && note(who, what, ms)
        keep('open', [await at.open()])
        for (const [part, question] of parts) keep('part', [await at.go(part, question)])
        for (const [name, text] of typed) {
          await at.input(name)
          keep(name, await keysToFrames(at.page, text))
        }
      }
  } finally {
    await both.ours.close()
    await both.theirs.close()
    fs.rmSync(folder, { recursive: true, force: true })
  }
  const rows = [
    ['F4', 'open a record', 'open'],
    ['F5', 'go to a part', 'part'],
    ['F6', 'a key in the family name', 'family_name'],
    ['F7', 'a key in the telephone', 'phone'],
  ] as const
  say(`the same on the page, processor slowed ${slowed} times, medians of ${runs} runs (ms to the frame that shows it)`)
  say('| what | ours | SurveyJS | ratio |')
  say('|---|---|---|---|')
  return rows.map(([id, what, key]) => {
    const [we, they] = [median(found.ours.get(key) ?? []), median(found.theirs.get(key) ?? [])]
    say(`| ${what} | ${we.toFixed(0)} | ${they.toFixed(0)} | ${(we / they).toFixed(2)} |`)
    return { id, what: `${what}, against a page of SurveyJS`, figure: we / they, goal: 1, unit: 'x', met: we < they }
  })
}
