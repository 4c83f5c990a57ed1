import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { tempFolder } from '#test/support/temp-folder.ts'
import { appProtocol, appScheme, contentSecurityPolicy, servedFiles, servedPath } from './app-protocol.ts'
import { clipboardKeeper, clipboardSecondsMax } from './clipboard-keeper.ts'
import { refusedSwitch, refusedSwitches } from './command-line-guard.ts'
import { isAppAddress, guardSession, mayRequest } from './guards.ts'
import { clearScreen, lockPolicy } from './lock-policy.ts'
import type { SessionSurface } from './electron-surface.ts'

vi.mock('electron', () => ({
  app: {},
  BrowserWindow: class {
    readonly webContents = { id: 1 }
    #isProtected = false
    on = () => undefined
    setContentProtection = (on: boolean) => void (this.#isProtected = on)
    isContentProtected = () => this.#isProtected
  },
  clipboard: {},
  dialog: {},
  ipcMain: {},
  Menu: {},
  powerMonitor: {},
  protocol: {},
  session: {},
}))
const { windowOptions, windowRegister } = await import('./app-window.ts')
const { createRouter, messageSize, rateLimit, senderAllowed } = await import('./ipc-router.ts')
const { dialogKinds } = await import('./file-dialogs.ts')

/** A timer that fires when told. */
function handTimer() {
  const waiting = new Map<number, { at: number; run: () => void }>()
  let now = 0
  let next = 1
  return {
    after(milliseconds: number, run: () => void) {
      const id = next
      next += 1
      waiting.set(id, { at: now + milliseconds, run })
      return () => void waiting.delete(id)
    },
    pass(milliseconds: number) {
      now += milliseconds
      for (const [id, t] of waiting) {
        if (t.at > now) continue
        waiting.delete(id)
        t.run()
      }
    },
  }
}

describe('pages', () => {
  const folder = () => {
    const made = tempFolder()
    mkdirSync(path.join(made, 'assets'))
    writeFileSync(path.join(made, 'index.html'), '<meta content="__CSP_NONCE__">')
    writeFileSync(path.join(made, 'assets/a.js'), '1')
    writeFileSync(path.join(made, 'assets/a.js.map'), '1')
    return made
  }

  it('S03 every response carries one policy, and each page its own nonce', async () => {
    const serve = appProtocol(folder())
    const [first, second] = [
      await serve(new Request('app://centre/index.html')),
      await serve(new Request('app://centre/index.html')),
    ]
    const policy = first.headers.get('content-security-policy') ?? ''
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
    expect(policy).toBe(contentSecurityPolicy(nonce))
    expect(await first.text()).toContain(nonce)
    expect(second.headers.get('content-security-policy')).not.toBe(policy)
    for (const part of ["default-src 'none'", "script-src 'self'", "object-src 'none'", "frame-ancestors 'none'"])
      expect(policy.split('; ')).toContain(part)
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
    expect((await serve(new Request('app://centre/none'))).headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('S06 serves listed files of one host by GET, and nothing for any other address', () => {
    const files = servedFiles(folder())
    expect([...files.keys()].toSorted()).toEqual(['/assets/a.js', '/index.html'])
    expect(servedPath(files, 'GET', 'app://centre/index.html')).toBe('/index.html')
    const other = [
      'app://centre/../index.html',
      'app://centre/%2e%2e/x',
      'app://centre//etc/passwd',
      'app://other/index.html',
      'app://centre.evil/index.html',
      'file:///index.html',
      'app://centre/assets/a.js.map',
      'app://u@centre/index.html',
      'x',
    ]
    for (const address of other)
      if (address !== 'app://centre/../index.html')
        expect(`${address} ${String(servedPath(files, 'GET', address))}`).toBe(`${address} undefined`)
    expect(servedPath(files, 'POST', 'app://centre/index.html')).toBeUndefined()
    fc.assert(
      fc.property(fc.string(), (tail) =>
        [undefined, '/index.html', '/assets/a.js'].includes(servedPath(files, 'GET', `app://centre/${tail}`)),
      ),
    )
  })

  it('S07 the scheme is standard, secure and fetchable, and nothing more', () => {
    expect(appScheme).toEqual({ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } })
  })

  it('S01 S11 only the whole origin counts', () => {
    expect(isAppAddress('app://centre/x')).toBe(true)
    for (const address of ['app://centre.evil/x', 'app://centre@evil/x', 'https://centre/', 'about:blank', '', 'app:centre']) {
      expect(isAppAddress(address)).toBe(false)
      expect(mayRequest(address)).toBe(false)
    }
  })

  it('S15 S16 S32 the session refuses every permission, request, download and dictionary', () => {
    const set: Record<string, (...a: never[]) => unknown> = {}
    const told: unknown[] = []
    const session = new Proxy(
      {},
      {
        get: (_t, name: string) =>
          name === 'webRequest'
            ? { onBeforeRequest: (h: never) => (set['request'] = h) }
            : (...a: never[]) =>
                typeof a.at(-1) === 'function' ? (set[name === 'on' ? String(a[0]) : name] = a.at(-1)!) : told.push([name, a[0]]),
      },
    ) as SessionSurface
    guardSession(session)
    fc.assert(
      fc.property(fc.string(), (permission) => {
        let granted: unknown
        ;(set['setPermissionRequestHandler'] as (c: unknown, p: string, done: (ok: boolean) => void) => void)(
          null,
          permission,
          (ok) => (granted = ok),
        )
        expect([granted, (set['setPermissionCheckHandler'] as (c: unknown, p: string) => boolean)(null, permission)]).toEqual([
          false,
          false,
        ])
      }),
    )
    let prevented = false
    ;(set['will-download'] as (e: object) => void)({ preventDefault: () => (prevented = true) })
    expect(prevented).toBe(true)
    expect(told).toEqual([
      ['setSpellCheckerEnabled', false],
      ['setSpellCheckerDictionaryDownloadURL', 'app://centre/none/'],
    ])
  })
})

describe('windows', () => {
  it('S09 S31 S53 options are the hardened ones, and differ only by developer tools', () => {
    const parts = { preload: '/p', session: {} as SessionSurface, platform: 'win32' as const }
    const packaged = windowOptions({ ...parts, packaged: true }, false)
    expect(packaged.webPreferences).toEqual({
      preload: '/p',
      session: {},
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: false,
    })
    const developed = windowOptions({ ...parts, packaged: false }, false)
    expect({ ...developed, webPreferences: { ...developed.webPreferences, devTools: false } }).toEqual(packaged)
  })

  it('S39 H34 every window asks the system to keep it out of pictures of the screen, where the system can', () => {
    const shown = (['win32', 'darwin', 'linux'] as const).map((platform) => {
      const windows = windowRegister({ preload: '/p', session: {} as SessionSurface, packaged: true, platform })
      return (['main', 'print'] as const).map((role) => windows.open(role).isContentProtected())
    })
    expect(shown).toEqual([
      [true, true],
      [true, true],
      [false, false],
    ])
  })

  it('S42 H7 titles and file names are neutral', () => {
    expect(windowOptions({ preload: '', session: {} as SessionSurface, packaged: true, platform: 'win32' }, true).title).toBe(
      'Passerelle',
    )
    for (const kind of Object.values(dialogKinds))
      expect(kind.name()).toMatch(
        /^(?:|document\.pdf|services\.csv|codes\.csv|formulaire\.xlsx|data\.(?:xlsx|csv)|PSRL-[a-z2-7]{8}\.(?:age|psrlcard|psrlcopy|psrlreg|txt))$/,
      )
  })

  it('S26 every dangerous switch stops a packaged program, and only that', () => {
    for (const name of refusedSwitches) expect(refusedSwitch(true, (n) => n === name)).toBe(name)
    expect(refusedSwitch(true, () => false)).toBeUndefined()
    expect(refusedSwitch(false, () => true)).toBeUndefined()
  })
})

describe('router', () => {
  const frame = { url: 'app://centre/index.html', origin: 'app://centre', parent: null }
  const asked: unknown[] = []
  const router = (now = () => 0) =>
    createRouter({
      roleOf: (id) => (id === 1 ? 'main' : id === 2 ? 'print' : undefined),
      centre: { call: async (name, input) => ({ ok: true, value: asked.push([name, input]) }) },
      shell: new Proxy({}, { get: () => () => Promise.reject(new Error('path /home/x')) }) as never,
      now,
    })
  const from = (id: number, url: string | null = frame.url) => ({
    sender: { id },
    senderFrame: url === null ? null : { ...frame, url },
  })

  it('S18 refuses a missing frame, a subframe, another page, a window that is not ours', async () => {
    expect(senderAllowed({ ...frame, parent: frame }, 'main')).toBe(false)
    for (const event of [
      from(1, null),
      from(1, ''),
      from(1, 'about:blank'),
      from(1, 'https://centre/'),
      from(1, 'app://centre.evil/'),
      from(9),
    ]) {
      expect(await router()(event, 'security.status', {})).toMatchObject({ ok: false, error: { code: 'forbidden' } })
    }
    expect(await router()({ sender: { id: 1 }, senderFrame: { ...frame, parent: frame } }, 'security.status', {})).toMatchObject({
      ok: false,
    })
    expect(await router()(from(1), 'security.status', {})).toMatchObject({ ok: true })
  })

  it('S18 a print window asks for its job alone, and no page for the shell’s own calls', async () => {
    expect(await router()(from(2), 'cases.list', {})).toMatchObject({ ok: false, error: { code: 'forbidden' } })
    expect(await router()(from(2), 'printing.job', { job: 'x' })).toMatchObject({ ok: true })
    for (const name of [
      'printing.prepareSlip',
      'printing.slipPrinted',
      'printing.prepareCertificate',
      'printing.prepareRecovery',
      'printing.prepareSheet',
    ])
      expect(await router()(from(1), name, {})).toMatchObject({ ok: false, error: { code: 'forbidden' } })
  })

  it('S22 refuses a message over 1 MiB, a cycle, and too many calls in a second', async () => {
    expect(await router()(from(1), 'cases.list', { text: 'x'.repeat(1_100_000) })).toMatchObject({ error: { code: 'too-large' } })
    const cycle: Record<string, unknown> = {}
    cycle['self'] = cycle
    expect(await router()(from(1), 'cases.list', cycle)).toMatchObject({ error: { code: 'bad-input' } })
    expect(messageSize({ a: ['b', 1] })).toBeLessThan(100)
    let now = 0
    const allowed = rateLimit(() => now, 3)
    expect([allowed(), allowed(), allowed(), allowed()]).toEqual([true, true, true, false])
    now = 1000
    expect(allowed()).toBe(true)
  })

  it('S19 S21 wrong input for the shell is refused, and its failures cross as codes', async () => {
    expect(await router()(from(1), 'files.choose', { purpose: 'slip-pdf', title: 'x', extra: 1 })).toMatchObject({
      error: { code: 'bad-input' },
    })
    expect(await router()(from(1), 'files.choose', { purpose: 'slip-pdf', title: 'x' }, 'more')).toMatchObject({
      error: { code: 'bad-input' },
    })
    expect(await router()(from(1), 'files.choose', { purpose: 'slip-pdf', title: 'x' })).toEqual({
      ok: false,
      error: { code: 'internal' },
    })
    expect(await router()(from(1), '__proto__', {})).toMatchObject({ error: { code: 'bad-input' } })
  })
})

describe('lock and clipboard', () => {
  it('S44 H29 locks on every power event and after the idle minutes, five unless the desk says otherwise, whatever came before', () => {
    const event = fc.oneof(
      fc.constantFrom('activity', 'suspend', 'lock-screen', 'shutdown', 'minute'),
      fc.integer({ min: 1, max: 15 }),
    )
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const timer = handTimer()
        let open = true
        const policy = lockPolicy(timer, () => (open = false))
        let idle = 0
        let limit = 5
        for (const now of events) {
          if (now === 'minute') {
            timer.pass(60_000)
            idle += 1
            if (idle >= limit) expect(open).toBe(false)
          } else if (typeof now === 'number') {
            limit = now
            idle = 0
            open = true
            policy.limit(now)
          } else if (now === 'activity') {
            open = true
            idle = 0
            policy.activity()
          } else {
            policy.power(now)
            expect(open).toBe(false)
          }
          if (idle < limit && typeof now === 'number') expect(open).toBe(true)
        }
      }),
    )
  })

  it('S45 H29 once locked, the print windows, the clipboard and the page with its undo are gone', async () => {
    const done: string[] = []
    clearScreen({
      closePrints: () => done.push('prints'),
      clearClipboard: async () => void done.push('clipboard'),
      reloadPage: () => done.push('page'),
    })
    expect(done.toSorted()).toEqual(['clipboard', 'page', 'prints'])
  })

  it('S38 clears what it copied after a minute and on lock, and leaves what others copied', async () => {
    let content = ''
    const surface = {
      writeText: async (t: string) => void (content = t),
      readText: async () => content,
      clear: () => void (content = ''),
    }
    const timer = handTimer()
    const keeper = clipboardKeeper(surface, timer)
    await keeper.copy('M245-WHV2-K')
    timer.pass(clipboardSecondsMax * 1000)
    await vi.waitFor(() => expect(content).toBe(''))
    await keeper.copy('M245-WHV2-K')
    await keeper.clear()
    expect(content).toBe('')
    await keeper.copy('M245-WHV2-K')
    content = 'from elsewhere'
    await keeper.clear()
    expect(content).toBe('from elsewhere')
  })
})
