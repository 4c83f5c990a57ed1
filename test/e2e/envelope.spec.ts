import { deskDriver } from '../../tools/demo/desk-driver.ts'
import { moraUser } from '../../tools/demo/demo-people.ts'
import { expect, test } from './app.ts'
import { picture } from './look.ts'

test.setTimeout(240_000)
const focal = { name: 'Ngono Essomba', login: 'ngono.e', password: 'la rizière est verte' }

test('H13 H22 the page of private talks is there for the focal point alone, who opens it with her password and makes a paper code', async ({
  deskOfMora: desk,
}) => {
  const { page } = desk
  const hands = deskDriver(page, 'fr')
  const { t } = hands
  await expect(page.getByRole('navigation')).not.toContainText(t.shell.envelope)
  await page.evaluate(() => {
    location.hash = '#/private'
  })
  await hands.heading(t.shell.faultTitle)
  await expect(page.getByText(t.envelope.title)).toHaveCount(0)
  await hands.goTo('users')
  await hands.press(t.users.add)
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t.users.name).fill(focal.name)
  await dialog.getByLabel(t.users.login, { exact: false }).fill(focal.login)
  await dialog.getByLabel(t.users.role.GBV).check()
  await dialog.getByLabel(t.users.ownPassword).fill(moraUser.password)
  await dialog.getByRole('button', { name: t.users.create, exact: true }).click()
  const code = await dialog.locator('output').innerText()
  await hands.press(t.users.codeDone)
  await hands.lock()
  await hands.press(t.security.haveStartCode)
  await page.getByLabel(t.security.startCode).fill(code)
  await page.getByLabel(t.security.login).fill(focal.login)
  await page.getByLabel(t.security.passwordNew).fill(focal.password)
  await page.getByLabel(t.security.passwordAgain).fill(focal.password)
  await hands.press(t.security.startGo)
  await hands.heading(t.undertaking.title)
  await page.getByLabel(t.undertaking.name).fill(focal.name)
  await hands.press(t.undertaking.accept)
  await page.getByRole('link', { name: t.shell.envelope }).click()
  await hands.heading(t.envelope.title)
  await picture(page, 'private-closed')
  await page.getByLabel(t.envelope.password).fill(focal.password)
  await page.keyboard.press('Enter')
  await expect(page.getByText(t.envelope.paperDue)).toBeVisible()
  await picture(page, 'private-talks')
  await page.getByRole('tab', { name: t.envelope.access }).click()
  await hands.press(t.envelope.makePaper)
  const paper = await page.locator('[data-paper-code]').innerText()
  await page.getByLabel(t.envelope.typePaper).fill(paper)
  await picture(page, 'private-access')
  await hands.press(t.envelope.keepPaper)
  await expect(page.getByText(t.envelope.paperDue)).toHaveCount(0)
  await page.getByRole('tab', { name: t.envelope.fitServices }).click()
  await hands.press(t.envelope.search)
  await picture(page, 'private-services')
  await page.getByRole('tab', { name: t.envelope.files }).click()
  await expect(page.getByText(/^([a-z]{4} ){5}[a-z]{4}$/)).toBeVisible()
  await expect(page.getByRole('button', { name: t.envelope.openReceived })).toBeDisabled()
  await picture(page, 'private-files')
  await hands.press(t.envelope.close)
  await expect(page.getByLabel(t.envelope.password)).toHaveValue('')
})
