import path from 'node:path'
import { deskDriver, filled, type DeskDriver } from '../../tools/demo/desk-driver.ts'
import { bueaUser, moraUser } from '../../tools/demo/demo-people.ts'
import { answerDialogs, expect, launchReadyDesk, test, type DeskApp } from './app.ts'
import { faultsOf, picture } from './look.ts'

test.setTimeout(600_000)
const officeUser = { ...moraUser, siteCode: 'YDE', name: 'Odile Ateba', login: 'odile.a' }
const keyHolder = { name: 'Hadja Moussa', login: 'hadja.m', password: 'le baobab est vieux' }

interface Side {
  readonly desk: DeskApp
  readonly hands: DeskDriver
}

async function begin(folder: string, user: typeof officeUser | typeof moraUser | typeof bueaUser): Promise<Side> {
  const desk = await launchReadyDesk(path.join(folder, user.login), user)
  await desk.page.setViewportSize({ width: 1366, height: 768 })
  const hands = deskDriver(desk.page, 'fr')
  return { desk, hands }
}

/** Presses a button with the keyboard. */
async function enter({ desk }: Side, name: string): Promise<void> {
  await desk.page.getByRole('button', { name, exact: true }).focus()
  await desk.page.keyboard.press('Enter')
}
async function toComputers({ desk, hands }: Side): Promise<void> {
  await hands.goTo('home')
  await desk.page
    .getByRole('navigation', { name: hands.t.shell.navigation })
    .getByRole('link', { name: hands.t.shell.roster })
    .focus()
  await desk.page.keyboard.press('Enter')
  await hands.heading(hands.t.roster.title)
}

/** The supervisor gives a second person the role that holds the national key; she signs in. */
async function giveNationalRole({ desk, hands }: Side): Promise<void> {
  const { page } = desk
  const { t } = hands
  await hands.goTo('users')
  await hands.press(t.users.add)
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t.users.name).fill(keyHolder.name)
  await dialog.getByLabel(t.users.login, { exact: false }).fill(keyHolder.login)
  await dialog.getByLabel(t.users.role.NAT).check()
  await dialog.getByLabel(t.users.role.SUP).check()
  await dialog.getByLabel(t.users.ownPassword).fill(officeUser.password)
  await dialog.getByRole('button', { name: t.users.create, exact: true }).click()
  const code = await dialog.locator('output').innerText()
  await hands.press(t.users.codeDone)
  await hands.lock()
  await hands.press(t.security.haveStartCode)
  await hands.heading(t.security.startTitle)
  await page.getByLabel(t.security.startCode).fill(code)
  await page.getByLabel(t.security.login).fill(keyHolder.login)
  await page.getByLabel(t.security.passwordNew).fill(keyHolder.password)
  await page.getByLabel(t.security.passwordAgain).fill(keyHolder.password)
  await hands.press(t.security.startGo)
  await hands.acceptUndertaking()
  await page.getByRole('navigation', { name: t.shell.navigation }).waitFor()
}

test('the list of computers from its ceremony to a computer that was stolen, in French and by keyboard', async ({ folder }) => {
  const faults: string[] = []
  const look = async ({ desk }: Side, where: string) => {
    await picture(desk.page, `computers-${where}`)
    for (const fault of await faultsOf(desk.page)) faults.push(`${where}: ${fault}`)
  }
  const office = await begin(folder, officeUser)
  const mora = await begin(folder, moraUser)
  const { t } = office.hands
  await giveNationalRole(office)

  // the ceremony: each sheet is shown for its holder, two are typed back
  await toComputers(office)
  await look(office, '1-before')
  await enter(office, t.roster.makeKey)
  await look(office, '2-ceremony')
  await enter(office, t.roster.ceremonyBegin)
  const sheets: string[] = []
  for (const number of [1, 2, 3]) {
    await enter(office, filled(t.roster.showSheet, { number }))
    const shown = office.desk.page.getByLabel(filled(t.roster.showSheet, { number }))
    sheets.push((await shown.innerText()).replace(/\s+/g, ' '))
    if (number === 1) await look(office, '3-sheet')
    await enter(office, filled(t.roster.hideSheet, { number }))
  }
  await enter(office, t.roster.sheetsReady)
  const typeSheets = async (labelled: readonly string[]) => {
    for (const [i, sheet] of labelled.entries()) {
      await office.desk.page.getByLabel(filled(t.roster.sheetLabel, { n: i + 1 })).focus()
      await office.desk.page.keyboard.insertText(sheet)
    }
  }
  await typeSheets([sheets[0]!, sheets[2]!])
  await look(office, '4-typed')
  await enter(office, t.roster.typeBackDone)
  // the message is in view, and has the focus
  await expect(office.desk.page.getByRole('status').filter({ hasText: t.roster.keyMade })).toBeInViewport()
  await expect(office.desk.page.locator(':focus')).toContainText(t.roster.keyMade)
  await look(office, '5-key')
  const spoken = (at: Side, label: string) => at.desk.page.getByLabel(label, { exact: true }).locator('li').allInnerTexts()
  const nationalWords = await spoken(office, t.roster.nationalTitle)

  // a computer is put on the list by its card and the words that are read aloud
  const enrol = async (side: Side, site: string) => {
    const cardFile = path.join(folder, `${site}.psrlcard`)
    await side.hands.goTo('sync')
    await answerDialogs(side.desk.app, cardFile)
    const words = await side.hands.saveOwnCard()
    await answerDialogs(office.desk.app, cardFile)
    await enter(office, t.roster.enrol)
    await enter(office, t.roster.chooseCard)
    const heard = office.desk.page.getByLabel(t.roster.heardWords)
    await heard.focus()
    await office.desk.page.keyboard.insertText(words.toReversed().join(' '))
    await office.desk.page.keyboard.press('Enter')
    await expect(office.desk.page.getByRole('alert')).toHaveAttribute('data-code', 'words-differ')
    await look(office, `6-words-${site}`)
    await heard.fill(words.join(' '))
    await office.desk.page.keyboard.press('Enter')
    await office.hands.heading(filled(t.roster.enrolledTitle, { site }))
    const list = path.join(folder, `${site}-list.psrlcard`)
    await answerDialogs(office.desk.app, list)
    await enter(office, t.roster.saveList)
    await office.desk.page.getByRole('status').filter({ hasText: t.roster.listSaved }).waitFor()
    return list
  }
  const takeList = async (side: Side, list: string) => {
    await toComputers(side)
    await answerDialogs(side.desk.app, list)
    await enter(side, t.roster.takeList)
    await enter(side, t.roster.chooseList)
    await side.desk.page.getByText(t.roster.listNamesUs).waitFor()
    await look(side, '7-list')
    await side.desk.page.getByLabel(t.roster.heardWords).focus()
    await side.desk.page.keyboard.insertText(nationalWords.join(' '))
    await side.desk.page.keyboard.press('Enter')
    await expect(side.desk.page.getByRole('status').filter({ hasText: t.roster.listTaken })).toBeVisible()
  }
  await takeList(mora, await enrol(mora, 'Mora'))
  const row = (side: Side, site: string) =>
    side.desk.page.getByRole('row').filter({ has: side.desk.page.getByRole('rowheader', { name: site }) })
  await expect(row(mora, 'Yaoundé')).toContainText(t.roster.whyList)
  await look(mora, '8-taken')

  // another one is enrolled later: the list comes with an ordinary file, and nobody compares words
  const buea = await begin(folder, bueaUser)
  await enrol(buea, 'Buéa')
  await buea.desk.close()
  const pass = async (file: string) => {
    await office.hands.goTo('sync')
    await answerDialogs(office.desk.app, file)
    await office.hands.exportFor('Mora')
    await mora.hands.goTo('home')
    await mora.hands.goTo('sync')
    await answerDialogs(mora.desk.app, file)
    await mora.hands.previewFile()
    await mora.hands.takeIn()
    await toComputers(mora)
    await toComputers(office)
  }
  await pass(path.join(folder, 'PSRL-first.age'))
  await expect(row(mora, 'Buéa')).toContainText(t.roster.whyList)

  // a key is renewed
  await enter(mora, t.roster.renewOwnKey)
  await expect(mora.desk.page.getByRole('status').filter({ hasText: t.roster.ownKeyRenewed })).toBeVisible()
  await look(mora, '9-renewed')

  // a computer is reported stolen: what it means first, then once more
  await enter(office, filled(t.roster.takeOff, { site: 'Buéa' }))
  await office.desk.page.getByRole('radio', { name: t.roster.reasons.stolen }).focus()
  await office.desk.page.keyboard.press('Space')
  await look(office, '10-revoke')
  await enter(office, filled(t.roster.takeOff, { site: 'Buéa' }))
  await office.desk.page.getByRole('dialog').waitFor()
  await look(office, '11-sure')
  await enter(office, t.roster.sureYes)
  await expect(row(office, 'Buéa')).toContainText(t.roster.revoked)
  await look(office, '12-revoked')
  await pass(path.join(folder, 'PSRL-second.age'))
  await expect(row(mora, 'Buéa')).toContainText(t.roster.reasons.stolen)
  await expect(mora.desk.page.getByRole('button', { name: /Retirer le poste/ })).toHaveCount(0)

  for (const { desk } of [office, mora]) await desk.close()
  expect(faults).toEqual([])
  expect([office, mora, buea].flatMap(({ desk }) => desk.complaints)).toEqual([])
})
