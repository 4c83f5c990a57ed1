// What the parts of the stand-in share: the command line, the browser's connection, the live windows.
import type { Cdp } from './cdp.ts'
import type { StandInWindow } from './browser-window.ts'
import type { WebContents } from './web-contents.ts'

export interface StandInConfig {
  appPath: string
  pkg: { name?: string; productName?: string; version?: string }
  headless: boolean
  packaged: boolean
  electronVersion: string
  switches: Map<string, string>
  browser: () => Promise<{ cdp: Cdp; firstTarget?: boolean; kill(): void }>
}

/** Set once by `boot` and `connect` (electron-api.ts), before any of the application runs. */
export const standIn = {
  config: undefined as unknown as StandInConfig,
  cdp: undefined as unknown as Cdp,
  firstTargetFree: false,
  killBrowser: (): void => undefined,
  browserVersion: '',
  targets: { ids: new Set<string>(), opening: 0 },
  contents: new Map<number, WebContents>(),
  windows: new Map<number, StandInWindow>(),
  theme: 'system' as 'system' | 'light' | 'dark',
}

/** An event object with Electron's `preventDefault`. */
export class StandInEvent {
  defaultPrevented = false
  constructor(extra: object = {}) {
    Object.assign(this, extra)
  }
  preventDefault() {
    this.defaultPrevented = true
  }
}

/** Refuses what the stand-in cannot do, rather than pretend. */
export function unsupported(what: string): never {
  throw new Error(`stand-in: ${what} is not provided by the Electron stand-in`)
}

export const log = process.env.STAND_IN_LOG ? (...a: unknown[]) => console.error('[stand-in]', ...a) : () => undefined
