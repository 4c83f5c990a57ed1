import path from 'node:path'
import type { Page } from '@playwright/test'
import { deskDriver } from '../../tools/demo/desk-driver.ts'
import { card, consent, moraUser } from '../../tools/demo/demo-people.ts'
import { expect, launchDesk, launchReadyDesk, test, type DeskApp } from './app.ts'
import { scrollsSideways } from './look.ts'

/** Kills a desk as a power cut would, and starts it again over the same data. */
async function cutPower(desk: DeskApp, profile: string): Promise<DeskApp> {
  const gone = new Promise((resolve) => desk.app.process().once('exit', resolve))
  desk.app.process().kill('SIGKILL')
  await gone
  return launchDesk(profile)
}

// three starts and two cuts in one test
test.setTimeout(240_000)

const saved = (page: Page) => page.locator('.autosave[data-state="saved"]').first().waitFor()
const focusedQuestion = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('[data-question]')?.getAttribute('data-question'))

test('U2 U3 what is typed outlives a power cut: reception and card open again at the same field, refused text included', async ({
  folder,
}) => {
  const profile = path.join(folder, 'profile')
  let desk = await launchReadyDesk(profile)
  let hands = deskDriver(desk.page, 'fr')
  await hands.goTo('cases')
  await desk.page.getByRole('link', { name: hands.t.cases.add }).click()
  await hands.heading(hands.t.cases.consentTitle)
  for (const [name, value] of Object.entries(consent)) if (name !== 'consent_date') await hands.answer(name, value)
  await hands.question('consent_date').locator('input').fill('31/02/2026')
  await saved(desk.page)

  desk = await cutPower(desk, profile)
  hands = deskDriver(desk.page, 'fr')
  await hands.unlock(moraUser.login, moraUser.password)
  await desk.page.getByRole('link', { name: hands.t.home.draftForms['new-case'] }).click()
  // nothing is ticked before the user says so (H4)
  await expect(desk.page.getByRole('button', { name: hands.t.forms.draftTakeUp })).toBeVisible()
  await expect(desk.page.locator('main input:checked')).toHaveCount(0)
  await hands.press(hands.t.forms.draftTakeUp)
  await expect(hands.question('consent_date').locator('input')).toHaveValue('31/02/2026')
  expect(await focusedQuestion(desk.page)).toBe('consent_date')
  await hands.press(hands.t.cases.openCase)
  const corrections = desk.page.getByRole('alert').filter({ hasText: hands.t.forms.problems['no-such-day'] })
  await expect(corrections).toBeFocused()
  await corrections.getByRole('link').click()
  expect(await focusedQuestion(desk.page)).toBe('consent_date')
  await hands.answer('consent_date', '24/11/2026')
  await hands.press(hands.t.cases.openCase)
  await desk.page.getByRole('navigation', { name: hands.t.cases.sections }).waitFor()
  await expect(desk.page.locator('main .page-heading')).toBeFocused()

  await hands.answer('family_name', 'Ŋgono')
  await hands.question('phone').locator('input').fill('6 00 00')
  await saved(desk.page)
  desk = await cutPower(desk, profile)
  hands = deskDriver(desk.page, 'fr')
  await hands.unlock(moraUser.login, moraUser.password)
  await expect(desk.page.getByRole('link', { name: hands.t.home.draftForms['new-case'] })).toHaveCount(0)
  await desk.page.getByRole('link', { name: hands.t.home.draftForms['quick-card'] }).click()
  await expect(hands.question('phone').locator('input')).toHaveValue('6 00 00')
  expect(await focusedQuestion(desk.page)).toBe('phone')
  await expect(desk.page.getByRole('link', { name: hands.t.forms.problems.phone })).toBeVisible()
  await hands.question('phone').locator('input').fill('6 00 00 00 42')
  await expect(desk.page.getByRole('link', { name: hands.t.forms.problems.phone })).toHaveCount(0)
  await saved(desk.page)
  await hands.goTo('home')
  await hands.heading(hands.t.home.title)
  await expect(desk.page.getByRole('link', { name: hands.t.home.draftForms['quick-card'] })).toHaveCount(0)
  // locking a moment after the last key loses nothing, and comes back to the field (U22)
  await desk.page.getByRole('link', { name: 'Ŋgono' }).first().click()
  await hands.question('usual_name').locator('input').pressSequentially('Mairo')
  await desk.page.keyboard.press('Control+l')
  await hands.unlock(moraUser.login, moraUser.password)
  await expect(hands.question('usual_name').locator('input')).toHaveValue('Mairo')
  expect(await focusedQuestion(desk.page)).toBe('usual_name')
  await desk.close()
  expect(desk.complaints).toEqual([])
})

test('U14 every name is kept as it is typed or refused with a way out, and breaks no page', async ({ deskOfMora: desk }) => {
  const { page } = desk
  await page.setViewportSize({ width: 1366, height: 768 })
  const hands = deskDriver(page, 'fr')
  await hands.goTo('cases')
  await hands.openCase(consent)
  const name = hands.question('family_name').locator('input')
  const kept = [
    'ƁAAƊO Ŋgə',
    "N'Koumo",
    'N’Gono',
    'Ali',
    'Nadège 😀',
    '<script>alert(1)</script>',
    "Robert'); DROP TABLE case_record;--",
    'محمد علي',
    'ABCDEFGHIJKL'.repeat(10),
  ]
  for (const value of kept) {
    await name.fill(value)
    await expect(page.locator('main h1')).toHaveText(value)
    await saved(page)
    await hands.goTo('home')
    await page.locator('.home-list a').first().click()
    await expect(name).toHaveValue(value)
  }
  expect(await scrollsSideways(page)).toBe(false)
  for (const where of ['home', 'cases'] as const) {
    await hands.goTo(where)
    await page.getByRole('link', { name: kept.at(-1) ?? '' }).waitFor()
    expect(`${where} ${await scrollsSideways(page)}`).toBe(`${where} false`)
  }
  await page.getByRole('link', { name: kept.at(-1) ?? '' }).click()

  await name.fill('x'.repeat(300))
  await expect(hands.question('family_name')).toContainText(hands.t.forms.problems['too-long'])
  await expect(name).toHaveValue('x'.repeat(300))
  await page.getByRole('link', { name: hands.t.forms.problems['too-long'] }).click()
  await expect(name).toBeFocused()
  await name.fill('Bello')
  await expect(page.locator('main h1')).toHaveText('Bello')

  const birth = hands.question('birth_date').locator('input')
  for (const [typed, problem] of [
    ['31/02/2026', 'no-such-day'],
    ['00/00/0000', 'year-out-of-range'],
    ['24/13/1990', 'no-such-month'],
    ['avant la saison', 'not-a-date'],
  ] as const) {
    await birth.fill(typed)
    await birth.blur()
    await expect(hands.question('birth_date')).toContainText(hands.t.forms.problems[problem])
    await expect(page.getByRole('alert').getByRole('link')).toContainText(hands.t.forms.problems[problem])
    await expect(birth).toHaveValue(typed)
  }
  await birth.fill('01/01/2099')
  await expect(page.getByRole('alert').getByRole('link')).toHaveText(/avenir/)
  await birth.fill('1994')
  await birth.blur()
  await saved(page)
  await expect(page.getByRole('alert')).toHaveCount(0)
  await hands.goTo('home')
  await page.locator('.home-list a').first().click()
  await expect(birth).toHaveValue('1994')
})

test('U24 the search box says what is wrong with a number or a code, and opens what is right', async ({ deskOfMora: desk }) => {
  const { page } = desk
  const hands = deskDriver(page, 'fr')
  await hands.goTo('cases')
  await hands.openCase(consent)
  await hands.answer('family_name', 'Ŋgono')
  const number = await page.locator('.case-header .case-number').innerText()
  await hands.goTo('home')
  const box = page.getByRole('search').getByRole('textbox')
  const said = page.getByRole('search').getByRole('alert')
  const tail = Number(number.slice(-2))
  for (const [typed, words] of [
    [`${number.slice(0, -2)}${String((tail + 1) % 100).padStart(2, '0')}`, hands.t.shell.searchNumberWrong],
    ['MOR-26-000999-', hands.t.shell.searchNumberWrong],
    ['A7K2-9QTX-6', hands.t.shell.searchCodeWrong],
    ['x'.repeat(5000), hands.t.shell.searchTooLong.replace('{characters}', '100')],
  ] as const) {
    const whole = typed.endsWith('-') ? `${typed}${number.endsWith('11') ? '12' : '11'}` : typed
    await box.fill(whole)
    await box.press('Enter')
    await expect(said).toHaveText(words)
    await expect(box).toHaveValue(whole)
    await box.press('Escape')
    await expect(said).toHaveCount(0)
    await expect(page.locator('main .page-heading')).toBeFocused()
  }
  await box.fill(number.replaceAll('-', ' ').toLowerCase())
  await box.press('Enter')
  await expect(page.locator('main h1')).toHaveText('Ŋgono')
  await expect(page.locator('main .page-heading')).toBeFocused()
  // a telephone number that has the check figure of a code
  await box.fill('6 00 00 00 38')
  await box.press('Enter')
  await expect(page.locator('main')).toContainText(hands.t.cases.noMatch)
})

test('U10 help and menus open and close by keyboard, and a question keeps the focus when its field goes', async ({
  deskOfMora: desk,
}) => {
  const { page } = desk
  await page.setViewportSize({ width: 1366, height: 768 })
  const { keyboard } = page
  const hands = deskDriver(page, 'fr')
  await hands.goTo('cases')
  await hands.openCase(consent)
  await keyboard.press('F1')
  await expect(page.getByRole('dialog')).toContainText(hands.t.shell.keysDo.search)
  await keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await keyboard.press('?')
  await expect(page.getByRole('dialog')).toContainText(hands.t.shell.keysDo.lock)
  await keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await hands.show('given_names')
  // what had the focus goes away: its question keeps it, and what was typed there comes back
  const givenNames = hands.question('given_names').locator('input')
  await givenNames.fill('Awa')
  await page.getByRole('button', { name: new RegExp(`^Prénom.*${hands.t.forms.unknown}`) }).press('Enter')
  await expect(hands.question('given_names').getByRole('button', { name: hands.t.forms.answer })).toBeFocused()
  await keyboard.press('Control+z')
  await expect(givenNames).toHaveValue('Awa')
  await expect(givenNames).toBeFocused()
  // the menu of other actions
  await page.getByRole('button', { name: hands.t.cases.actions }).press('Enter')
  await expect(page.getByRole('menuitem', { name: hands.t.cases.copyNumber })).toBeVisible()
  await keyboard.press('Escape')
  await expect(page.getByRole('button', { name: hands.t.cases.actions })).toBeFocused()
})

test('H30 the lock screen says what is missing, what is wrong and how long to wait', async ({ desk }) => {
  const { page } = desk
  const hands = deskDriver(page, 'fr')
  const code = await hands.beginFirstRun(moraUser)
  await hands.press(hands.t.security.codeWritten)
  const back = page.getByLabel(hands.t.security.codeLabel)
  await back.fill(code.replace(/^..../, '0000'))
  await hands.press(hands.t.security.codeConfirm)
  await expect(page.getByRole('alert')).toHaveText(hands.t.security.codeGroupWrong.replace('{group}', '1'))
  await expect(back).toBeFocused()
  await hands.press(hands.t.security.codeShowAgain)
  await hands.endFirstRun(code)
  await hands.lock()
  await hands.press(hands.t.security.unlock)
  await expect(page.getByText(hands.t.security.loginMissing)).toBeVisible()
  const login = page.getByLabel(hands.t.security.login)
  const password = page.getByRole('textbox', { name: hands.t.security.password })
  await login.fill(moraUser.login)
  await page.keyboard.press('Enter')
  await expect(page.getByText(hands.t.security.passwordMissing)).toBeVisible()
  await expect(password).toBeFocused()
  for (let i = 0; i < 5; i += 1) {
    await password.fill(`pas le bon mot ${i}`)
    await password.press('Enter')
    // emptied when the answer is there
    await expect(password).toHaveValue('', { timeout: 30_000 })
    await expect(page.getByText(hands.t.errors['wrong-password'].what)).toBeVisible()
    await expect(password).toBeFocused()
  }
  await expect(page.getByRole('timer')).toContainText(/1[0-5] secondes/)
  await expect(page.getByText(hands.t.security.waitWhy)).toBeVisible()
  await password.fill(moraUser.password)
  await expect(page.getByRole('timer')).toHaveCount(0, { timeout: 20_000 })
  await password.press('Enter')
  await page.getByRole('navigation', { name: hands.t.shell.navigation }).waitFor()
})

test('U10 the home page says what to do now, and each number opens its list', async ({ deskOfMora: desk }) => {
  const { page } = desk
  const hands = deskDriver(page, 'fr')
  await expect(page.getByText(hands.t.home.nothingDue)).toBeVisible()
  await hands.goTo('cases')
  await hands.openCase(consent)
  await hands.goTo('home')
  const line = page.getByRole('link', { name: '1 fiche à compléter' })
  await line.press('Enter')
  await hands.heading(hands.t.cases.titleIncomplete)
  await expect(page.locator('.list-table tbody tr')).toHaveCount(1)
  await expect(page.locator('main .page-heading')).toBeFocused()
  await page.locator('.list-table a').first().press('Enter')
  await hands.fillCard(card)
  await hands.goTo('home')
  await expect(page.getByText(hands.t.home.nothingDue)).toBeVisible()
})
