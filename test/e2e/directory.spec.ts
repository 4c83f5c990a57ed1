import fs from 'node:fs'
import path from 'node:path'
import { deskDriver, filled } from '../../tools/demo/desk-driver.ts'
import { moraUser } from '../../tools/demo/demo-people.ts'
import { answerDialogs, expect, repositoryRoot, test } from './app.ts'

test('the directory is imported from the model up, searched and verified, and says each time what to do', async ({
  deskOfMora: desk,
  folder,
}) => {
  const { page, app } = desk
  await page.setViewportSize({ width: 1366, height: 768 })
  const hands = deskDriver(page, 'fr')
  const t = hands.t.directory
  await hands.goTo('directory')
  await expect(page.getByText(t.emptyMay)).toBeVisible()

  // the model, then a file with faults
  await hands.press(t.import)
  const panel = page.getByRole('region', { name: t.import })
  const model = path.join(folder, 'services.csv')
  await answerDialogs(app, model)
  await hands.press(t.importModel)
  await expect(panel.getByText(filled(t.importSaved, { name: 'services.csv' }))).toBeVisible()
  expect(fs.readFileSync(model, 'utf8')).toContain('arrondissement_pcode;')
  const lines = fs.readFileSync(path.join(repositoryRoot, 'resources/training/services.csv'), 'utf8').split('\r\n')
  const spoiled = lines.map((l, i) => (i === 0 ? `${l},telephone` : i === 4 ? l.replace('CM004005002', 'CM999') : l))
  const file = path.join(folder, 'liste.csv')
  fs.writeFileSync(file, spoiled.join('\r\n'))
  await answerDialogs(app, file)
  await hands.press(t.importChoose)
  const refused = panel.getByRole('row').filter({ hasText: t.problems['unknown-place'] })
  await expect(refused.getByRole('cell').first()).toHaveText('5')
  await expect(panel.getByText(filled(t.importUnknownColumns, { names: 'telephone' }))).toBeVisible()
  await hands.press(t.importGo)
  await expect(panel.getByText(t.importDone)).toBeVisible()
  await expect(panel.getByRole('listitem').filter({ hasText: t.importAdded })).toHaveText(`87 ${t.importAdded}`)
  await expect(panel.getByRole('listitem').filter({ hasText: t.importBad })).toHaveText(`1 ${t.importBad}`)
  await expect(refused).toBeVisible()
  await panel.getByRole('button', { name: hands.t.common.close }).click()
  // the list itself is readable, and holds invented numbers like those of the person that is looked for afterwards
  fs.rmSync(file)

  // whatever is typed, what can be chosen answers what stands in the field
  const list = page.locator('.service-list')
  const watched = await list.evaluateHandle((e) => {
    const states: { readonly busy: string | null; readonly inert: boolean }[] = []
    new MutationObserver(() => states.push({ busy: e.getAttribute('aria-busy'), inert: (e as HTMLElement).inert })).observe(e, {
      attributes: true,
    })
    return states
  })
  await page.getByLabel(t.search).fill('formation')
  await expect.poll(async () => (await watched.jsonValue()).at(-1)).toEqual({ busy: 'false', inert: false })
  expect((await watched.jsonValue())[0]).toEqual({ busy: 'true', inert: true })
  await page.getByLabel(t.search).fill('zzz')
  await expect(page.getByText(t.noMatchTodo)).toBeVisible()
  await hands.press(t.clearFilters)
  await expect(page.getByLabel(t.search)).toHaveValue('')

  // an old entry is verified; what a counsellor must know stands there in words
  await expect(list).toHaveAttribute('aria-busy', 'false')
  await page.locator('.service-button').last().click()
  const details = page.getByRole('region', { name: t.details })
  await expect(details).toBeInViewport()
  for (const label of [t.phone, t.hours, t.where, t.groupsLabel, t.cost])
    await expect(details.getByText(label, { exact: true })).toBeVisible()
  await expect(details).not.toContainText(/Mo-|Fr \d|_/)
  await hands.press(t.verify)
  await expect(details.getByText(t.verifyDone)).toBeVisible()
  await expect(
    details.getByText(filled(t.verifiedHow, { how: `${t.how.phone} ${filled(t.verifiedBy, { name: moraUser.name })}` })),
  ).toBeVisible()
  await expect(details.locator('[data-freshness="green"]')).toBeVisible()
})
