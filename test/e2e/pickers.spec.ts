import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { deskDriver } from '../../tools/demo/desk-driver.ts'
import { consent } from '../../tools/demo/demo-people.ts'
import { expect, test } from './app.ts'

const saved = (page: Page) => page.locator('.autosave[data-state="saved"]').first().waitFor()

async function axeFaults(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
  const { violations } = await new AxeBuilder({ page }).withTags(tags).setLegacyMode(true).analyze()
  return violations.map((v) => `${v.id} ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`)
}

test('U10 a trade is found as people say it, a language by any of its names, by keyboard alone; a trade of no list is kept', async ({
  deskOfMora: desk,
}) => {
  const { page } = desk
  await page.setViewportSize({ width: 1366, height: 768 })
  const hands = deskDriver(page, 'fr')
  await hands.goTo('cases')
  await hands.openCase(consent)

  const language = hands.question('main_language')
  await language.getByRole('combobox').focus()
  await page.keyboard.press('ArrowDown')
  await expect(language.getByRole('option')).toHaveCount(30)
  await page.keyboard.type('peul')
  await expect(language.getByRole('option')).toHaveText([/^Fulfulde/])
  expect(await axeFaults(page)).toEqual([])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(language.getByRole('combobox')).toHaveValue('Fulfulde')
  await language.getByRole('combobox').fill('klingon')
  await page.keyboard.press('Tab')
  await expect(language.getByText(hands.t.pickers.choiceUnchosen)).toBeVisible()
  await expect(language.getByRole('combobox')).toHaveValue('klingon')
  await language.getByRole('combobox').fill('kamtok')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(language.getByRole('combobox')).toHaveValue('Pidgin camerounais')

  await hands.answer('birth_date', '1994')
  await hands.answer('track_1', 'business')
  const trade = hands.question('trade_wanted')
  const field = trade.getByRole('combobox')
  await field.focus()
  await page.keyboard.type('bayam')
  await expect(trade.getByRole('option').first()).toHaveText(/^bayam-sellamVendeurs à l’étal/)
  expect(await axeFaults(page)).toEqual([])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(field).toHaveValue('bayam-sellam')
  await expect(field).toHaveAccessibleDescription(/\(CITP-08.: 5211\)$/)
  await saved(page)
  await page.getByText(hands.t.shell.english, { exact: true }).click()
  await expect(field).toHaveAccessibleDescription('Stall and market salespersons (ISCO-08: 5211)')
  const inEnglish = deskDriver(page, 'en')
  await field.fill('vendeuse de fourmis ailées')
  await page.keyboard.press('Tab')
  await expect(field).toHaveAccessibleDescription(inEnglish.t.pickers.occupationAsTyped)
  await saved(page)
  await inEnglish.goTo('home')
  await page.locator('.home-list a').first().click()
  await expect(field).toHaveValue('vendeuse de fourmis ailées')
  await expect(inEnglish.question('main_language').getByRole('combobox')).toHaveValue('Cameroon Pidgin')
})

test('U10 a place is found by keyboard alone, homonyms are told apart, and a place of no list is kept as typed', async ({
  deskOfMora: desk,
}) => {
  const { page } = desk
  await page.setViewportSize({ width: 1366, height: 768 })
  const hands = deskDriver(page, 'fr')
  await hands.goTo('cases')
  await hands.openCase(consent)
  const place = hands.question('origin_place')
  const field = place.getByRole('combobox').first()
  const options = place.getByRole('option')

  await field.focus()
  await page.keyboard.type('meme')
  await expect(options).toHaveText(['MemeSud-Ouest', 'MéméMora, Mayo-Sava, Extrême-Nord'])
  await expect(field).toHaveAttribute('aria-expanded', 'true')
  expect(await axeFaults(page)).toEqual([])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const active = await field.getAttribute('aria-activedescendant')
  await expect(place.locator(`[id="${active}"]`)).toHaveText(/^MéméMora/)
  await page.keyboard.press('Enter')
  await expect(field).toHaveValue('Mémé')
  await expect(field).toBeFocused()
  await expect(field).toHaveAccessibleDescription('Mémé / Mora, Mayo-Sava, Extrême-Nord')
  await expect(place.getByRole('combobox').nth(1)).toHaveValue('Mora')
  await saved(page)

  // what no list knows is kept; Escape and leaving the field take nothing away
  await field.fill('Djalingo Karewa')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  const unit = place.getByRole('combobox').nth(1)
  await expect(unit).toBeFocused()
  await expect(unit).toHaveValue('')
  await page.keyboard.type('kolofta')
  await expect(options.first()).toHaveText('KolofataMayo-Sava, Extrême-Nord')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(field).toHaveAccessibleDescription('Djalingo Karewa / Kolofata, Mayo-Sava, Extrême-Nord')
  await saved(page)

  // another language keeps what stands there; "does not know" is a thing apart
  await page.getByText(hands.t.shell.english, { exact: true }).click()
  await expect(field).toHaveAccessibleDescription('Djalingo Karewa / Kolofata, Mayo-Sava, Far North')
  const inEnglish = deskDriver(page, 'en')
  const birth = inEnglish.question('current_place')
  await birth.getByRole('combobox').fill('unknown')
  await expect(birth.getByRole('combobox').first()).toHaveValue('unknown')
  await birth.getByRole('combobox').first().fill('')
  await birth.getByRole('button', { name: inEnglish.t.forms.unknown }).click()
  await expect(birth.getByText(inEnglish.t.forms.unknown, { exact: true })).toBeVisible()
  await saved(page)
  await inEnglish.goTo('home')
  await page.locator('.home-list a').first().click()
  await expect(field).toHaveValue('Djalingo Karewa')
  await expect(unit).toHaveValue('Kolofata')
  await expect(birth.getByText(inEnglish.t.forms.unknown, { exact: true })).toBeVisible()
  expect(await axeFaults(page)).toEqual([])
})
