import path from 'node:path'
import { deskDriver, filled } from '../../tools/demo/desk-driver.ts'
import { card, consent, moraUser } from '../../tools/demo/demo-people.ts'
import { isNeutral } from '../../src/shared/referrals/revealing-words.ts'
import { answerDialogs, expect, test } from './app.ts'
import { faultsOf, keepPrinted, picture } from './look.ts'
import { readPdf } from './read-pdf.ts'

test.setTimeout(400_000)
const newPassword = 'la pluie tombe tard'

test('H33 H36 who looked at a file and why, the register carried elsewhere, and a desk that two sheets open again', async ({
  desk,
  folder,
}) => {
  const { page, app } = desk
  const hands = deskDriver(page, 'fr')
  const { t } = hands
  const faults: string[] = []
  const look = async (where: string) => {
    await picture(page, `register-${where}`)
    for (const fault of await faultsOf(page)) faults.push(`${where}: ${fault}`)
  }
  const toPage = (name: string) => page.getByRole('navigation', { name: t.shell.navigation }).getByRole('link', { name }).click()
  await page.setViewportSize({ width: 1366, height: 768 })
  await hands.endFirstRun(await hands.beginFirstRun({ ...moraUser, roles: ['CW', 'NAT'] }))
  await hands.goTo('cases')
  await hands.openCase(consent)
  await hands.fillCard(card)
  const number = /[A-Z]{3}-\d\d-\d{6}-\d\d/.exec(await page.locator('main').innerText())?.[0] ?? ''
  expect(number).not.toBe('')

  // the register, and one file's
  await toPage(t.shell.register)
  await hands.heading(t.audit.title)
  await look('1-whole')
  await page.getByLabel(t.audit.fileNumber).fill('MOR-26-999999-99')
  await hands.press(t.audit.findFile)
  await page.getByText(t.audit.fileUnknown).waitFor()
  await page.getByLabel(t.audit.fileNumber).fill(number.toLowerCase())
  await hands.press(t.audit.findFile)
  await hands.heading(filled(t.audit.titleFile, { number }))
  await expect(page.getByRole('rowheader', { name: moraUser.name })).toBeVisible()
  await look('2-file')
  await hands.press(t.audit.whole)
  await hands.heading(t.audit.title)

  // the month on one page, the register held against it, and what is no register
  const file = path.join(folder, 'document.pdf')
  await answerDialogs(app, file)
  await hands.press(t.audit.monthSave)
  await page.getByText(t.rights.pdfSaved).waitFor()
  keepPrinted(file, 'month.pdf')
  const paper = await readPdf(file)
  expect({ pages: paper.pages, size: paper.millimetres, neutral: isNeutral(paper.text) }).toEqual({
    pages: 1,
    size: [210, 297],
    neutral: true,
  })
  expect(paper.text).not.toContain(moraUser.name)
  await page.getByLabel(t.audit.paperNumber).fill(/Numéro\s+(\d+)/.exec(paper.text)?.[1] ?? '')
  await page.getByLabel(t.audit.paperHash).fill(/(?:[0-9a-f]{4}\s+){15}[0-9a-f]{4}/.exec(paper.text)?.[0].slice(0, 24) ?? '')
  await hands.press(t.audit.verify)
  await expect(page.getByText(/Le registre est entier/)).toBeVisible()
  await page.getByText(t.audit.paperVerdicts.fits).waitFor()
  await answerDialogs(app, path.join(import.meta.dirname, '../../package.json'))
  await hands.press(t.audit.check)
  const carrying = page.getByRole('region', { name: t.audit.carryTitle })
  await expect(carrying.getByRole('alert')).toHaveAttribute('data-code', 'register-not-a-register')
  await page.getByRole('heading', { name: t.audit.carryTitle }).scrollIntoViewIfNeeded()
  await look('3-carry')

  // the ceremony of the office, and its sheets for this desk
  await toPage(t.shell.roster)
  await hands.press(t.roster.makeKey)
  await hands.press(t.roster.ceremonyBegin)
  const sheets: string[] = []
  for (const n of [1, 2, 3]) {
    await hands.press(filled(t.roster.showSheet, { number: n }))
    sheets.push((await page.getByLabel(filled(t.roster.showSheet, { number: n })).innerText()).replace(/\s+/g, ' '))
    await hands.press(filled(t.roster.hideSheet, { number: n }))
  }
  await hands.press(t.roster.sheetsReady)
  const typeSheets = async (typed: readonly string[]) => {
    for (const [i, sheet] of typed.entries()) await page.getByLabel(filled(t.roster.sheetLabel, { n: i + 1 })).fill(sheet)
  }
  await typeSheets([sheets[0]!, sheets[2]!])
  await hands.press(t.roster.typeBackDone)
  await page.getByRole('status').filter({ hasText: t.roster.keyMade }).waitFor()
  await page.getByTitle(t.shell.account).click()
  await page.getByText(t.users.national.known).waitFor()
  const section = page.getByRole('region', { name: t.users.nationalTitle })
  await section.getByLabel(t.users.ownPassword).fill(moraUser.password)
  await section.scrollIntoViewIfNeeded()
  await look('4-allow')
  await hands.press(t.users.nationalAllow)
  await page.getByText(t.users.national.here).waitFor()

  // nobody knows a password any more
  await hands.lock()
  await look('5-lock')
  await hands.press(t.security.haveSheets)
  await hands.heading(t.security.sheetsTitle)
  await page.getByLabel(t.security.login).fill(moraUser.login)
  await page.getByLabel(t.security.passwordNew).fill(newPassword)
  await page.getByLabel(t.security.passwordAgain).fill(newPassword)
  await hands.press(t.security.recover)
  await expect(page.getByRole('link', { name: t.security.sheetsMissing })).toBeVisible()
  await typeSheets([sheets[1]!, sheets[0]!])
  await look('6-sheets')
  await hands.press(t.security.recover)
  await page.getByRole('navigation', { name: t.shell.navigation }).waitFor()
  await hands.lock()
  await hands.unlock(moraUser.login, newPassword)
  await toPage(t.shell.register)
  await expect(page.getByText(t.audit.actions['password-recover-national'])).toBeVisible()
  expect(faults).toEqual([])
})
