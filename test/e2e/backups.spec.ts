import type { Page } from '@playwright/test'
import { mkdirSync, readdirSync, renameSync } from 'node:fs'
import path from 'node:path'
import { deskDriver, filled } from '../../tools/demo/desk-driver.ts'
import { bueaUser, moraUser } from '../../tools/demo/demo-people.ts'
import { answerDialogs, expect, inLanguages, launchDesk, test, type DeskApp } from './app.ts'
import { faultsOf, picture } from './look.ts'

test.setTimeout(400_000)

/** Presses a button with the keyboard. */
async function enter({ page }: DeskApp, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).focus()
  await page.keyboard.press('Enter')
}

const users = { fr: moraUser, en: bueaUser } as const
for (const language of inLanguages('fr'))
  test(`a copy is made, taken out, checked, put back and brought to an empty computer, by keyboard (${language})`, async ({
    folder,
  }) => {
    const user = users[language]
    const faults: string[] = []
    const look = async ({ page }: DeskApp, where: string) => {
      await picture(page, `backups-${language}-${where}`, { fullPage: true })
      for (const fault of await faultsOf(page)) faults.push(`${where}: ${fault}`)
    }
    const desk = await launchDesk(path.join(folder, 'first'))
    await desk.page.setViewportSize({ width: 1366, height: 768 })
    const hands = deskDriver(desk.page, language)
    const { t } = hands
    const code = await hands.beginFirstRun(user)
    expect(code.length).toBeGreaterThan(20)
    await hands.endFirstRun(code)
    const { page } = desk

    await look(desk, '0-home')
    const toBackups = async () => {
      await page.getByRole('navigation', { name: t.shell.navigation }).getByRole('link', { name: t.shell.backups }).focus()
      await page.keyboard.press('Enter')
      await hands.heading(t.backups.title)
    }
    await toBackups()
    await page.getByText(t.backups.outsideNone).waitFor()
    await look(desk, '1-none')
    await enter(desk, t.backups.make)
    await page.getByRole('status').filter({ hasText: t.backups.made }).waitFor()
    const stick = path.join(folder, 'PSRL-aaaaaaaa.psrlcopy')
    await answerDialogs(desk.app, stick)
    await enter(desk, t.backups.copyOut)
    await page.getByRole('status').filter({ hasText: t.backups.eject }).waitFor()
    await expect(page.getByText(t.backups.tones.green)).toHaveCount(2)
    await look(desk, '2-copied')

    // a folder that is chosen once: what is made goes there too; pulled out, it is said
    const outside = path.join(folder, 'stick')
    mkdirSync(outside)
    await answerDialogs(desk.app, outside)
    await enter(desk, t.backups.folderChoose)
    await page.getByText(t.backups.folderThereWhat).waitFor()
    await page.getByText(outside, { exact: true }).waitFor()
    await enter(desk, t.backups.make)
    await page.getByRole('status').filter({ hasText: t.backups.inFolder.written }).waitFor()
    expect(readdirSync(outside)).toEqual([expect.stringMatching(/^PSRL-[a-z2-7]{8}\.psrlcopy$/)])
    await look(desk, '2-folder')
    renameSync(outside, `${outside}-out`)
    await enter(desk, t.backups.make)
    await page.getByText(t.backups.folderMissingWhat).waitFor()
    await look(desk, '2-folder-missing')
    await enter(desk, t.backups.folderForget)
    await page.getByRole('button', { name: t.backups.folderChoose, exact: true }).waitFor()
    await answerDialogs(desk.app, stick)

    // the rehearsal: the file from the stick, opened with the paper
    const write = async (at: Page, label: string, value: string) => {
      await at.getByLabel(label, { exact: true }).focus()
      await at.keyboard.insertText(value)
    }
    await page.getByLabel(t.backups.which).selectOption('')
    await page.getByRole('radio', { name: t.backups.ways.paper }).focus()
    await page.keyboard.press('Space')
    await enter(desk, t.backups.check)
    await page.getByRole('alert').filter({ hasText: t.backups.fileMissing }).waitFor()
    await enter(desk, t.backups.chooseFile)
    await page.getByText(filled(t.backups.chosen, { name: 'PSRL-aaaaaaaa.psrlcopy' })).waitFor()
    await write(page, t.security.codeLabel, code)
    await page.keyboard.press('Enter')
    await page.getByRole('status').filter({ hasText: t.backups.checked }).waitFor()
    await look(desk, '3-checked')

    // put back here: wrong password, then the right one, the place, one more question
    await hands.lock()
    await look(desk, '4-locked')
    await enter(desk, t.backups.restore)
    await hands.heading(t.backups.restore)
    await page.getByLabel(t.backups.which).selectOption({ index: 1 })
    await write(page, t.security.login, user.login)
    await write(page, t.security.password, 'not the password')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('alert')).toHaveAttribute('data-code', 'wrong-password')
    await look(desk, '5-choose')
    await page.getByLabel(t.security.password, { exact: true }).fill(user.password)
    await page.keyboard.press('Enter')
    await hands.heading(t.backups.restoreReadTitle)
    await look(desk, '6-read')
    const putBack = async (at: DeskApp, site: string) => {
      await write(at.page, filled(t.backups.restoreSite, { site }), site)
      await at.page.keyboard.press('Enter')
      const sure = at.page.getByRole('dialog').getByRole('button', { name: t.backups.restoreDo })
      await sure.focus()
      await at.page.keyboard.press('Enter')
      await at.page.getByRole('status').filter({ hasText: t.backups.restoreDone }).waitFor()
      await enter(at, t.backups.restoreSignIn)
    }
    const site = language === 'fr' ? 'Mora' : 'Buéa'
    await putBack(desk, site)
    await hands.unlock(user.login, user.password)
    await toBackups()
    await page.getByRole('cell', { name: t.backups.reasons.aside }).waitFor()
    await look(desk, '7-restored')
    await desk.close()

    // an empty computer: the stick and the paper are enough
    const empty = await launchDesk(path.join(folder, 'second'))
    await empty.page.setViewportSize({ width: 1366, height: 768 })
    const other = deskDriver(empty.page, language)
    await other.heading('Choisissez la langue')
    await empty.page
      .getByRole('main')
      .getByRole('radio', { name: language === 'fr' ? t.shell.french : t.shell.english })
      .click()
    await other.heading(t.security.languageTitle)
    await look(empty, '8-first-run')
    await answerDialogs(empty.app, stick)
    await enter(empty, t.backups.restore)
    await enter(empty, t.backups.chooseFile)
    // before the dialog has answered: what is chosen meanwhile stays
    await empty.page.getByRole('main').getByRole('radio', { name: t.backups.ways.paper }).focus()
    await empty.page.keyboard.press('Space')
    await empty.page.getByText(filled(t.backups.chosen, { name: 'PSRL-aaaaaaaa.psrlcopy' })).waitFor()
    await write(empty.page, t.security.codeLabel, code)
    await empty.page.keyboard.press('Enter')
    await other.heading(t.backups.restoreReadTitle)
    await putBack(empty, site)
    await other.unlock(user.login, user.password)
    await empty.close()

    expect(faults).toEqual([])
    expect([...desk.complaints, ...empty.complaints]).toEqual([])
  })
