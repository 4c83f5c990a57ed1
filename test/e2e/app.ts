import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { _electron, expect, test as base, type ElectronApplication, type Page } from '@playwright/test'
import { deskDriver } from '../../tools/demo/desk-driver.ts'
import { markers, moraUser } from '../../tools/demo/demo-people.ts'
import { readableIn } from '../../tools/demo/readable-in.ts'
import type { Role } from '../../src/shared/permissions.ts'
import { electronExecutable } from './electron-executable.ts'

export const repositoryRoot = path.resolve(import.meta.dirname, '../..')
/** The built application, or what was packed (tools/package/check-package.ts). */
const appFolder = process.env.E2E_APP_DIR ?? repositoryRoot

/** Our one origin; the stand-in's browser knows it by a name that no network can resolve. */
const ownAddresses = electronExecutable().real ? /^(?:app:\/\/centre\/|data:)/ : /^(?:https:\/\/centre\.app\.invalid\/|data:)/

export interface DeskApp {
  readonly app: ElectronApplication
  readonly page: Page
  /** Everything the page complained about: console errors, uncaught errors, CSP violations (S04). */
  readonly complaints: string[]
  /** Addresses outside our own origin that any page asked for (S01). */
  readonly strangeRequests: string[]
  close(): Promise<void>
}

/** Starts the application over a data folder, with a temporary folder of its own beside it, and waits for its first element. */
export async function launchDesk(userData: string, env: Readonly<Record<string, string>> = {}): Promise<DeskApp> {
  const inherited = Object.fromEntries(Object.entries(process.env).filter((e): e is [string, string] => e[1] !== undefined))
  const temporary = path.join(path.dirname(userData), 'temporary')
  fs.mkdirSync(temporary, { recursive: true })
  const app = await _electron.launch({
    executablePath: electronExecutable().path,
    cwd: repositoryRoot,
    args: [`--user-data-dir=${userData}`, appFolder],
    env: {
      ...inherited,
      TMPDIR: temporary,
      TEMP: temporary,
      TMP: temporary,
      STAND_IN_HEADLESS: process.env.STAND_IN_HEADLESS ?? '1',
      ...env,
    },
  })
  const complaints: string[] = []
  const strangeRequests: string[] = []
  app.context().on('request', (request) => {
    if (!ownAddresses.test(request.url())) strangeRequests.push(request.url())
  })
  app.context().on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  app.context().on('weberror', (error) => complaints.push(String(error.error())))
  const page = await app.firstWindow()
  await page.locator('main, [role="main"]').first().waitFor()
  await page.evaluate(() => {
    document.addEventListener('securitypolicyviolation', (e) => console.error(`CSP ${e.violatedDirective} ${e.blockedURI}`))
  })
  let closed = false
  return {
    app,
    page,
    complaints,
    strangeRequests,
    async close() {
      if (closed) return
      closed = true
      await app.close()
    },
  }
}

/** Who signs in first at a desk that is ready. */
interface ReadyUser {
  readonly siteCode: string
  readonly name: string
  readonly login: string
  readonly password: string
  readonly roles: readonly Role[]
}
export interface ReadyOrder {
  readonly profile: string
  readonly language: 'fr' | 'en'
  readonly user: ReadyUser
}

/** Desks that were set up once by this process: first run is the same every time, and slow. */
const setUp = new Map<string, string>()

function readyProfile(user: ReadyUser, language: 'fr' | 'en'): string {
  const key = JSON.stringify([user, language])
  const known = setUp.get(key)
  if (known !== undefined) return known
  const made = fs.mkdtempSync(path.join(os.tmpdir(), 'passerelle-ready-'))
  process.once('exit', () => fs.rmSync(made, { recursive: true, force: true }))
  makeReady({ profile: made, language, user })
  setUp.set(key, made)
  return made
}

function makeReady(order: ReadyOrder): void {
  execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', path.join(import.meta.dirname, 'ready-data.ts')], {
    input: JSON.stringify(order),
  })
}

/** Starts a desk that is set up already, and signs in. `another`: a computer of its own, beside another one of the same test. */
export async function launchReadyDesk(
  profile: string,
  user: ReadyUser = moraUser,
  language: 'fr' | 'en' = 'fr',
  { another = false }: { readonly another?: boolean } = {},
): Promise<DeskApp> {
  if (another) makeReady({ profile, language, user })
  else fs.cpSync(readyProfile(user, language), profile, { recursive: true, preserveTimestamps: true })
  const desk = await launchDesk(profile)
  await deskDriver(desk.page, language).unlock(user.login, user.password)
  return desk
}

/** In which languages a journey is walked: its own, or both with PASSERELLE_BOTH_LANGUAGES=1, as before a release; words are compared by tests of the catalogues. */
export const inLanguages = (own: 'fr' | 'en'): readonly ('fr' | 'en')[] =>
  process.env.PASSERELLE_BOTH_LANGUAGES === '1' ? ['fr', 'en'] : [own]

/** Makes the next dialogs answer with this path, as the user would choose; works the same in Electron. */
export async function answerDialogs(app: ElectronApplication, chosen: string): Promise<void> {
  await app.evaluate(({ dialog }, file) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: file })
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [file] })
  }, chosen)
}

/** Where the person of the demonstration can be read in what the application wrote; saved slips are meant to be read (S36). */
export function personReadableIn(folder: string): string[] {
  return readableIn(folder, markers, /\.pdf$/)
}

async function used(
  desk: DeskApp,
  { folder, quiet }: { readonly folder: string; readonly quiet: boolean },
  use: (desk: DeskApp) => Promise<void>,
): Promise<void> {
  await use(desk)
  await desk.close()
  expect(personReadableIn(folder)).toEqual([])
  if (quiet) expect({ complaints: desk.complaints, strange: desk.strangeRequests }).toEqual({ complaints: [], strange: [] })
}

/** `quiet: false` for the tests that provoke complaints; all others fail when a page complains or asks for a strange address. None may leave a person readable. */
/** `desk` stands before its first run; `deskOfMora` is set up and open for `moraUser` in `language`. */
export const test = base.extend<{ quiet: boolean; language: 'fr' | 'en'; folder: string; desk: DeskApp; deskOfMora: DeskApp }>({
  quiet: [true, { option: true }],
  language: ['fr', { option: true }],
  // eslint-disable-next-line no-empty-pattern
  folder: async ({}, use) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'passerelle-e2e-'))
    await use(folder)
    fs.rmSync(folder, { recursive: true, force: true })
  },
  desk: async ({ folder, quiet }, use) => {
    await used(await launchDesk(path.join(folder, 'profile')), { folder, quiet }, use)
  },
  deskOfMora: async ({ folder, quiet, language }, use) => {
    await used(await launchReadyDesk(path.join(folder, 'profile'), moraUser, language), { folder, quiet }, use)
  },
})
export { expect }
