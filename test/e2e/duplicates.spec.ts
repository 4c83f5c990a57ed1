import type { Locator } from '@playwright/test'
import { deskDriver, type Consent, type DeskDriver } from '../../tools/demo/desk-driver.ts'
import { card, consent } from '../../tools/demo/demo-people.ts'
import { expect, test, type DeskApp } from './app.ts'
import { faultsOf, picture } from './look.ts'

test.setTimeout(300_000)

const elder = 'Ŋgono Ɓello Aïssatou'
const namesake = 'Ngono Belo Aichatou'

/** A desk of a supervisor who follows two people of names that sound alike; the second card is open. */
async function deskOfTwo(desk: DeskApp, language: 'fr' | 'en'): Promise<DeskDriver> {
  const hands = deskDriver(desk.page, language)
  const { family_name, given_names, sex, birth_date, phone, phone_owner, phone_safe } = card
  const known = { family_name, given_names, sex, birth_date, phone, phone_owner, phone_safe } as Consent
  for (const answers of [known, { ...known, family_name: 'Ngono Belo', given_names: 'Aichatou', phone: '6 00 00 00 77' }]) {
    await hands.goTo('cases')
    await hands.openCase(consent)
    await hands.fillCard(answers)
  }
  return hands
}

const enter = async (at: Locator) => {
  await at.focus()
  await at.press('Enter')
}

test('H40 two cases of one person are compared, one is carried on, and the decision is taken back (fr, mouse)', async ({
  deskOfMora: desk,
}) => {
  const { page } = desk
  const hands = await deskOfTwo(desk, 'fr')
  const { t } = hands
  await hands.goTo('cases')
  await page.getByRole('link', { name: t.people.duplicatesTitle }).click()
  await hands.heading(t.people.duplicatesTitle)
  const line = page.getByRole('row').filter({ hasText: elder })
  await expect(line).toContainText(namesake)
  await expect(line).toContainText(t.people.common.name)
  await picture(page, 'duplicates-fr-1', { fullPage: true })
  expect(await faultsOf(page)).toEqual([])
  await line.getByRole('link').click()
  await hands.heading(t.people.compareTitle)
  const given = page.getByRole('row').filter({ hasText: 'Aichatou' }).last()
  await expect(given).toContainText(t.people.different)
  const save = page.getByRole('button', { name: t.people.decide })
  // nothing is chosen beforehand
  await expect(save).toBeDisabled()
  expect(await page.getByRole('region', { name: t.people.decideTitle }).getByRole('radio', { checked: true }).count()).toBe(0)
  await page.getByRole('radio', { name: t.people.kinds.same }).check()
  await page.getByRole('radio', { name: 'MOR-26-000001-25' }).check()
  const phone = page.getByRole('row').filter({ hasText: '600000077' })
  await phone.getByRole('checkbox').check()
  await page.getByLabel(t.people.reason).fill('même acte de naissance')
  await picture(page, 'duplicates-fr-2', { fullPage: true })
  expect(await faultsOf(page)).toEqual([])
  await save.click()
  await hands.heading(t.people.duplicatesTitle)
  await page.getByText(t.people.none).waitFor()
  // both cases are still there; the lesser one points to the other
  await hands.goTo('cases')
  await page.getByRole('link', { name: namesake }).click()
  const note = page.getByRole('note').filter({ hasText: 'MOR-26-000001-25' })
  await expect(note).toContainText('même acte de naissance')
  await picture(page, 'duplicates-fr-3', { fullPage: true })
  expect(await faultsOf(page)).toEqual([])
  await note.getByRole('link', { name: t.people.seeCase.replace('{number}', 'MOR-26-000001-25') }).click()
  await expect(page.locator('[data-question="phone"] input')).toHaveValue(/77$/)
  await page.getByRole('note').getByRole('link', { name: t.people.compare }).click()
  await page.getByRole('button', { name: t.people.undo }).click()
  await page.getByRole('button', { name: t.people.undo }).waitFor({ state: 'hidden' })
  await expect(page.getByRole('row').filter({ hasText: '600000042' })).toHaveCount(1)
})

test.describe('in English', () => {
  test.use({ language: 'en' })
  test('two people of one household are told apart and linked, all by keyboard (en)', async ({ deskOfMora: desk }) => {
    const { page } = desk
    const hands = await deskOfTwo(desk, 'en')
    const { t } = hands
    await hands.goTo('cases')
    await enter(page.getByRole('link', { name: t.people.duplicatesTitle }))
    await enter(page.getByRole('row').filter({ hasText: elder }).getByRole('link'))
    await hands.heading(t.people.compareTitle)
    await page.getByRole('radio', { name: t.people.kinds.same }).focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    await expect(page.getByRole('radio', { name: t.people.kinds.different })).toBeChecked()
    await enter(page.getByRole('button', { name: t.people.decide }))
    await page.getByText(t.people.none).waitFor()
    await hands.goTo('cases')
    await enter(page.getByRole('link', { name: namesake }))
    const household = page.getByRole('region', { name: t.people.household })
    await enter(household.getByRole('button', { name: t.people.addToHousehold }))
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('searchbox')).toBeFocused()
    await page.keyboard.type('ngono aissatou')
    const found = dialog.getByRole('radio', { name: new RegExp(elder) })
    // the list is another one while what was typed is still looked for
    await expect(async () => {
      await found.press('Space', { timeout: 1000 })
      await expect(found).toBeChecked({ timeout: 1000 })
    }).toPass()
    await dialog.getByRole('combobox').focus()
    await dialog.getByRole('combobox').selectOption('sibling')
    await picture(page, 'duplicates-en-1', { fullPage: true })
    expect(await faultsOf(page)).toEqual([])
    await enter(dialog.getByRole('button', { name: t.people.add, exact: true }))
    await dialog.waitFor({ state: 'hidden' })
    await expect(household.getByRole('listitem')).toContainText(t.people.relations.sibling)
    await household.scrollIntoViewIfNeeded()
    await picture(page, 'duplicates-en-2', { fullPage: true })
    expect(await faultsOf(page)).toEqual([])
    await enter(household.getByRole('link', { name: elder }))
    await expect(household.getByRole('listitem')).toContainText(namesake)
    await enter(household.getByRole('button', { name: t.people.removeOf.replace('{number}', 'MOR-26-000002-22') }))
    await household.getByText(t.people.householdNone).waitFor()
  })
})
