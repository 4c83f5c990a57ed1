import type { Page } from '@playwright/test'

/** Milliseconds of the processor that the page's main thread uses during an action and what follows from it: what else the machine does does not count. */
export async function pageWorkMs(page: Page, action: () => Promise<void>): Promise<number> {
  const browser = await page.context().newCDPSession(page)
  await browser.send('Performance.enable', { timeDomain: 'threadTicks' })
  const used = async () => {
    const { metrics } = await browser.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
  }
  const before = await used()
  await action()
  const ms = ((await used()) - before) * 1000
  await browser.detach()
  return Math.round(ms)
}

/** Bytes that the page's script holds once nothing more can be let go. */
export async function heldBytes(page: Page): Promise<number> {
  const browser = await page.context().newCDPSession(page)
  await browser.send('HeapProfiler.collectGarbage')
  const { usedSize } = await browser.send('Runtime.getHeapUsage')
  await browser.detach()
  return usedSize
}
