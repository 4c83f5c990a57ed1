import path from 'node:path'
import type { Page } from '@playwright/test'
import { deskDriver } from '../../tools/demo/desk-driver.ts'
import { card, consent, moraUser } from '../../tools/demo/demo-people.ts'
import { expect, inLanguages, launchDesk, launchReadyDesk, test } from './app.ts'
import { faultsOf, picture } from './look.ts'

// two starts and a kill; the second desk reads everything anew
test.setTimeout(600_000)

const saved = (page: Page) => page.locator('.autosave[data-state="saved"]').first().waitFor()
const focusedQuestion = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('[data-question]')?.getAttribute('data-question'))
const part = (page: Page) => page.locator('.form-part h2')

for (const language of inLanguages('fr'))
  test(`U2 U3 U10 the profile is filled by keyboard, section by section, and opens again at the same field after a kill (${language})`, async ({
    folder,
  }) => {
    const data = path.join(folder, 'profile')
    let desk = await launchReadyDesk(data, moraUser, language)
    let hands = deskDriver(desk.page, language)
    let { page } = desk
    await page.setViewportSize({ width: 1366, height: 768 })
    await hands.goTo('cases')
    await hands.openCase(consent)
    await hands.fillCard(card)
    await page.getByRole('radio', { name: hands.t.forms.tiers.t2 }).check()
    await page.locator('[data-go="places"]').press('Enter')
    const title = await part(page).innerText()
    await page.keyboard.press('Alt+PageDown')
    await expect(part(page)).not.toHaveText(title)
    // the household: a number, then what it brings
    expect(await focusedQuestion(page)).toBe('household_size')
    await page.keyboard.type('5')
    await expect(hands.question('children_out_of_school')).toHaveCount(0)
    await hands.question('children_5_11').locator('input').focus()
    await page.keyboard.type('2')
    await expect(hands.question('children_out_of_school')).toHaveCount(1)
    await picture(page, `profile-household-${language}`)
    await page.keyboard.press('Alt+PageDown')
    await page.keyboard.press('Alt+PageDown')
    await page.keyboard.press('Alt+PageDown')
    await expect(hands.question('work_status')).toHaveCount(1)
    // a line, and another that is taken away and brought back
    const add = page.locator('[data-add="skills"]')
    await add.press('Enter')
    await expect.poll(() => focusedQuestion(page)).toMatch(/^skills\[\w+\]\.skills_skill$/)
    await page.keyboard.type('couture')
    await add.press('Enter')
    const lines = page.locator('[data-repeat="skills"] .line')
    await expect(lines).toHaveCount(2)
    await page.keyboard.type('coiffure')
    await lines.nth(1).getByRole('button').last().press('Enter')
    await expect(lines).toHaveCount(1)
    await expect(page.locator('[data-undo="skills"]')).toBeFocused()
    await expect(page.locator('[data-aside]')).toContainText('coiffure')
    await page.keyboard.press('Enter')
    await expect(lines).toHaveCount(2)
    await expect(page.locator('[data-aside]')).toHaveCount(0)
    await saved(page)
    expect(await faultsOf(page)).toEqual([])
    await picture(page, `profile-skills-${language}`)
    // a text that is no answer yet, in a line
    const years = lines.first().locator('[data-question$=".skills_years"] input')
    await years.focus()
    await page.keyboard.type('trois')
    const field = await focusedQuestion(page)
    await saved(page)

    const gone = new Promise((resolve) => desk.app.process().once('exit', resolve))
    desk.app.process().kill('SIGKILL')
    await gone
    desk = await launchDesk(data)
    hands = deskDriver(desk.page, language)
    page = desk.page
    await page.setViewportSize({ width: 1366, height: 768 })
    await hands.unlock(moraUser.login, moraUser.password)
    await page.getByRole('link', { name: hands.t.home.draftForms['quick-card'] }).click()
    await expect.poll(() => focusedQuestion(page)).toBe(field)
    await expect(page.locator(`[data-question="${field}"] input`)).toHaveValue('trois')
    await expect(page.locator('[data-question$=".skills_skill"] input').first()).toHaveValue('couture')
    // another language keeps what stands there, wrong text included (U13)
    await page.getByText(language === 'fr' ? hands.t.shell.english : hands.t.shell.french, { exact: true }).click()
    const other = deskDriver(page, language === 'fr' ? 'en' : 'fr')
    await expect(page.getByRole('radio', { name: other.t.forms.tiers.t2 })).toBeVisible()
    await expect(page.locator(`[data-question="${field}"] input`)).toHaveValue('trois')
    await page.locator(`[data-question="${field}"] input`).fill('3')
    await saved(page)
    await other.show('household_size')
    await expect(other.question('household_size').locator('input')).toHaveValue('5')
    // as at 200 %
    await page.setViewportSize({ width: 683, height: 384 })
    expect(await faultsOf(page)).toEqual([])
    await picture(page, `profile-200-${language}`)
    await desk.close()
    expect(desk.complaints).toEqual([])
  })
