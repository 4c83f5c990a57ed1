import { deskDriver, filled } from '../../tools/demo/desk-driver.ts'
import { consent, moraUser } from '../../tools/demo/demo-people.ts'
import { maskedText } from '../../src/shared/screen/contract.ts'
import { expect, test } from './app.ts'
import { picture } from './look.ts'

test('S45 U22 H34 quick hide, change of user and lock leave nothing of the person on screen or to undo', async ({
  deskOfMora: desk,
}) => {
  const hands = deskDriver(desk.page, 'fr')
  const { page } = desk
  const { screen, shell, security } = hands.t
  await hands.goTo('cases')
  await hands.openCase(consent)
  await hands.answer('family_name', 'Ɓello')
  await page.locator('.autosave[data-state="saved"]').waitFor()
  const body = () => page.locator('body').innerText()

  // nothing of the person reaches the clipboard: neither copied nor cut, and the page says so
  const field = hands.question('family_name').locator('input')
  const search = page.getByRole('search').getByRole('textbox')
  for (const keys of ['Control+c', 'Control+x']) {
    await field.focus()
    await page.keyboard.press('Control+a')
    await page.keyboard.press(keys)
    await search.focus()
    await page.keyboard.press('Control+v')
    await expect(search).toHaveValue('')
    await page.getByText(shell.notCopied).waitFor()
  }
  await expect(field).toHaveValue('Ɓello')
  await picture(page, 'not-copied')

  // typed a moment ago, and hidden from inside the field
  await hands.question('given_names').locator('input').pressSequentially('Aïssa')
  await page.keyboard.press('F9')
  await page.getByRole('heading', { name: screen.neutralTitle }).waitFor()
  expect(await body()).not.toMatch(/Ɓello|Aïssa|Passerelle|Mora/)
  await picture(page, 'hidden')
  // the page comes anew behind the cover, and stays covered
  await expect(async () => {
    const status = await page.evaluate(() => window.centre.call('security.status', {}))
    expect(JSON.stringify(status)).toContain('"hidden":true')
  }).toPass()
  await page.getByRole('button', { name: screen.neutralBack }).click()
  await hands.heading(security.lockTitle)
  await hands.unlock(moraUser.login, moraUser.password)
  // the same person, the same file, the last letters too; nothing to undo
  await expect(hands.question('given_names').locator('input')).toHaveValue('Aïssa')
  await hands.question('given_names').locator('input').press('Control+z')
  await expect(hands.question('given_names').locator('input')).toHaveValue('Aïssa')

  // two clicks at most for a colleague, who finds an empty sign-in with the cursor in it
  await page.getByRole('button', { name: shell.switch }).click()
  await hands.heading(security.lockTitle)
  await expect(page.getByLabel(security.login)).toBeFocused()
  await expect(page.getByLabel(security.login)).toHaveValue('')
  expect(await body()).not.toContain(moraUser.name)
  await page.keyboard.press('Control+z')
  await expect(page.getByLabel(security.login)).toHaveValue('')
  await hands.unlock(moraUser.login, moraUser.password)
  await hands.heading(hands.t.home.title)

  await page.getByRole('button', { name: screen.safe }).click()
  await page.getByText(maskedText).first().waitFor()
  expect(await page.content()).not.toMatch(/Ɓello|Aïssa/)
  await picture(page, 'safe-home')
  await hands.goTo('cases')
  await page.getByText(maskedText).first().waitFor()
  expect(await page.content()).not.toMatch(/Ɓello|Aïssa/)
  await page.getByRole('link', { name: screen.masked }).press('Enter')
  await page.getByText(screen.maskedCard).waitFor()
  expect(await page.content()).not.toMatch(/Ɓello|Aïssa/)
  await page.getByRole('button', { name: filled(screen.revealOf, { number: '' }) }).press('Enter')
  await picture(page, 'reveal')
  await page.getByLabel(screen.reasons.telephone).press('Space')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /Ɓello/ }).waitFor()
})
