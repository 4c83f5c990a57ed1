import { copyFileSync } from 'node:fs'
import path from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What a screen reader would stumble over on a page, or within a part of it (U11): each rule with the elements that break it. */
export async function axeFaults(page: Page, within = 'html'): Promise<string[]> {
  // legacy mode keeps to this one page: the desk opens no other
  const { violations } = await new AxeBuilder({ page }).include(within).withTags(tags).setLegacyMode(true).analyze()
  return violations.map((v) => `${v.id} ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`)
}

/** Buttons and fields that are too small or too close to hit (2.5.8), the one rule that hangs on the width of the window. */
export async function tooSmall(page: Page, within: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include(within).withRules(['target-size']).setLegacyMode(true).analyze()
  return violations.flatMap((v) => v.nodes.map((n) => `${v.id} ${n.target.join(' ')}`))
}

/** True for a page that is wider than its window (U12). */
export const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)

/** Both: what a screen reader or a small window would stumble over. */
export async function faultsOf(page: Page): Promise<string[]> {
  return [...(await axeFaults(page)), ...((await scrollsSideways(page)) ? ['scrolls sideways'] : [])]
}

/** A folder for whoever wants to look; undefined when nobody does. */
const pictures = process.env.PASSERELLE_PICTURES

/** A picture of a page for whoever wants to look. */
export async function picture(page: Page, name: string, options: { readonly fullPage?: boolean } = {}): Promise<void> {
  if (pictures) await page.screenshot({ path: path.join(pictures, `${name}.png`), ...options })
}

/** A copy of what was printed for whoever wants to look. */
export function keepPrinted(file: string, name: string): void {
  if (pictures) copyFileSync(file, path.join(pictures, name))
}
