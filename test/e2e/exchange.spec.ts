import path from 'node:path'
import { deskDriver, filled, type DeskDriver } from '../../tools/demo/desk-driver.ts'
import { card, consent, moraUser } from '../../tools/demo/demo-people.ts'
import { answerDialogs, expect, launchReadyDesk, test, type DeskApp } from './app.ts'
import { picture } from './look.ts'

test.setTimeout(240_000)

/** A desk with the file that its next dialog gives. */
interface Side {
  readonly desk: DeskApp
  readonly hands: DeskDriver
}

async function begin(folder: string, name: string): Promise<Side> {
  const desk = await launchReadyDesk(path.join(folder, name), moraUser, 'fr', { another: true })
  const hands = deskDriver(desk.page, 'fr')
  return { desk, hands }
}

async function trust(at: Side, cardOfOther: string): Promise<void> {
  await at.hands.goTo('sync')
  await answerDialogs(at.desk.app, cardOfOther)
  await at.hands.readCard('Mora')
  await at.hands.trust('Mora')
}

/** A file from one PC read at the other. */
async function pass(from: Side, to: Side, file: string): Promise<void> {
  await from.hands.goTo('home')
  await from.hands.goTo('sync')
  await answerDialogs(from.desk.app, file)
  await from.hands.exportFor('Mora')
  await to.hands.goTo('home')
  await to.hands.goTo('sync')
  await answerDialogs(to.desk.app, file)
  await to.hands.previewFile()
  await to.hands.takeIn()
}

async function openTheCase({ desk, hands }: Side): Promise<void> {
  await hands.goTo('cases')
  await desk.page
    .locator('main')
    .getByRole('link', { name: /Aïssatou/ })
    .first()
    .click()
  await hands.show('family_name')
}

async function rename(side: Side, name: string): Promise<void> {
  await openTheCase(side)
  await side.hands.fillCard({ family_name: name })
}

test('I8 a name changed on two PCs waits for a person with both values; the choice is final, and the history keeps the other', async ({
  folder,
}) => {
  const front = await begin(folder, 'front')
  const back = await begin(folder, 'back')
  const sides = [front, back]
  for (const [i, side] of sides.entries()) {
    await side.hands.goTo('sync')
    await answerDialogs(side.desk.app, path.join(folder, `${i}.psrlcard`))
    await side.hands.saveOwnCard()
  }
  await trust(front, path.join(folder, '1.psrlcard'))
  await trust(back, path.join(folder, '0.psrlcard'))
  await front.hands.goTo('cases')
  await front.hands.openCase(consent)
  await front.hands.fillCard(card)
  await pass(front, back, path.join(folder, 'PSRL-first.age'))
  await rename(front, 'Abba')
  await rename(back, 'Oumar')
  await pass(front, back, path.join(folder, 'PSRL-second.age'))

  // at the question itself too
  await openTheCase(back)
  await expect(back.desk.page.locator('.waiting-note')).toContainText(/(Abba|Oumar).*Mora.*Prendre l’autre réponse/)

  // home says that something waits, and leads there
  const { page } = back.desk
  const { t } = back.hands
  await back.hands.goTo('home')
  await page.locator('.to-do').filter({ hasText: 'à deux endroits en même temps' }).click()
  await back.hands.press(t.sync.seeConflicts)
  const conflicts = page.getByRole('region', { name: t.sync.conflictsTitle })
  await expect(conflicts.getByRole('cell', { name: 'Abba', exact: true })).toBeVisible()
  await expect(conflicts.getByRole('cell', { name: 'Oumar', exact: true })).toBeVisible()
  await expect(conflicts.getByRole('link', { name: t.sync.openCase })).toBeVisible()
  await conflicts.getByRole('button', { name: filled(t.sync.keepThis, { value: 'Abba' }) }).focus()
  await page.keyboard.press('Enter')
  await expect(conflicts.getByRole('status')).toContainText('Il ne reste rien à choisir.')
  await pass(back, front, path.join(folder, 'PSRL-third.age'))

  for (const side of sides) {
    await openTheCase(side)
    await expect(side.hands.question('family_name').locator('input')).toHaveValue('Abba')
  }
  await front.hands.press(t.sync.historyOpen)
  await expect(front.desk.page.locator('.change-list')).toContainText('Oumar')
  // a place is told by its name
  await expect(front.desk.page.locator('.change-list')).toContainText('Mayo-Sava')
  for (const { desk } of sides) await desk.close()
  expect(sides.flatMap(({ desk }) => desk.complaints)).toEqual([])
})

test('old changes are archived by a button, which says when there is nothing to archive', async ({ folder }) => {
  const { desk, hands } = await begin(folder, 'alone')
  await hands.goTo('sync')
  const { page } = desk
  await page.setViewportSize({ width: 1366, height: 768 })
  const button = page.getByRole('button', { name: 'Archiver les anciens changements' })
  await button.click()
  await expect(page.getByText('Rien à archiver', { exact: false })).toBeVisible()
  await expect(button).toBeEnabled()
  await button.scrollIntoViewIfNeeded()
  await picture(page, 'archive')
})
