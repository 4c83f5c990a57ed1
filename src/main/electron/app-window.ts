import type { Session } from 'electron'
import { BrowserWindow } from './electron.ts'
import type { SessionSurface, WindowOptions, WindowSurface } from './electron-surface.ts'

/** Says nothing about anybody (decision 1, S42). */
export const windowTitle = 'Passerelle'

export interface WindowParts {
  readonly preload: string
  readonly session: SessionSurface
  readonly packaged: boolean
  readonly platform: NodeJS.Platform
}

/** The options of every window, print windows included (S09). */
export function windowOptions(parts: WindowParts, shown: boolean): WindowOptions {
  return {
    width: 1366,
    height: 728,
    minWidth: 1024,
    minHeight: 600,
    show: shown,
    title: windowTitle,
    backgroundColor: '#ffffff',
    autoHideMenuBar: true,
    webPreferences: {
      preload: parts.preload,
      session: parts.session as unknown as Session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: !parts.packaged,
    },
  }
}

/** What a live window may call. */
export type WindowRole = 'main' | 'print'

/** The windows this process made and what each is for; the router trusts no others (S18). */
export function windowRegister(parts: WindowParts) {
  const live = new Map<number, WindowRole>()
  return {
    roleOf: (contentsId: number): WindowRole | undefined => live.get(contentsId),
    /** A hidden window; the caller shows it. Screenshot protection where the system has it (S39). */
    open(role: WindowRole): WindowSurface {
      const window = new BrowserWindow(windowOptions(parts, false))
      const { id } = window.webContents
      live.set(id, role)
      window.on('closed', () => live.delete(id))
      window.on('page-title-updated', (event: { preventDefault(): void }) => event.preventDefault())
      if (parts.platform !== 'linux') window.setContentProtection(true)
      return window
    },
  }
}
export type WindowRegister = ReturnType<typeof windowRegister>
