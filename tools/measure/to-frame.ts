// Times from what a person does to the frame that shows it.
import type { Page } from '@playwright/test'

/** The middle one of these; 0 of none. */
export const median = (all: readonly number[]): number => all.toSorted((a, b) => a - b)[all.length >> 1] ?? 0

/** Milliseconds from each key to the frame that shows it, for plain letters and digits typed into what has the focus. */
export async function keysToFrames(page: Page, text: string): Promise<readonly number[]> {
  await page.evaluate(() => {
    const waited: number[] = []
    Object.assign(window, { waited })
    document.addEventListener(
      'keydown',
      (event) =>
        requestAnimationFrame(() => {
          const channel = new MessageChannel()
          channel.port1.onmessage = () => waited.push(performance.now() - event.timeStamp)
          channel.port2.postMessage(0)
        }),
      { capture: true },
    )
  })
  await page.keyboard.type(text, { delay: 120 })
  await page.waitForFunction((n) => (window as unknown as { waited: number[] }).waited.length >= n, text.length)
  return page.evaluate(() => (window as unknown as { waited: number[] }).waited)
}

/** Milliseconds from a click on `pressed` to the frame in which `wanted` stands, which must not be there before. Selectors of CSS. */
export function clickToFrame(page: Page, pressed: string, wanted: string): Promise<number> {
  return page.evaluate(
    async ([from, to]) => {
      const start = performance.now()
      document.querySelector<HTMLElement>(from)?.click()
      await new Promise<void>((resolve) => {
        if (document.querySelector(to)) return resolve()
        const watch = new MutationObserver(() => {
          if (!document.querySelector(to)) return
          watch.disconnect()
          resolve()
        })
        watch.observe(document, { childList: true, subtree: true, attributes: true })
      })
      return new Promise<number>((resolve) => {
        requestAnimationFrame(() => {
          const channel = new MessageChannel()
          channel.port1.onmessage = () => resolve(performance.now() - start)
          channel.port2.postMessage(0)
        })
      })
    },
    [pressed, wanted] as const,
  )
}
