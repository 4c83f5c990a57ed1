// What a person waits for while a profile is filled on a PC six times slower than this one (U4, U5); prints one JSON line per field and per part.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { launchReadyDesk } from '../../test/e2e/app.ts'
import { card, consent, moraUser } from '../demo/demo-people.ts'
import { deskDriver } from '../demo/desk-driver.ts'
import { clickToFrame, keysToFrames, median } from './to-frame.ts'

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
  const waited = await keysToFrames(page, text)
  console.log(JSON.stringify({ field: name, medianMs: Math.round(median(waited)), maxMs: Math.round(Math.max(...waited)) }))
}
const parts = await page.locator('[data-go]').evaluateAll((all) => all.map((at) => at.getAttribute('data-go') ?? ''))
for (const part of parts)
  console.log(
    JSON.stringify({
      part,
      ms: Math.round(await clickToFrame(page, `[data-go="${part}"]`, `[data-go="${part}"][aria-current]`)),
    }),
  )
await desk.close()
fs.rmSync(folder, { recursive: true, force: true })
