import AxeBuilder from '@axe-core/playwright'
import { deskDriver } from '../../tools/demo/desk-driver.ts'
import { moraUser } from '../../tools/demo/demo-people.ts'
import { expect, test } from './app.ts'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

test('U11 U12 no axe violation and no sideways scrolling on any page, in French and English', async ({ desk }) => {
  const faults: string[] = []
  const look = async (where: string) => {
    // legacy mode keeps to this one page: the desk opens no other
    const { violations } = await new AxeBuilder({ page: desk.page }).withTags(tags).setLegacyMode(true).analyze()
    for (const v of violations) faults.push(`${where}: ${v.id} ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`)
    const sideways = await desk.page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
    if (sideways) faults.push(`${where}: scrolls sideways`)
  }
  const hands = deskDriver(desk.page, 'fr')
  await look('first run')
  const code = await hands.beginFirstRun(moraUser)
  await look('recovery code')
  await hands.endFirstRun(code)
  await hands.press(hands.t.shell.lock)
  await hands.heading(hands.t.security.lockTitle)
  await look('lock')
  await hands.unlock(moraUser.login, moraUser.password)
  // exercise mode has people and services to show
  await hands.press(hands.t.security.trainingEnter)
  await desk.page.getByRole('dialog').getByRole('button', { name: hands.t.security.trainingEnter }).click()
  await desk.page.getByText(hands.t.shell.trainingBanner, { exact: true }).waitFor()
  for (const language of ['fr', 'en'] as const) {
    await desk.page.getByText(language === 'fr' ? hands.t.shell.french : hands.t.shell.english, { exact: true }).click()
    const on = deskDriver(desk.page, language)
    for (const page of ['home', 'cases', 'directory', 'referrals', 'sync'] as const) {
      await on.goTo(page)
      await desk.page.getByRole('heading', { level: 1 }).waitFor()
      await look(`${language} ${page}`)
    }
    await on.goTo('cases')
    await desk.page.locator('.list-table a').first().click()
    await desk.page.getByRole('navigation', { name: on.t.cases.sections }).waitFor()
    await look(`${language} case`)
    await on.goTo('referrals')
    await desk.page.locator('.list-table a').first().click()
    await desk.page.getByRole('heading', { name: on.t.referrals.history, exact: true }).waitFor()
    await look(`${language} referral`)
    await on.goTo('cases')
    await desk.page.getByRole('link', { name: on.t.cases.add }).click()
    await on.heading(on.t.cases.consentTitle)
    await look(`${language} new case`)
    await on.press(on.t.cases.openCase)
    await desk.page.getByRole('alert').waitFor()
    await look(`${language} new case refused`)
    await desk.page.keyboard.press('F1')
    await desk.page.getByRole('dialog').waitFor()
    await look(`${language} help`)
    await desk.page.keyboard.press('Escape')
  }
  expect(faults).toEqual([])
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
