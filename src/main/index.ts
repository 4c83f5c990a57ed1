import path from 'node:path'
import { eventChannel, type EventData } from '#shared/contract.ts'
import { appOrigin, appProtocol, appScheme } from './electron/app-protocol.ts'
import { windowRegister, windowTitle } from './electron/app-window.ts'
import { centreProcess } from './electron/centre-process.ts'
import { clipboardKeeper } from './electron/clipboard-keeper.ts'
import { refusedSwitch } from './electron/command-line-guard.ts'
import { app, clipboard, dialog, Menu, powerMonitor, protocol, session } from './electron/electron.ts'
import type { WindowSurface } from './electron/electron-surface.ts'
import { fileDialogs } from './electron/file-dialogs.ts'
import { guardContents, guardSession } from './electron/guards.ts'
import { serveCalls } from './electron/ipc-router.ts'
import { clearScreen, lockPolicy } from './electron/lock-policy.ts'
import { printer } from './electron/print-window.ts'
import { shellCalls } from './electron/shell-calls.ts'
import { diskFiles } from './platform/disk-files.ts'
import { systemClock } from './platform/system-clock.ts'

const here = import.meta.dirname
const portableFolder = process.env['PORTABLE_EXECUTABLE_DIR']
if (app.isPackaged && portableFolder) app.setPath('userData', path.join(portableFolder, windowTitle))

app.enableSandbox()
protocol.registerSchemesAsPrivileged([appScheme])

let mainWindow: WindowSurface | undefined

if (refusedSwitch(app.isPackaged, (name) => app.commandLine.hasSwitch(name)) !== undefined || !app.requestSingleInstanceLock()) {
  app.exit(0)
} else {
  // the second start's arguments are ignored; the first comes forward (S43)
  app.on('second-instance', () => {
    if (!mainWindow) return
    if (mainWindow.isMinimized()) mainWindow.restore()
    mainWindow.focus()
  })
  app.on('web-contents-created', (_event: unknown, contents: Parameters<typeof guardContents>[0]) => guardContents(contents))
  app.on('window-all-closed', () => app.quit())
  app
    .whenReady()
    .then(start)
    .catch(() => {
      dialog.showErrorBox(windowTitle, 'Le programme n’a pas pu démarrer. / The program could not start.')
      app.exit(1)
    })
}

async function start(): Promise<void> {
  const appSession = session.fromPartition('passerelle')
  guardSession(appSession)
  appSession.protocol.handle('app', appProtocol(path.join(here, '../renderer')))
  Menu.setApplicationMenu(null)

  const dataFolder = path.join(app.getPath('userData'), 'data')
  const pageEvent = (name: string, data: unknown) => {
    if (mainWindow && !mainWindow.isDestroyed()) mainWindow.webContents.send(eventChannel, name, data)
  }
  // the page that comes asks the status itself
  const reloadPage = () => {
    if (mainWindow && !mainWindow.isDestroyed()) mainWindow.webContents.reload()
  }
  const centre = centreProcess(
    path.join(here, 'worker.js'),
    {
      dataFolder,
      resourcesFolder: path.join(app.getAppPath(), 'resources'),
      migrationsFolder: path.join(app.getAppPath(), 'migrations'),
      appVersion: app.getVersion(),
      preview: process.env['PASSERELLE_PREVIEW'] === '1',
    },
    (name, data) => {
      if (name === 'idleLimit') policy.limit((data as EventData<'idleLimit'>).minutes)
      else if (name === 'status' && (data as EventData<'status'>).phase !== 'unlocked')
        clearScreen({
          closePrints: () => printing.closeAll(),
          clearClipboard: () => copied.clear(),
          reloadPage,
        })
      else pageEvent(name, data)
    },
  )
  const chosenFiles = diskFiles(path.join(dataFolder, 'shell'))
  chosenFiles.removeLeftovers()
  const dialogs = fileDialogs(
    () => app.getPath('documents'),
    (token, chosen) => {
      centre.grant(token, chosen)
      chosenFiles.grant(token, chosen)
    },
  )
  const windows = windowRegister({
    preload: path.join(here, '../preload/bridge.cjs'),
    session: appSession,
    packaged: app.isPackaged,
    platform: process.platform,
  })
  const printing = printer(windows, () => chosenFiles)
  const copied = clipboardKeeper(clipboard, systemClock)
  const policy = lockPolicy(systemClock, (why) => centre.lock(why))
  powerMonitor.on('suspend', () => policy.power('suspend'))
  powerMonitor.on('lock-screen', () => policy.power('lock-screen'))
  powerMonitor.on('shutdown', () => policy.power('shutdown'))
  serveCalls({
    roleOf: windows.roleOf,
    shell: shellCalls({ dialogs, clipboard: copied, policy, printer: printing, centre }),
    centre,
    now: systemClock.steady,
  })

  let closed = false
  app.on('will-quit', (event: { preventDefault(): void }) => {
    if (closed) return
    // the database is closed before the program ends
    event.preventDefault()
    policy.stop()
    void centre.close().finally(() => {
      closed = true
      app.quit()
    })
  })

  mainWindow = windows.open('main')
  mainWindow.once('ready-to-show', () => mainWindow?.show())
  mainWindow.webContents.on('render-process-gone', () => {
    centre.lock('page-gone')
    reloadPage()
  })
  await mainWindow.loadURL(`${appOrigin}/index.html`)
}
