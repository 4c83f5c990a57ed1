import fs from 'node:fs'
import path from 'node:path'
import { deskDriver } from '../../tools/demo/desk-driver.ts'
import { moraUser } from '../../tools/demo/demo-people.ts'
import { answerDialogs, expect, launchDesk, launchReadyDesk, personReadableIn, test } from './app.ts'

test.describe('provoked', () => {
  test.use({ quiet: false })

  test(
    'S05 S10 the page has no Node, one frozen function, and no way around the policy',
    { tag: '@packed' },
    async ({ desk }) => {
      const found = await desk.page.evaluate(async () => {
        const w = window as unknown as Record<string, unknown> & { centre: { call: (n: string, i: unknown) => Promise<unknown> } }
        const injected: Record<string, string> = {}
        const script = document.createElement('script')
        script.textContent = 'window.__ran = 1'
        document.head.append(script)
        injected['script'] = String(w['__ran'])
        // later than this call, which the test protocol lets eval by itself
        injected['eval'] = await new Promise<string>((resolve) =>
          setTimeout(() => {
            try {
              resolve(String((0, eval)('1')))
            } catch {
              resolve('refused')
            }
          }),
        )
        injected['fetch'] = await fetch('https://example.org/').then(
          () => 'ok',
          () => 'refused',
        )
        const frame = document.createElement('iframe')
        frame.src = 'https://example.org/'
        document.body.append(frame)
        const { call } = w.centre
        ;(w as { centre: unknown }).centre = {}
        injected['overwritten'] = String(w.centre.call !== call)
        return {
          globals: ['require', 'process', 'Buffer', 'module', 'electron', 'ipcRenderer', '__standInSend'].filter(
            (n) => w[n] !== undefined,
          ),
          keys: Object.keys(w.centre),
          frozen: Object.isFrozen(w.centre),
          answer: await w.centre.call('no.such.call', {}),
          injected,
        }
      })
      expect(found).toEqual({
        globals: [],
        keys: ['call'],
        frozen: true,
        answer: { ok: false, error: { code: 'bad-input' } },
        injected: { script: 'undefined', eval: 'refused', fetch: 'refused', overwritten: 'false' },
      })
    },
  )

  test('S11 S12 nothing navigates away and no window opens', async ({ desk }) => {
    await desk.page.evaluate(() => {
      window.open('https://example.org/')
      const link = document.createElement('a')
      link.href = 'https://example.org/x'
      link.target = '_blank'
      link.textContent = 'x'
      document.body.append(link)
      link.click()
      location.href = 'https://example.org/'
    })
    // the page still answers, and it is the only one
    const phase = await desk.page.evaluate(async () => JSON.stringify(await window.centre.call('security.status', {})))
    expect(phase).toContain('first-run')
    expect(desk.app.windows()).toHaveLength(1)
  })

  test('S16 no download starts, and a file dropped on the window does nothing', async ({ desk, folder }) => {
    const dropped = path.join(folder, 'dropped.html')
    fs.writeFileSync(dropped, '<title>dropped</title>')
    const downloads: unknown[] = []
    desk.page.on('download', (d) => downloads.push(d))
    const before = await desk.page.evaluate(() => location.href)
    await desk.page.evaluate(() => {
      const link = document.createElement('a')
      link.href = URL.createObjectURL(new Blob(['Aïssatou']))
      link.download = 'people.csv'
      document.body.append(link)
      link.click()
      const files = new DataTransfer()
      files.items.add(new File(['<p>x'], 'x.html', { type: 'text/html' }))
      for (const name of ['dragenter', 'dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(name, { dataTransfer: files, bubbles: true, cancelable: true }))
      location.assign('file:///etc/hostname')
    })
    expect(await desk.page.evaluate(() => location.href)).toBe(before)
    expect(await desk.page.evaluate(async () => JSON.stringify(await window.centre.call('security.status', {})))).toContain(
      'first-run',
    )
    expect(fs.readdirSync(folder, { recursive: true }).filter((f) => String(f).includes('people.csv'))).toEqual([])
    expect(downloads).toEqual([])
  })
})

test('S17 S37 after a session the profile holds only our data folder', async ({ folder }) => {
  const profile = path.join(folder, 'profile')
  const desk = await launchDesk(profile)
  const hands = deskDriver(desk.page, 'fr')
  await hands.endFirstRun(await hands.beginFirstRun(moraUser))
  expect(await desk.page.evaluate(() => [document.cookie, String(window.localStorage.length)])).toEqual(['', '0'])
  await desk.close()
  const names = fs.readdirSync(path.join(profile, 'data')).toSorted()
  expect(
    names.filter(
      (n) =>
        !/^(?:store\.db|vault\.db|keyring\.json|keyring\.copy\.json|preferences\.json|log\.jsonl|desk\.lock|backups)$/.test(n),
    ),
  ).toEqual([])
})

test('S44 S45 U22 suspend and lock-screen lock at once; unlocking comes back', async ({ deskOfMora: desk }) => {
  const hands = deskDriver(desk.page, 'fr')
  for (const event of ['suspend', 'lock-screen', 'shutdown'] as const) {
    await desk.app.evaluate(({ powerMonitor }, name) => void powerMonitor.emit(name), event)
    await hands.heading(hands.t.security.lockTitle)
    expect(await desk.page.locator('body').innerText()).not.toContain(moraUser.name)
    await hands.unlock(moraUser.login, moraUser.password)
  }
  expect(desk.complaints).toEqual([])
})

test('S43 a second start on the same profile exits and the first stays', async ({ folder, desk }) => {
  let second: unknown
  try {
    second = await launchDesk(path.join(folder, 'profile'))
  } catch (error) {
    second = error
  }
  expect(second).toBeInstanceOf(Error)
  expect(await desk.page.evaluate(() => document.title)).toBe('Passerelle')
})

test('S42 the title never changes', async ({ desk }) => {
  await desk.page.evaluate(() => {
    document.title = 'Aïssatou'
  })
  const window = await desk.app.browserWindow(desk.page)
  expect(await window.evaluate((w) => w.getTitle())).toBe('Passerelle')
})

test('S36 a killed application keeps every answer that was saved, and leaves none of it readable', async ({ folder }) => {
  const profile = path.join(folder, 'profile')
  const first = await launchReadyDesk(profile)
  const hands = deskDriver(first.page, 'fr')
  await hands.goTo('cases')
  const { consent } = await import('../../tools/demo/demo-people.ts')
  await hands.openCase(consent)
  await hands.answer('family_name', 'Ɓello')
  await first.page.locator('.autosave[data-state="saved"]').waitFor()
  const gone = new Promise((resolve) => first.app.process().once('exit', resolve))
  first.app.process().kill('SIGKILL')
  await gone
  expect(personReadableIn(folder)).toEqual([])
  const second = await launchDesk(profile)
  const again = deskDriver(second.page, 'fr')
  await again.unlock(moraUser.login, moraUser.password)
  await again.goTo('cases')
  await second.page.getByRole('link', { name: 'Ɓello' }).waitFor()
  await second.close()
})

test('U14 a wrong date stays as it was typed, with a message, and is not saved', async ({ deskOfMora: desk }) => {
  const hands = deskDriver(desk.page, 'fr')
  await hands.goTo('cases')
  const { consent } = await import('../../tools/demo/demo-people.ts')
  await hands.openCase(consent)
  const field = hands.question('birth_date').locator('input')
  await field.fill('31/02/2026')
  await field.blur()
  await expect(hands.question('birth_date')).toContainText(hands.t.forms.problems['no-such-day'])
  await expect(field).toHaveValue('31/02/2026')
  await answerDialogs(desk.app, '')
})
