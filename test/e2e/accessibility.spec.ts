import type { Page } from '@playwright/test'
import { deskDriver } from '../../tools/demo/desk-driver.ts'
import { moraUser } from '../../tools/demo/demo-people.ts'
import { expect, test } from './app.ts'
import { tabTo } from './fill-by-keyboard.ts'
import { axeFaults, scrollsSideways } from './look.ts'

/** The smallest screen, and what is left of it when everything is shown at 200 %. */
const screens = [
  { width: 1366, height: 768 },
  { width: 683, height: 384 },
]

/** What a screen reader or a small window would stumble over, page by page. */
function faultFinder(page: Page) {
  const faults: string[] = []
  const look = async (where: string): Promise<void> => {
    for (const fault of await axeFaults(page)) faults.push(`${where}: ${fault}`)
    for (const screen of screens.toReversed()) {
      await page.setViewportSize(screen)
      if (await scrollsSideways(page)) faults.push(`${where}: scrolls sideways at ${screen.width}`)
    }
  }
  return { faults, look }
}

test('U11 U12 no axe violation and no sideways scrolling from the first run to the lock', async ({ desk }) => {
  const { faults, look } = faultFinder(desk.page)
  const hands = deskDriver(desk.page, 'fr')
  await look('first run')
  const code = await hands.beginFirstRun(moraUser)
  await look('recovery code')
  await hands.endFirstRun(code)
  await hands.press(hands.t.shell.lock)
  await hands.heading(hands.t.security.lockTitle)
  await look('lock')
  expect(faults).toEqual([])
})

for (const language of ['fr', 'en'] as const)
  test.describe(language, () => {
    test.use({ language })

    test(`U11 U12 no axe violation and no sideways scrolling on any page (${language})`, async ({ deskOfMora: desk }) => {
      const { faults, look } = faultFinder(desk.page)
      const hands = deskDriver(desk.page, language)
      const { t } = hands
      // exercise mode has people and services to show
      await hands.press(t.security.trainingEnter)
      await desk.page.getByRole('dialog').getByRole('button', { name: t.security.trainingEnter }).click()
      await desk.page.getByText(t.shell.trainingBanner, { exact: true }).waitFor()
      for (const page of ['home', 'cases', 'directory', 'referrals', 'sync'] as const) {
        await hands.goTo(page)
        await desk.page.getByRole('heading', { level: 1 }).waitFor()
        await look(page)
      }
      await hands.goTo('cases')
      await desk.page.locator('.list-table a').first().click()
      await desk.page.getByRole('navigation', { name: t.cases.sections }).waitFor()
      await look('case')
      // a session is begun and filled by keyboard alone (U10)
      await desk.page.getByRole('button', { name: t.caseForms.add }).press('Enter')
      await tabTo(desk.page, '[role="menuitem"]:nth-of-type(2)', 'ArrowDown')
      await desk.page.keyboard.press('Enter')
      await desk.page.locator('[data-finish]').waitFor()
      await tabTo(desk.page, '[data-finish]')
      await desk.page.keyboard.press('Enter')
      await expect(hands.question('session_date').locator('input')).toBeFocused()
      await desk.page.keyboard.type('24/11/2026 14:30')
      await desk.page.locator('.autosave[data-state="saved"]').waitFor()
      await look('form of a case')
      await hands.goTo('referrals')
      await desk.page.locator('.list-table a').first().click()
      await desk.page.getByRole('heading', { name: t.referrals.history, exact: true }).waitFor()
      await look('referral')
      await hands.goTo('cases')
      await desk.page.getByRole('link', { name: t.cases.add }).click()
      await hands.heading(t.cases.consentTitle)
      await hands.press(t.cases.openCase)
      await desk.page.getByRole('alert').waitFor()
      await look('new case refused')
      await desk.page.keyboard.press('F1')
      await desk.page.getByRole('dialog').waitFor()
      await look('help')
      expect(faults).toEqual([])
    })
  })

test('U10 the desk is used by keyboard alone: pages, search, lock, unlock', async ({ deskOfMora: desk }) => {
  const hands = deskDriver(desk.page, 'fr')
  const { keyboard } = desk.page
  await keyboard.press('Alt+2')
  await hands.heading(hands.t.cases.title)
  await keyboard.press('Alt+3')
  await hands.heading(hands.t.directory.title)
  await keyboard.press('Control+k')
  await keyboard.type('ngono')
  await keyboard.press('Enter')
  await hands.heading(hands.t.cases.title)
  await keyboard.press('Control+l')
  await hands.heading(hands.t.security.lockTitle)
  await keyboard.type(moraUser.login)
  await keyboard.press('Tab')
  await keyboard.type(moraUser.password)
  await keyboard.press('Enter')
  await desk.page.getByRole('navigation', { name: hands.t.shell.navigation }).waitFor()
})
