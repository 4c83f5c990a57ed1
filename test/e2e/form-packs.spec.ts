import { existsSync } from 'node:fs'
import path from 'node:path'
import { deskDriver } from '../../tools/demo/desk-driver.ts'
import { consent, moraUser } from '../../tools/demo/demo-people.ts'
import { formFile, nextForm, shippedForm } from '../support/form-files.ts'
import { koboTables, xlsxFile } from '../support/submission-files.ts'
import { answerDialogs, expect, inLanguages, launchReadyDesk, test } from './app.ts'
import { axeFaults, faultsOf, picture } from './look.ts'

test.setTimeout(600_000)
const plan = { ...shippedForm('plan'), version: '2' }

for (const language of inLanguages('en'))
  test.describe(language, () => {
    test.use({ language })
    test('a form from Excel: faults, changes, preview, a copy taken out', async ({ deskOfMora, folder }) => {
      const { page, app } = deskOfMora
      await page.setViewportSize({ width: 1366, height: 768 })
      const hands = deskDriver(page, language)
      const { t } = hands
      const look = async (where: string) => {
        await picture(page, `form-packs-${language}-${where}`)
        expect((await axeFaults(page)).map((fault) => `${where}: ${fault}`)).toEqual([])
      }
      /** By mouse in French, by keyboard in English. */
      const press = async (name: string) => {
        const button = page.getByRole('button', { name, exact: true }).first()
        if (language === 'fr') return button.click()
        await button.focus()
        return page.keyboard.press('Enter')
      }
      await page.getByRole('navigation', { name: t.shell.navigation }).getByRole('link', { name: t.shell.formPacks }).click()
      await hands.heading(t.formPacks.title)
      await look('1-list')

      const wrong = await formFile(folder, plan, ({ survey }) => {
        survey[2]![survey[0]!.indexOf('type')] = 'barcode'
      })
      await answerDialogs(app, wrong)
      await press(t.formPacks.check)
      await hands.heading(t.formPacks.checkedTitle)
      const fault = page.getByRole('row').filter({ hasText: 'barcode' })
      await expect(fault.getByRole('cell')).toHaveText([
        t.formPacks.isError,
        'survey',
        '3',
        'type',
        language === 'fr' ? /n’est pas pris en charge/ : /is not supported/,
      ])
      await look('2-faults')

      const goal = plan.survey.map((r) => (r.name === 'plan_goal' ? { ...r, label: { fr: 'But visé', en: 'Aim' } } : r))
      await answerDialogs(app, await formFile(folder, { ...plan, survey: goal }))
      await press(t.formPacks.checkOther)
      await expect(page.getByText(t.formPacks.good)).toBeVisible()
      await expect(page.getByRole('listitem').filter({ hasText: language === 'fr' ? 'But visé' : 'Aim' })).toHaveCount(1)
      await expect(page.locator('.form-preview').getByText(language === 'fr' ? 'But visé' : 'Aim')).toBeVisible()
      await look('3-good')

      const out = path.join(folder, 'out.xlsx')
      await answerDialogs(app, out)
      await press(t.formPacks.model)
      await expect(page.getByRole('status').filter({ hasText: 'out.xlsx' })).toBeVisible()
      expect(existsSync(out)).toBe(true)

      // what comes back from the telephones
      const line = 'skills[000000001]'
      const answers = {
        ...consent,
        consent_date: '2026-11-20',
        family_name: 'Oumarou',
        birth_date: '1990',
        household_size: 'four',
      }
      const interview = { ...answers, [line]: 'here', [`${line}.skills_years`]: 7 }
      const noted = { _uuid: 'u-1', _submission_time: '2026-11-20T10:00:00' }
      const choices = { groups: true, several: 'columns' } as const
      await answerDialogs(app, await xlsxFile(folder, koboTables([{ answers: interview, noted }], choices)))
      await page.getByRole('navigation', { name: t.shell.navigation }).getByRole('link', { name: t.shell.cases }).click()
      await page.getByRole('link', { name: t.submissions.open }).click()
      await press(t.submissions.choose)
      await hands.heading(t.submissions.foundTitle)
      await expect(page.getByRole('row').filter({ hasText: 'household/household_size' })).toContainText('four')
      await look('4-interviews')
      await page.getByRole('button', { name: language === 'fr' ? 'Prendre cet entretien' : 'Take this interview' }).click()
      await page.getByRole('link', { name: 'Oumarou' }).click()
      await press(t.forms.importedTakeUp)
      await press(t.cases.openCase)
      await expect(page.getByLabel(t.forms.tiers.t2)).toBeVisible()
      await page.getByLabel(t.forms.tiers.t2).check()
      await page.getByRole('button', { name: /^8\. / }).click()
      await expect(page.locator(`[data-line="${line}"] [data-question$="skills_years"] input`)).toHaveValue('7')
    })
  })

test('a form is published on its page; a case that was open before shows what changes, and follows when somebody says so', async ({
  folder,
}) => {
  const office = { ...moraUser, siteCode: 'YDE', roles: ['SUP', 'CW', 'NAT'] as const }
  const desk = await launchReadyDesk(path.join(folder, 'profile'), office)
  const { page, app } = desk
  const hands = deskDriver(page, 'fr')
  const { t } = hands
  // the ceremony has a test of its own (computers.spec.ts)
  await page.evaluate(async () => {
    const { centre } = window as unknown as { centre: { call: (name: string, input: unknown) => Promise<{ value: never }> } }
    const { sheets } = (await centre.call('roster.beginCeremony', { renew: false })).value as { sheets: { groups: string[] }[] }
    const typed = sheets.map((s) => s.groups.join(' '))
    await centre.call('roster.confirmCeremony', { sheets: [typed[2], typed[0]] })
  })
  await hands.goTo('cases')
  await hands.openCase(consent)
  const address = page.url()
  await expect(page.getByRole('note').filter({ hasText: /version/ })).toHaveCount(0)

  const profile = shippedForm('profile')
  const version2 = nextForm(profile, '2', (survey) =>
    survey.map((r) =>
      r.name === 'usual_name' ? { ...r, label: { fr: 'Nom que l’on vous donne', en: 'Name you are called' } } : r,
    ),
  )
  await answerDialogs(app, await formFile(folder, version2))
  await page.getByRole('navigation', { name: t.shell.navigation }).getByRole('link', { name: t.shell.formPacks }).click()
  await hands.press(t.formPacks.check)
  await hands.press(t.formPacks.publish)
  await page.getByRole('dialog').getByRole('button', { name: t.formPacks.publish }).click()
  await expect(page.getByRole('status').filter({ hasText: 'version 2' })).toBeVisible()

  await page.evaluate((hash) => (window.location.hash = hash), new URL(address).hash)
  await hands.press(t.cases.showMove)
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('Nom que l’on vous donne')).toBeVisible()
  await picture(page, 'form-move')
  expect(await faultsOf(page)).toEqual([])
  await dialog.getByRole('button', { name: t.cases.move.replace('{to}', '2') }).click()
  await expect(page.getByRole('button', { name: t.cases.showMove })).toHaveCount(0)
  await expect(hands.question('usual_name')).toContainText('Nom que l’on vous donne')
  await desk.close()
  expect(desk.complaints).toEqual([])
})
