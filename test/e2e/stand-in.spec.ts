// Things that only the stand-in has, or where it must be as strict as Electron.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { electronExecutable } from './electron-executable.ts'

const run = (main: string) => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'stand-in-strict-'))
  fs.writeFileSync(path.join(dir, 'package.json'), '{"name":"strict","version":"1.2.3","type":"module","main":"main.js"}')
  fs.writeFileSync(path.join(dir, 'main.js'), `import { app, BrowserWindow, protocol, dialog } from 'electron'\n${main}`)
  const r = spawnSync(electronExecutable().path, ['--no-sandbox', `--user-data-dir=${dir}/ud`, dir], {
    encoding: 'utf8',
    timeout: 15_000,
    env: { ...process.env, STAND_IN_HEADLESS: '1', FORCE_COLOR: '0', STAND_IN_PACKAGED: '0' },
  })
  fs.rmSync(dir, { recursive: true, force: true })
  return { code: r.status, out: r.stdout + r.stderr }
}
test('is as strict as Electron before ready and on insecure windows', () => {
  const r = run(`
    try { new BrowserWindow({}) } catch (e) { console.log('A', e.message) }
    try { protocol.handle('x', () => new Response('')) } catch (e) { console.log('B', e.message) }
    app.whenReady().then(async () => {
      try { protocol.registerSchemesAsPrivileged([{ scheme: 'x' }]) } catch (e) { console.log('C', e.message) }
      try { new BrowserWindow({ webPreferences: { nodeIntegration: true } }) } catch (e) { console.log('D', e.message) }
      try { new BrowserWindow({ webPreferences: { sandbox: false } }) } catch (e) { console.log('E', e.message) }
      console.log('V', app.getVersion(), app.isPackaged)
      const w = new BrowserWindow({ show: false }); await w.loadURL('data:text/html,<title>t</title><p id=x>hi')
      console.log('T', await w.webContents.executeJavaScript('document.getElementById("x").textContent'))
      const other = await import('node:module').then((m) => m.createRequire(import.meta.url)('electron')); console.log('S', other.app === app)
      const { createHash, argon2Sync, scryptSync } = await import('node:crypto')
      try { createHash('sha3-256') } catch (e) { console.log('H', e.message) }
      try { argon2Sync('argon2id', {}) } catch (e) { console.log('R', e.message) }
      console.log('K', scryptSync('a', 'b', 8).length, createHash('sha256').update('x').digest('hex').length)
      app.quit()
    })`)
  for (const [k, re] of Object.entries({
    A: /before app is ready/,
    B: /after app is ready/,
    C: /before app is ready/,
    D: /nodeIntegration/,
    E: /sandbox/,
    V: /1\.2\.3 false/,
    T: /hi/,
    S: /true/,
    H: /BoringSSL/,
    R: /BoringSSL/,
    K: /8 64/,
  }))
    expect(r.out).toMatch(new RegExp(`^${k} .*${re.source}`, 'm'))
  expect(r.code).toBe(0)
})
test('second instance hands its arguments over and exits', () => {
  const r = run(`
    import { spawn } from 'node:child_process'
    if (!app.requestSingleInstanceLock({ from: process.argv.includes('--second') ? 'second' : 'first' })) { console.log('second exits'); app.exit(0) }
    app.on('second-instance', (_e, argv, _cwd, data) => { console.log('got', argv.includes('--second'), data.from); app.quit() })
    app.whenReady().then(() => { if (process.argv.includes('--second')) return; const c = spawn(${JSON.stringify(electronExecutable().path)}, ['--no-sandbox', '--user-data-dir=' + app.getPath('userData'), app.getAppPath(), '--second'], { stdio: 'inherit' }); })`)
  expect(r.out).toContain('second exits')
  expect(r.out).toContain('got true second')
})
test('beforeunload keeps the window unless main decides otherwise', () => {
  const r = run(`
    app.whenReady().then(async () => {
      const w = new BrowserWindow({ show: false }); await w.loadURL('data:text/html,<script>onbeforeunload = (e) => e.preventDefault()</script>')
      await w.webContents.executeJavaScript('1') // gives user activation
      app.quit()
      await new Promise((r) => setTimeout(r, 1500))
      console.log('kept', BrowserWindow.getAllWindows().length)
      w.webContents.on('will-prevent-unload', (e) => e.preventDefault())
      app.on('quit', () => console.log('quit'))
      app.quit()
    })`)
  expect(r.out).toContain('kept 1')
  expect(r.out).toContain('quit')
  expect(r.code).toBe(0)
})
