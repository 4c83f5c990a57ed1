import fs from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { cardText, readCard } from '#main/centre/crypto/device-identity.ts'
import { namedSites } from '#shared/security/site.ts'
import { deskChanges } from '#test/bench/work-load.ts'
import { forgedChain, forgedFile, outsideCentre } from '#test/formats/outside-centre.ts'
import { deskDriver, filled } from '../../tools/demo/desk-driver.ts'
import { answerDialogs, expect, test } from './app.ts'

const changes = 100_000
const sampleMilliseconds = 200

/**
 * Looks every fifth of a second at the processor time of the page's own thread; gives the most that it worked in one. On a busy machine a
 * look comes late: then its work is that of a longer time, and counts as its share.
 */
async function watchPage(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page)
  // the thread's own time: what other programs take of the processor is not the page's doing
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const worked = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return (metrics.find((m) => m.name === 'TaskDuration')?.value ?? 0) * 1000
  }
  let most = 0
  let last = await worked()
  let lookedAt = performance.now()
  let isOver = false
  const watching = (async () => {
    while (!isOver) {
      await page.waitForTimeout(sampleMilliseconds)
      const now = await worked()
      const fifths = Math.max(1, (performance.now() - lookedAt) / sampleMilliseconds)
      most = Math.max(most, (now - last) / fifths)
      last = now
      lookedAt = performance.now()
    }
  })()
  return async () => {
    isOver = true
    await watching
    await session.detach()
    return most
  }
}

test('the page stays free while a file of 100,000 changes is proved and taken in, and stops it at once', async ({
  deskOfMora: desk,
  folder,
}) => {
  test.setTimeout(600_000)
  const { page, app } = desk
  await page.setViewportSize({ width: 1366, height: 768 })
  const hands = deskDriver(page, 'fr')
  const t = hands.t
  await hands.goTo('sync')
  const own = path.join(folder, 'own.psrlcard')
  await answerDialogs(app, own)
  await hands.saveOwnCard()
  const buea = await outsideCentre('BUE', 'm', 5)
  const card = path.join(folder, 'buea.psrlcard')
  fs.writeFileSync(
    card,
    cardText(
      buea.identity,
      namedSites.find((s) => s.code === 'BUE')!,
    ),
  )
  await answerDialogs(app, card)
  await hands.readCard('Buéa')
  await hands.trust('Buéa')
  const file = path.join(folder, 'many.age')
  fs.writeFileSync(
    file,
    await forgedFile(buea, readCard(fs.readFileSync(own)), [forgedChain(buea, 'mbx:BUE:MOR', deskChanges(changes))]),
  )
  await answerDialogs(app, file)

  // stopped while it is proved, and while it is taken in: nothing is there afterwards
  await hands.previewFile()
  await page.getByRole('status').filter({ hasText: t.sync.checkRunning }).waitFor()
  await hands.press(t.common.stop)
  await page.getByText(t.errors.cancelled.what).first().waitFor()
  const previewed = page
    .getByRole('heading', { name: /Buéa/ })
    .filter({ hasText: filled(t.sync.previewTitle, { site: 'Buéa', counter: 1 }) })
  await hands.press(t.sync.importChoose)
  await previewed.waitFor({ timeout: 200_000 })
  await hands.press(t.sync.importNow)
  await page.getByRole('status').filter({ hasText: t.sync.importRunning }).waitFor()
  await hands.press(t.common.stop)
  await page.getByText(t.errors.cancelled.what).first().waitFor()
  await hands.goTo('cases')
  await expect(page.getByText('MOR-26-000001-1')).toHaveCount(0)
  await hands.goTo('sync')
  await page.getByRole('button', { name: t.sync.importFile, exact: true }).waitFor({ timeout: 200_000 })

  const stop = await watchPage(page)
  await hands.previewFile()
  await previewed.waitFor({ timeout: 200_000 })
  await hands.press(t.sync.importNow)
  await hands.heading(filled(t.sync.receiptTitle, { site: 'Buéa', counter: 1 }))
  const most = await stop()
  test.info().annotations.push({ type: 'most work of the page in a fifth of a second, ms', description: most.toFixed(0) })
  expect(most).toBeGreaterThan(0)
  expect(most).toBeLessThan(100)
})
