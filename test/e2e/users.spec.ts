import { deskDriver, filled } from '../../tools/demo/desk-driver.ts'
import { moraUser } from '../../tools/demo/demo-people.ts'
import { expect, test } from './app.ts'
import { picture } from './look.ts'

test.setTimeout(240_000)
const person = { name: 'Hadja Moussa', login: 'hadja.m', password: 'le baobab est vieux' }

test('H31 H49 a supervisor makes a counsellor, she begins with her code and signs, is reset, and once disabled cannot enter', async ({
  deskOfMora: desk,
}) => {
  const { page } = desk
  const hands = deskDriver(page, 'fr')
  const { t } = hands
  const readCode = async () => {
    const shown = await page.getByRole('dialog').locator('output').innerText()
    await picture(page, 'start-code')
    await hands.press(t.users.codeDone)
    return shown
  }
  const confirm = async (button: string) => {
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(t.users.ownPassword).fill(moraUser.password)
    await dialog.getByRole('button', { name: button, exact: true }).click()
  }
  const start = async (code: string, password: string) => {
    await hands.press(t.security.haveStartCode)
    await hands.heading(t.security.startTitle)
    await page.getByLabel(t.security.startCode).fill(code)
    await page.getByLabel(t.security.login).fill(person.login)
    await page.getByLabel(t.security.passwordNew).fill(password)
    await page.getByLabel(t.security.passwordAgain).fill(password)
    await picture(page, 'start-form')
    await hands.press(t.security.startGo)
  }
  const supervisor = async () => {
    await hands.lock()
    await hands.unlock(moraUser.login, moraUser.password)
    await hands.goTo('users')
  }
  await hands.goTo('users')
  await hands.press(t.users.add)
  await page.getByRole('dialog').getByLabel(t.users.name).fill(person.name)
  await page.getByRole('dialog').getByLabel(t.users.login, { exact: false }).fill(person.login)
  await page.getByRole('dialog').getByLabel(t.users.role.DIR).check()
  await picture(page, 'create-user')
  await confirm(t.users.create)
  const first = await readCode()
  await picture(page, 'users')
  await hands.lock()
  await picture(page, 'lock-screen')
  await start(first, person.password)
  await hands.heading(t.undertaking.title)
  await picture(page, 'undertaking')
  await page.getByLabel(t.undertaking.name).fill('Quelqu’un d’autre')
  await hands.press(t.undertaking.accept)
  await expect(page.getByRole('alert')).toHaveAttribute('data-code', 'undertaking-name-differs')
  await hands.acceptUndertaking()
  await page.getByRole('navigation', { name: t.shell.navigation }).waitFor()
  await expect(page.getByRole('link', { name: t.shell.users })).toHaveCount(0)

  // her own account
  await page.getByRole('link', { name: person.name }).click()
  await hands.heading(t.users.passwordTitle)
  await picture(page, 'account')

  // a reset: the code replaces the password that she had
  await supervisor()
  await page.getByRole('button', { name: filled(t.users.giveCodeFor, { name: person.name }) }).click()
  await confirm(t.users.giveCode)
  const second = await readCode()
  await hands.lock()
  await start(second, 'les pluies de juin')
  await page.getByRole('navigation', { name: t.shell.navigation }).waitFor()

  await supervisor()
  await page.getByRole('button', { name: filled(t.users.disableFor, { name: person.name }) }).click()
  await confirm(t.users.disable)
  await page.getByRole('cell', { name: t.users.disabled }).waitFor()
  await picture(page, 'users-disabled')
  await hands.lock()
  await page.getByLabel(t.security.login).fill(person.login)
  await page.getByLabel(t.security.password, { exact: false }).first().fill('les pluies de juin')
  await hands.press(t.security.unlock)
  await expect(page.getByRole('alert')).toHaveAttribute('data-code', 'wrong-password')
})
