import path from 'node:path'
import type { Locator } from '@playwright/test'
import { deskDriver, filled, type DeskDriver } from '../../tools/demo/desk-driver.ts'
import { card, consent } from '../../tools/demo/demo-people.ts'
import { isNeutral } from '../../src/shared/referrals/revealing-words.ts'
import { readPdf } from './read-pdf.ts'
import { answerDialogs, expect, repositoryRoot, inLanguages, test, type DeskApp } from './app.ts'
import { faultsOf, keepPrinted, picture } from './look.ts'

test.setTimeout(240_000)

/** A person at a desk of this language, with a slip in the hand. */
async function deskWithSlip(desk: DeskApp, folder: string, language: 'fr' | 'en'): Promise<DeskDriver> {
  const hands = deskDriver(desk.page, language)
  await hands.goTo('directory')
  await answerDialogs(desk.app, path.join(repositoryRoot, 'resources/training/services.csv'))
  await hands.importDirectory()
  await hands.goTo('cases')
  await hands.openCase(consent)
  await hands.fillCard(card)
  await hands.prepareReferral('S10', hands.t.referrals.priorities.normal, language === 'fr' ? 'formation' : 'training')
  await hands.consentToReferral([hands.t.referrals.itemNames.name])
  await hands.issue()
  await answerDialogs(desk.app, path.join(folder, 'slip.pdf'))
  await hands.saveSlip()
  await hands.goTo('cases')
  await desk.page.getByRole('link', { name: 'Ŋgono Ɓello Aïssatou' }).press('Enter')
  await hands.heading(hands.t.rights.title)
  return hands
}

const enter = async (at: Locator) => {
  await at.focus()
  await at.press('Enter')
}

for (const language of inLanguages('fr'))
  test.describe(language, () => {
    test.use({ language })
    test(`H5 a person takes back their consent, and each receiver is told, by keyboard (${language})`, async ({
      deskOfMora: desk,
      folder,
    }) => {
      const { page } = desk
      const hands = await deskWithSlip(desk, folder, language)
      const { t } = hands
      const section = page.getByRole('region', { name: t.rights.title })
      await section.scrollIntoViewIfNeeded()
      await picture(page, `rights-${language}-1`)
      await enter(section.getByRole('button', { name: t.rights.withdraw }))
      const dialog = page.getByRole('dialog')
      // nothing is ticked beforehand
      expect(await dialog.getByRole('checkbox', { checked: true }).count()).toBe(0)
      await expect(dialog.getByRole('button', { name: t.rights.withdrawGo })).toBeDisabled()
      await expect(dialog.getByRole('checkbox').first()).toBeFocused()
      await page.keyboard.press('Tab')
      await page.keyboard.press('Space')
      await expect(dialog.getByRole('checkbox', { name: t.rights.scopes.sharing })).toBeChecked()
      await picture(page, `rights-${language}-2`)
      expect(await faultsOf(page)).toEqual([])
      await enter(dialog.getByRole('button', { name: t.rights.withdrawGo }))
      await dialog.waitFor({ state: 'hidden' })
      const receivers = section.getByRole('region', { name: t.rights.receivers })
      await expect(receivers.getByRole('row')).toHaveCount(2)
      await receivers.scrollIntoViewIfNeeded()
      await picture(page, `rights-${language}-3`)
      await expect(page.locator('#case-referrals ~ table, section:has(#case-referrals) table')).toContainText(
        t.referrals.states.withdrawn,
      )
      // the card shows what was taken back
      await expect((await hands.show('consent_referral_general')).locator('input[value="no"]')).toBeChecked()
      const file = path.join(folder, 'document.pdf')
      await answerDialogs(desk.app, file)
      await enter(receivers.getByRole('button', { name: t.rights.saveCalls }))
      await receivers.getByText(t.rights.pdfSaved).waitFor()
      const pdf = await readPdf(file)
      expect(pdf.pages).toBe(1)
      expect(pdf.text).toContain(t.rights.callSheet.title)
      expect(isNeutral(pdf.text)).toBe(true)
      for (const absent of ['Ŋgono', 'Aïssatou', 'MOR-26']) expect(pdf.text).not.toContain(absent)
      keepPrinted(file, `calls-${language}.pdf`)
      await enter(receivers.getByRole('button').filter({ hasText: t.rights.tellNow }))
      await receivers.getByText(t.rights.allTold).waitFor()
      await picture(page, `rights-${language}-4`)

      // the case comes to its end, and says until when it is kept
      await enter(section.getByRole('button', { name: t.rights.close }))
      await page.getByRole('dialog').locator('[data-question="close_reason"]').waitFor()
      await hands.answer('close_date', '24/11/2026')
      await hands.answer('close_reason', 'request')
      await hands.answer('close_checks', ['plan', 'return'])
      await hands.answer('close_agreed', 'yes')
      await picture(page, `close-${language}-1`)
      expect(await faultsOf(page)).toEqual([])
      await enter(page.getByRole('dialog').getByRole('button', { name: t.rights.closePropose }))
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
      await hands.goTo('home')
      await page.getByRole('link', { name: language === 'fr' ? '1 clôture à décider' : '1 closing to decide' }).press('Enter')
      await page.getByRole('region', { name: t.rights.tasks.closings }).getByRole('link').press('Enter')
      await enter(section.getByRole('button', { name: t.rights.closeApprove, exact: true }))
      await section.getByText('24/11/2031').waitFor()
      await picture(page, `close-${language}-2`)
      // its day is put off, for a reason
      await enter(section.getByRole('button', { name: t.rights.keepLonger }))
      const keep = dialog.getByRole('button', { name: t.rights.keepGo })
      await dialog.getByLabel(t.rights.keepUntil).fill('24/11/2034')
      await dialog.getByRole('radio', { name: t.rights.keepReasons.family }).press('Space')
      await expect(keep).toBeDisabled()
      await dialog.getByLabel(t.rights.keepUntil).fill('24/11/2033')
      await picture(page, `keep-${language}`)
      expect(await faultsOf(page)).toEqual([])
      await enter(keep)
      await section.getByText(filled(t.rights.keptFor, { reason: t.rights.keepReasons.family })).waitFor()
      await expect(section).toContainText('24/11/2033')
      await enter(section.getByRole('button', { name: t.rights.reopen }))
      await section.getByRole('button', { name: t.rights.close }).waitFor()
    })
  })

for (const language of inLanguages('en'))
  test.describe(language, () => {
    test.use({ language })

    test(`H44 H51 a person gets their own data on paper and reports an error, by keyboard (${language})`, async ({
      deskOfMora: desk,
      folder,
    }) => {
      const { page } = desk
      const hands = deskDriver(page, language)
      const { t } = hands
      await hands.goTo('cases')
      /** The profile on paper from the open dialog, all of its pages' text. */
      const paperForm = async (name: string) => {
        const file = path.join(folder, name)
        await answerDialogs(desk.app, file)
        await enter(page.getByRole('dialog').getByRole('button', { name: t.printing.form.save }))
        await page.getByRole('dialog').getByText(t.rights.pdfSaved).waitFor()
        const pdf = await readPdf(file)
        keepPrinted(file, `${language}-${name}`)
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'hidden' })
        return pdf
      }
      await enter(page.getByRole('button', { name: t.printing.form.print }))
      await picture(page, `paper-form-${language}`)
      expect(await faultsOf(page)).toEqual([])
      await page.getByRole('dialog').getByRole('radio', { name: t.forms.tiers.t1 }).press('Space')
      const blank = await paperForm('blank.pdf')
      await hands.openCase({ ...consent, interview_language: language === 'fr' ? 'eng' : 'fra' })
      await hands.fillCard(card)
      // a free text that says too much is kept, and warned of
      await hands.answer('safe_contact_notes', 'tél. 699 12 34 56')
      const warned = page.getByRole('status').filter({ hasText: t.forms.guardTitle })
      await expect(warned).toContainText(t.forms.findings.phone)
      await picture(page, `guard-${language}`)
      await hands.answer('safe_contact_notes', '')
      await expect(warned).toHaveCount(0)
      await enter(page.getByRole('button', { name: t.cases.actions }))
      await page.getByRole('menuitem', { name: t.printing.form.printFilled }).press('Enter')
      const filled = await paperForm('filled.pdf')
      // each page says which it is
      for (const paper of [blank, filled]) {
        expect(paper.millimetres).toEqual([210, 297])
        expect(paper.info['Title']).toBe('document')
        for (const [at, said] of paper.texts.entries()) {
          const words = t.printing.form.page.replace('{page}', String(at + 1)).replace('{pages}', String(paper.pages))
          expect(isNeutral(said)).toBe(true)
          // nothing of the form runs into the foot of its page
          expect(paper.feet[at]).toMatch(/^\S+ · [^·]+ · version 1(?: · \S+ MOR-[\d-]+)? \S+ \d+ \S+ \d+$/)
          expect(paper.feet[at]?.endsWith(words)).toBe(true)
        }
      }
      expect(blank.feet[0]).toContain(t.printing.form.tiers.t1)
      expect(filled.texts.join('\n').match(/(?<![\d.])\d{1,2}\.\d{1,2}(?![\d.])/g)?.length).toBeGreaterThan(100)
      expect(blank.texts.join()).not.toMatch(/Ŋgono|MOR-26/)
      expect(filled.texts.join()).toContain('Ŋgono')
      expect(filled.texts.every((said) => said.includes('MOR-26'))).toBe(true)
      const section = page.getByRole('region', { name: t.rights.title })
      await enter(section.getByRole('button', { name: t.rights.access }))
      const dialog = page.getByRole('dialog')
      // the language of the person, not that of the desk, until they choose another
      const chosen = language === 'fr' ? t.rights.accessEnglish : t.rights.accessFrench
      const other = language === 'fr' ? t.rights.accessFrench : t.rights.accessEnglish
      await expect(dialog.getByRole('radio', { name: chosen })).toBeChecked()
      await expect(dialog).toContainText(t.rights.accessAloud)
      await picture(page, `access-${language}-1`)
      expect(await faultsOf(page)).toEqual([])
      await dialog.getByRole('radio', { name: chosen }).press(language === 'fr' ? 'ArrowLeft' : 'ArrowRight')
      await expect(dialog.getByRole('radio', { name: other })).toBeChecked()
      await dialog.getByRole('heading', { name: t.rights.ownRecord.title }).waitFor()
      const file = path.join(folder, 'document.pdf')
      await answerDialogs(desk.app, file)
      await enter(dialog.getByRole('button', { name: t.rights.accessSave }))
      await dialog.getByText(t.rights.pdfSaved).waitFor()
      const pdf = await readPdf(file)
      keepPrinted(file, `own-${language}.pdf`)
      expect({ tagged: pdf.tagged, millimetres: pdf.millimetres, title: pdf.info['Title'] }).toEqual({
        tagged: true,
        millimetres: [210, 297],
        title: 'document',
      })
      for (const said of [t.rights.ownRecord.title, 'Ŋgono Ɓello', t.rights.ownRecord.counsellor])
        expect(pdf.text).toContain(said)
      for (const absent of ['MOR-26', 'Mayo-Sava', 'Mora']) expect(pdf.text).not.toContain(absent)
      expect(isNeutral(pdf.text)).toBe(true)
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'hidden' })
      const requests = section.getByRole('region', { name: t.rights.requests })
      await expect(requests).toContainText(t.rights.requestKinds.access)
      await enter(section.getByRole('button', { name: t.rights.correction }))
      await page.keyboard.type('Aïchatou')
      await enter(dialog.getByRole('button', { name: t.rights.correctionGo }))
      await dialog.waitFor({ state: 'hidden' })
      await requests.getByText('Aïchatou').waitFor()
      await section.scrollIntoViewIfNeeded()
      await picture(page, `access-${language}-2`)
      await hands.goTo('home')
      const task = language === 'fr' ? '1 demande d’une personne sur ses données' : '1 request of a person about their data'
      await page.getByRole('link', { name: task }).press('Enter')
      await picture(page, `access-${language}-3`)
      expect(await faultsOf(page)).toEqual([])
      await page.getByRole('region', { name: t.rights.tasks.requests }).getByRole('link').press('Enter')
      await enter(requests.getByRole('button', { name: t.rights.requestAccept }))
      await enter(requests.getByRole('button', { name: t.rights.requestFinish }))
      await expect(requests.getByRole('button')).toHaveCount(0)
    })
  })
