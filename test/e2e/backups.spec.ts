import AxeBuilder from '@axe-core/playwright'
import path from 'node:path'
import { deskDriver } from '../../tools/demo/desk-driver.ts'
import { bueaUser, moraUser } from '../../tools/demo/demo-people.ts'
import { answerDialogs, expect, launchDesk, test, type DeskApp } from './app.ts'

test.setTimeout(400_000)
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Presses a button with the keyboard. */
async function enter({ page }: DeskApp, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).focus()
  await page.keyboard.press('Enter')
}

for (const { language, user } of [
  { language: 'fr', user: moraUser },
  { language: 'en', user: bueaUser },
] as const)
  test(`a copy is made and taken out by keyboard (${language})`, async ({ folder }) => {
    const faults: string[] = []
    const look = async ({ page }: DeskApp, where: string) => {
      if (process.env.PASSERELLE_PICTURES)
        await page.screenshot({
          path: path.join(process.env.PASSERELLE_PICTURES, `backups-${language}-${where}.png`),
          fullPage: true,
        })
      const { violations } = await new AxeBuilder({ page }).withTags(tags).setLegacyMode(true).analyze()
      for (const v of violations) faults.push(`${where}: ${v.id} ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`)
      if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth))
        faults.push(`${where}: scrolls sideways`)
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

    await desk.close()
    expect(faults).toEqual([])
    expect(desk.complaints).toEqual([])
  })
