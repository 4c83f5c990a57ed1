import fs from 'node:fs'
import path from 'node:path'
import { deskDriver, filled } from '../../tools/demo/desk-driver.ts'
import { card, consent } from '../../tools/demo/demo-people.ts'
import { answerDialogs, expect, personReadableIn, test } from './app.ts'
import { keepPrinted, picture } from './look.ts'

test.setTimeout(240_000)

test('H43 everything about a person is erased after two questions, and the certificate is printed without a name', async ({
  deskOfMora: desk,
  folder,
}) => {
  const hands = deskDriver(desk.page, 'fr')
  const { page } = desk
  const { t } = hands
  await hands.goTo('cases')
  await hands.openCase(consent)
  await hands.fillCard(card)
  const number = await page.locator('.case-number').innerText()
  const dialog = page.getByRole('dialog')
  const start = async () => {
    await hands.press(t.cases.actions)
    await page.getByRole('menuitem', { name: t.erasure.start }).click()
    await expect(dialog).toContainText(number)
  }
  await start()
  // nothing is chosen beforehand, and the first answer alone erases nothing
  await expect(dialog.getByRole('button', { name: t.erasure.goOn })).toBeDisabled()
  expect(await dialog.getByRole('radio', { checked: true }).count()).toBe(0)
  await dialog.getByRole('radio', { name: t.erasure.grounds['right-to-erasure'] }).check()
  await picture(page, 'erase-1')
  await dialog.getByRole('button', { name: t.erasure.goOn }).click()
  const erase = dialog.getByRole('button', { name: t.erasure.now })
  await expect(erase).toBeDisabled()
  await dialog.getByLabel(t.erasure.caseNumber).fill('MOR-26-000009-00')
  await expect(dialog).toContainText(t.erasure.numberDiffers)
  await expect(erase).toBeDisabled()
  await picture(page, 'erase-2')
  await dialog.getByRole('button', { name: t.common.cancel }).click()
  await expect(page.locator('.case-number')).toHaveText(number)
  await start()
  await dialog.getByRole('radio', { name: t.erasure.grounds['right-to-erasure'] }).check()
  await dialog.getByRole('button', { name: t.erasure.goOn }).click()
  await dialog.getByLabel(t.erasure.caseNumber).fill(number.toLowerCase())
  await erase.click()
  const told = page.getByRole('status').filter({ hasText: filled(t.erasure.done, { certificate: '' }).slice(0, 40) })
  await told.waitFor()
  const certificate = /MOR-26-[0-9A-Z]{6}/.exec(await told.innerText())?.[0] ?? ''
  await expect(page.getByRole('main')).not.toContainText('Aïssatou')
  await hands.goTo('sync')
  const section = page.getByRole('region', { name: t.erasure.listTitle })
  await expect(section).toContainText(certificate)
  await expect(section).toContainText(number)
  await section.scrollIntoViewIfNeeded()
  await picture(page, 'erase-3')
  const file = path.join(folder, 'document.pdf')
  await answerDialogs(desk.app, file)
  await section.getByRole('button', { name: filled(t.erasure.pdf, { certificate }) }).click()
  await section.getByText(t.erasure.pdfSaved).waitFor()
  expect(fs.statSync(file).size).toBeGreaterThan(5000)
  keepPrinted(file, 'certificate.pdf')
  expect(personReadableIn(folder)).toEqual([])
})
