// Drives a desk as a person would: by the names that are on screen, in the desk's language.
import fs from 'node:fs'
import path from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { en } from '../../src/renderer/i18n/en/index.ts'
import { fr } from '../../src/renderer/i18n/fr/index.ts'

type Shape<T> = { readonly [K in keyof T]: T[K] extends string ? string : Shape<T[K]> }
export type Catalogue = Shape<typeof fr>
const catalogues: Readonly<Record<'fr' | 'en', Catalogue>> = { fr, en }

/** A message with its simple placeholders filled. */
export function filled(template: string, values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values).reduce((t, [k, v]) => t.replaceAll(`{${k}}`, String(v)), template)
}

export interface FirstUser {
  readonly siteSearch: string
  readonly siteName: RegExp
  readonly name: string
  readonly login: string
  readonly password: string
  readonly roles: readonly ('CW' | 'DIR' | 'COO' | 'NAT')[]
}

export interface Consent {
  /** Question -> the code(s) of the answer; text questions take the text. */
  readonly [question: string]: string | readonly string[]
}

interface Row {
  readonly type: string
  readonly name: string
}
const profile = JSON.parse(fs.readFileSync(path.resolve(import.meta.dirname, '../../resources/forms/profile.json'), 'utf8')) as {
  readonly survey: readonly Row[]
}

/** The part of the profile that holds a question. */
function sectionOf(name: string): string {
  let section = ''
  let depth = 0
  for (const row of profile.survey) {
    if (row.type.startsWith('begin_')) {
      if (depth === 0) section = row.name
      depth += 1
    } else if (row.type.startsWith('end_')) depth -= 1
    else if (row.name === name) return section
  }
  return ''
}

/** The hands of a person at one desk. */
export function deskDriver(page: Page, language: 'fr' | 'en') {
  const t = catalogues[language]
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const press = (name: string) => button(name).click()
  const field = (name: string, within: Page | Locator = page) => within.getByLabel(name)
  const question = (name: string) => page.locator(`[data-question="${name}"]`)
  const heading = (name: string) => page.getByRole('heading', { name }).first().waitFor()

  /** Opens the part of the profile where a question stands, if another one is on screen. */
  async function show(name: string): Promise<Locator> {
    const at = question(name)
    const go = page.locator(`.section-list [data-go="${sectionOf(name)}"]`)
    await at.or(go).first().waitFor()
    if ((await at.count()) === 0) await go.click()
    await at.waitFor()
    return at
  }

  async function answer(name: string, value: string | readonly string[]): Promise<void> {
    const at = await show(name)
    const values = typeof value === 'string' ? [value] : value
    if (await at.locator('select').count()) return void (await at.locator('select').selectOption(values[0] ?? ''))
    if (await at.locator('input[type=radio], input[type=checkbox]').count()) {
      for (const v of values) await at.locator(`input[value="${v}"]`).check()
      return
    }
    if (await at.locator('[data-list]').count()) {
      for (const v of values) {
        await at.getByRole('combobox').click()
        await at.locator(`[role="option"][data-key="${v}"]`).click()
      }
      return
    }
    const place = /^CM\d{3,}:(.*)$/.exec(values[0] ?? '')
    await at
      .locator('input')
      .first()
      .fill(place?.[1] ?? values[0] ?? '')
    if (place) await at.locator(`[role="option"][data-key="${place[0].split(':')[0]}:"]`).click()
    else await at.locator('input').blur()
  }

  return {
    page,
    t,
    press,
    field,
    question,
    show,
    answer,
    heading,
    /** First run up to the shown recovery code; returns it. */
    async beginFirstRun(user: FirstUser): Promise<string> {
      await heading(catalogues.fr.security.languageTitle)
      await page
        .getByLabel(catalogues.fr.security.languageTitle)
        .getByRole('radio', { name: language === 'fr' ? t.shell.french : t.shell.english })
        .click()
      await heading(t.security.languageTitle)
      await press(t.common.next)
      await page.getByLabel(t.security.siteSearch).fill(user.siteSearch)
      await page.getByRole('radio', { name: user.siteName }).first().check()
      await press(t.common.next)
      await page.getByLabel(t.security.name).first().fill(user.name)
      await page.getByLabel(t.security.login, { exact: false }).first().fill(user.login)
      await page.getByLabel(t.security.deskPhone).fill('6 00 00 00 01')
      for (const role of user.roles) await page.getByRole('checkbox', { name: t.security.role[role] }).check()
      await page.getByLabel(t.security.password, { exact: false }).first().fill(user.password)
      await page.getByLabel(t.security.passwordAgain, { exact: false }).fill(user.password)
      await press(t.security.prepare)
      await heading(t.security.codeTitle)
      return (await page.locator('output.recovery-code').innerText()).replace(/\s+/g, ' ').trim()
    },
    /** Types the code back and begins. */
    async endFirstRun(code: string): Promise<void> {
      await press(t.security.codeWritten)
      await heading(t.security.codeBackTitle)
      await page.getByLabel(t.security.codeLabel).fill(code)
      await press(t.security.codeConfirm)
      await heading(t.security.doneTitle)
      await press(t.security.doneStart)
      await this.acceptUndertaking()
      await page.getByRole('navigation', { name: t.shell.navigation }).waitFor()
    },
    /** Signs the undertaking with the name that the screen shows. */
    async acceptUndertaking(): Promise<void> {
      await heading(t.undertaking.title)
      const name = await page.locator('.desk-above').innerText()
      await page.getByLabel(t.undertaking.name).fill(name)
      await press(t.undertaking.accept)
    },
    async unlock(login: string, password: string): Promise<void> {
      await heading(t.security.lockTitle)
      await page.getByLabel(t.security.login, { exact: false }).first().fill(login)
      await page.getByLabel(t.security.password, { exact: false }).first().fill(password)
      await press(t.security.unlock)
      await page.getByRole('navigation', { name: t.shell.navigation }).waitFor()
    },
    async lock(): Promise<void> {
      await button(t.shell.lock).click()
      await heading(t.security.lockTitle)
    },
    async goTo(name: 'home' | 'cases' | 'directory' | 'referrals' | 'sync' | 'users'): Promise<void> {
      await page.getByRole('navigation', { name: t.shell.navigation }).getByRole('link', { name: t.shell[name] }).click()
    },
    /** Imports a directory; the file dialog must answer with the CSV. */
    async importDirectory(): Promise<void> {
      await press(t.directory.import)
      await press(t.directory.importChoose)
      await press(t.directory.importGo)
      await page.getByRole('status').filter({ hasText: t.directory.importDone }).waitFor()
      await page.getByRole('region', { name: t.directory.import }).getByRole('button', { name: t.common.close }).click()
    },
    /** Fills the consent page and opens the case. */
    async openCase(consent: Consent): Promise<void> {
      await page.getByRole('link', { name: t.cases.add }).click()
      await heading(t.cases.consentTitle)
      for (const [name, value] of Object.entries(consent)) await answer(name, value)
      await press(t.cases.openCase)
      await page.getByRole('navigation', { name: t.cases.sections }).waitFor()
    },
    /** Fills the card and waits until all of it is saved. */
    async fillCard(answers: Consent): Promise<void> {
      for (const [name, value] of Object.entries(answers)) await answer(name, value)
      await page.locator('.autosave[data-state="saved"]').waitFor()
    },
    /** Chooses need, urgency and service from the case's page; the referral's page opens. */
    async prepareReferral(need: string, priority: string, serviceWords: string): Promise<void> {
      await page.getByRole('link', { name: t.cases.refer }).click()
      await heading(t.referrals.newTitle)
      await page.getByLabel(t.referrals.need).selectOption(need)
      await page.getByRole('radio', { name: priority }).check()
      await page.getByLabel(t.directory.search).fill(serviceWords)
      const rows = page.locator('.service-button')
      await rows
        .filter({ hasText: new RegExp(serviceWords, 'i') })
        .first()
        .click()
      const call = button(t.directory.verify)
      const details = page.getByRole('region', { name: t.directory.details })
      await details.waitFor()
      if (await call.count()) {
        await call.click()
        await details.locator('[data-freshness="green"]').waitFor()
      }
      await press(t.referrals.create)
      await heading(t.referrals.consentTitle)
    },
    async consentToReferral(items: readonly string[]): Promise<void> {
      await page.getByRole('radio', { name: t.referrals.agreesYes }).check()
      await page.getByRole('radio', { name: t.referrals.methods.signature }).check()
      for (const item of items) await page.getByRole('checkbox', { name: item }).check()
      await press(t.referrals.recordConsent)
      await heading(t.referrals.issueTitle)
    },
    async issue(): Promise<string> {
      await press(t.referrals.issue)
      await heading(t.referrals.slip)
      return (await page.locator('.slip-preview .slip-code').first().innerText()).trim()
    },
    async saveSlip(): Promise<void> {
      await press(t.referrals.savePdf)
      await page.getByRole('status').filter({ hasText: t.referrals.pdfSaved }).waitFor()
    },
    /** Tells by hand what happened. */
    async tell(state: keyof Catalogue['referrals']['states'], teller: keyof Catalogue['referrals']['tellers']): Promise<void> {
      await page.getByLabel(t.referrals.stepTo).selectOption(state)
      await page.getByRole('radio', { name: t.referrals.tellers[teller] }).check()
      await press(t.referrals.stepGo)
      await page.getByText(t.referrals.states[state], { exact: false }).first().waitFor()
      await page.locator('ol li').filter({ hasText: t.referrals.states[state] }).first().waitFor()
    },
    async saveOwnCard(): Promise<readonly string[]> {
      await press(t.sync.saveCard)
      await page.getByText(t.sync.cardSaved).waitFor()
      return page.getByLabel(t.sync.wordsLabel, { exact: true }).first().locator('li').allInnerTexts()
    },
    /** Reads the other desk's card; returns the words shown for it. */
    async readCard(site: string): Promise<readonly string[]> {
      await press(t.sync.readCard)
      const words = page.getByLabel(filled(t.sync.wordsOf, { site }))
      await words.waitFor()
      return words.locator('li').allInnerTexts()
    },
    async trust(site: string): Promise<void> {
      await press(filled(t.sync.same, { site }))
      await page.getByText(filled(t.sync.trusted, { site })).waitFor()
    },
    async exportFor(site: string): Promise<void> {
      await press(filled(t.sync.exportFor, { site }))
      await press(t.sync.exportChoose)
      await heading(filled(t.sync.exportDone, { site }))
    },
    async previewFile(): Promise<void> {
      await press(t.sync.importFile)
      await press(t.sync.importChoose)
    },
    async takeIn(): Promise<void> {
      await press(t.sync.importNow)
      await press(t.sync.finish)
    },
  }
}
export type DeskDriver = ReturnType<typeof deskDriver>
