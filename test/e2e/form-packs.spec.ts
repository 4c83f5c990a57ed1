import { existsSync } from 'node:fs'
import path from 'node:path'
import { deskDriver } from '../../tools/demo/desk-driver.ts'
import { moraUser } from '../../tools/demo/demo-people.ts'
import { formFile, shippedForm } from '../support/form-files.ts'
import { answerDialogs, expect, test } from './app.ts'
import { axeFaults, picture } from './look.ts'

test.setTimeout(600_000)
const plan = { ...shippedForm('plan'), version: '2' }

for (const language of ['fr', 'en'] as const)
  test(`a form from Excel: faults, changes, preview, a copy taken out, in ${language}`, async ({ desk, folder }) => {
    const { page, app } = desk
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
    await hands.endFirstRun(await hands.beginFirstRun(moraUser))
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
  })
