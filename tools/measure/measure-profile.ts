// What a person waits for while a profile is filled on a PC six times slower than this one (U4, U5); prints one JSON line per field and per part.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { launchReadyDesk } from '../../test/e2e/app.ts'
import { card, consent, moraUser } from '../demo/demo-people.ts'
import { deskDriver } from '../demo/desk-driver.ts'

/** Milliseconds from each key to the frame that shows it, for plain letters and digits. */
async function keyToFrame(page: Page, text: string): Promise<readonly number[]> {
  await page.evaluate(() => {
    const waited: number[] = []
    document.addEventListener(
      'keydown',
      (event) =>
        requestAnimationFrame(() => {
          const channel = new MessageChannel()
          channel.port1.onmessage = () => waited.push(performance.now() - event.timeStamp)
          channel.port2.postMessage(0)
        }),
      true,
    )
    Object.assign(window, { waited })
  })
  await page.keyboard.type(text, { delay: 120 })
  await page.waitForFunction((n) => (window as unknown as { waited: number[] }).waited.length >= n, text.length)
  return page.evaluate(() => (window as unknown as { waited: number[] }).waited)
}

/** Milliseconds from the choice of a part to the frame that shows it. */
const partToFrame = (page: Page, name: string): Promise<number> =>
  page.evaluate(
    (part) =>
      new Promise<number>((resolve) => {
        const start = performance.now()
        document.querySelector<HTMLElement>(`[data-go="${part}"]`)?.click()
        requestAnimationFrame(() => {
          const channel = new MessageChannel()
          channel.port1.onmessage = () => resolve(performance.now() - start)
          channel.port2.postMessage(0)
        })
      }),
    name,
  )

const median = (all: readonly number[]): number => Math.round(all.toSorted((a, b) => a - b)[all.length >> 1] ?? 0)

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'passerelle-measure-'))
const desk = await launchReadyDesk(path.join(folder, 'profile'), moraUser, 'fr')
const { page } = desk
const hands = deskDriver(page, 'fr')
await page.setViewportSize({ width: 1366, height: 768 })
await hands.goTo('cases')
await hands.openCase(consent)
await hands.fillCard(card)
await page.getByRole('radio', { name: hands.t.forms.tiers.t3 }).check()
const browser = await page.context().newCDPSession(page)
await browser.send('Emulation.setCPUThrottlingRate', { rate: 6 })
for (const [name, text] of [
  ['family_name', ' epouse Bakary'],
  ['past_training', 'couture puis coiffure'],
  ['occupation_before', 'vendeuse de beignets'],
  ['motivation_note', 'un atelier pres du marche'],
] as const) {
  await (await hands.show(name)).locator('input').first().focus()
  const waited = await keyToFrame(page, text)
  console.log(JSON.stringify({ field: name, medianMs: median(waited), maxMs: Math.round(Math.max(...waited)) }))
}
const parts = await page.locator('[data-go]').evaluateAll((all) => all.map((at) => at.getAttribute('data-go') ?? ''))
for (const part of parts) console.log(JSON.stringify({ part, ms: Math.round(await partToFrame(page, part)) }))
await desk.close()
fs.rmSync(folder, { recursive: true, force: true })
