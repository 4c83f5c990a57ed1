// What `import 'electron'` gives the application's main bundle, and the start of it all.
import { EventEmitter } from 'node:events'
import { app } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import { dialog } from './dialog.ts'
import { ipcMain } from './ipc-main.ts'
import { protocol } from './protocol.ts'
import { applyPermissions, defaultSession } from './session.ts'
import { log, standIn, StandInEvent, type StandInConfig } from './stand-in-state.ts'

const webContents = {
  getAllWebContents: () => [...standIn.contents.values()],
  getFocusedWebContents: () => [...standIn.contents.values()][0] ?? null,
  fromId: (id: number) => standIn.contents.get(id),
  fromDevToolsTargetId: (target: string) => [...standIn.contents.values()].find((w) => w._targetId === target),
}

export class Menu {
  static setApplicationMenu(_menu: null) {}
  static getApplicationMenu() {
    return null
  }
}

export class NativeTheme extends EventEmitter {
  get themeSource() {
    return standIn.theme
  }
  set themeSource(source) {
    standIn.theme = source
    for (const w of standIn.contents.values()) void w._ready.then(() => w._applyTheme())
    this.emit('updated')
  }
  get shouldUseDarkColors() {
    return standIn.theme === 'dark'
  }
}

/** Events come only from tests that emit them. */
export class PowerMonitor extends EventEmitter {
  getSystemIdleTime() {
    return 0
  }
}

let copied = ''
const clipboard = {
  writeText: async (text: string) => {
    copied = text
  },
  readText: async () => copied,
  clear: () => {
    copied = ''
  },
}

export const api = {
  app,
  BrowserWindow,
  webContents,
  ipcMain,
  protocol,
  session: { defaultSession, fromPartition: (_partition: string) => defaultSession },
  dialog,
  Menu,
  nativeTheme: new NativeTheme(),
  powerMonitor: new PowerMonitor(),
  clipboard,
}

/** Takes the command line; before the application's main script runs. */
export function boot(config: StandInConfig): void {
  standIn.config = config
}

/** Connects to the browser. Throws if it did not start. */
export async function connect(): Promise<void> {
  const b = await standIn.config.browser()
  standIn.cdp = b.cdp
  standIn.killBrowser = b.kill
  standIn.firstTargetFree = !!b.firstTarget
  standIn.cdp.onClose = () => {
    for (const w of standIn.contents.values()) w._gone()
    setTimeout(() => app.exit(0), 200).unref()
  }
  const v = await standIn.cdp.root.send('Browser.getVersion')
  standIn.browserVersion = String(v.product).split('/')[1] ?? ''
  standIn.cdp.root.on('Target.targetDestroyed', ({ targetId }) => {
    webContents.fromDevToolsTargetId(targetId)?._gone()
  })
  standIn.cdp.root.on('Target.targetCrashed', ({ targetId }) => {
    webContents
      .fromDevToolsTargetId(targetId)
      ?.emit('render-process-gone', new StandInEvent(), { reason: 'crashed', exitCode: 1 })
  })
  standIn.cdp.root.on('Target.targetCreated', ({ targetInfo }) => {
    // a window the stand-in did not open (a popup that slipped through): close it
    if (targetInfo.type !== 'page' || standIn.targets.opening > 0 || standIn.targets.ids.has(targetInfo.targetId)) return
    if (targetInfo.openerId) {
      log('closing a popup', targetInfo.url)
      void standIn.cdp.root.send('Target.closeTarget', { targetId: targetInfo.targetId }).catch(() => {})
    }
  })
  await standIn.cdp.root.send('Target.setDiscoverTargets', { discover: true })
  await applyPermissions()
}
export const becomeReady = () => app._becomeReady()
