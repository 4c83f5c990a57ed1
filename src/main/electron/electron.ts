// The one module that imports Electron; its exports are narrowed to what the stand-in provides too.
import * as electron from 'electron'
import type { ElectronSurface } from './electron-surface.ts'

const surface: ElectronSurface = electron
export const { app, BrowserWindow, clipboard, dialog, ipcMain, Menu, powerMonitor, protocol, session } = surface
