// The part of Electron that this application may use, current API only. electron.ts proves that real Electron has it,
// tools/stand-in/conformance.ts that the stand-in has it: using or dropping anything else fails tsc.
import type * as E from 'electron'

type Listener = (...args: any[]) => void
export interface Events<N extends string> {
  on(event: N, listener: Listener): unknown
  once(event: N, listener: Listener): unknown
  removeListener(event: N, listener: Listener): unknown
}

export interface FrameSurface {
  readonly url: string
  readonly origin: string
  readonly parent: FrameSurface | null
}

export interface WebContentsSurface extends Events<
  | 'will-navigate'
  | 'will-frame-navigate'
  | 'will-redirect'
  | 'will-attach-webview'
  | 'render-process-gone'
  | 'did-finish-load'
  | 'dom-ready'
  | 'console-message'
> {
  readonly id: number
  readonly mainFrame: FrameSurface
  send(channel: string, ...args: any[]): void
  getURL(): string
  isDestroyed(): boolean
  reload(): void
  executeJavaScript(code: string): Promise<any>
  setWindowOpenHandler(h: (d: { url: string }) => { action: 'deny' }): void
  printToPDF(
    o: Pick<E.PrintToPDFOptions, 'pageSize' | 'printBackground' | 'margins' | 'preferCSSPageSize' | 'generateTaggedPDF'>,
  ): Promise<Buffer>
  print(
    o: Pick<E.WebContentsPrintOptions, 'silent' | 'printBackground' | 'pageSize'>,
    callback: (success: boolean, failureReason: string) => void,
  ): void
}

export interface WindowSurface extends Events<'ready-to-show' | 'close' | 'closed' | 'show' | 'focus' | 'page-title-updated'> {
  readonly id: number
  readonly webContents: WebContentsSurface
  loadURL(url: string): Promise<void>
  show(): void
  focus(): void
  restore(): void
  isMinimized(): boolean
  close(): void
  destroy(): void
  isDestroyed(): boolean
  getTitle(): string
  setContentProtection(on: boolean): void
  isContentProtected(): boolean
}

export interface WindowOptions {
  readonly width: number
  readonly height: number
  readonly minWidth: number
  readonly minHeight: number
  readonly show: boolean
  readonly title: string
  readonly backgroundColor: string
  readonly autoHideMenuBar: boolean
  readonly webPreferences: {
    readonly preload: string
    readonly session: E.Session
    readonly sandbox: true
    readonly contextIsolation: true
    readonly nodeIntegration: false
    readonly nodeIntegrationInWorker: false
    readonly nodeIntegrationInSubFrames: false
    readonly webSecurity: true
    readonly webviewTag: false
    readonly spellcheck: false
    readonly devTools: boolean
  }
}

export interface SessionSurface extends Events<'will-download'> {
  readonly protocol: Pick<E.Protocol, 'handle'>
  setPermissionRequestHandler(h: (contents: any, permission: string, callback: (granted: boolean) => void) => void): void
  setPermissionCheckHandler(h: (contents: any, permission: string) => boolean): void
  setDevicePermissionHandler(h: () => boolean): void
  setDisplayMediaRequestHandler(h: (request: any, callback: (streams: object) => void) => void): void
  setSpellCheckerEnabled(on: boolean): void
  setSpellCheckerDictionaryDownloadURL(url: string): void
  readonly webRequest: { onBeforeRequest(h: (d: { url: string }, callback: (r: { cancel?: boolean }) => void) => void): void }
}

export interface IpcEventSurface {
  readonly senderFrame: FrameSurface | null
  readonly sender: WebContentsSurface
}

export interface ElectronSurface {
  app: Pick<
    E.App,
    | 'whenReady'
    | 'getPath'
    | 'setPath'
    | 'getVersion'
    | 'getAppPath'
    | 'quit'
    | 'exit'
    | 'isPackaged'
    | 'requestSingleInstanceLock'
    | 'enableSandbox'
  > &
    Events<'window-all-closed' | 'before-quit' | 'will-quit' | 'second-instance' | 'web-contents-created'> & {
      readonly commandLine: Pick<E.CommandLine, 'hasSwitch'>
    }
  BrowserWindow: { new (o: WindowOptions): WindowSurface; getAllWindows(): WindowSurface[] }
  ipcMain: { handle(channel: string, fn: (event: IpcEventSurface, ...args: any[]) => unknown): void }
  protocol: Pick<E.Protocol, 'registerSchemesAsPrivileged'>
  session: { fromPartition(partition: string): SessionSurface }
  dialog: {
    showOpenDialog(
      o: Pick<E.OpenDialogOptions, 'title' | 'defaultPath' | 'filters' | 'properties'>,
    ): Promise<{ canceled: boolean; filePaths: string[] }>
    showSaveDialog(
      o: Pick<E.SaveDialogOptions, 'title' | 'defaultPath' | 'filters'>,
    ): Promise<{ canceled: boolean; filePath: string }>
    showErrorBox(title: string, content: string): void
  }
  Menu: { setApplicationMenu(menu: null): void }
  powerMonitor: Events<'lock-screen' | 'suspend' | 'shutdown'> & { getSystemIdleTime(): number }
  clipboard: Pick<E.Clipboard, 'writeText' | 'readText' | 'clear'>
}
