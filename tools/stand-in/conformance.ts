// Type-level only: the stand-in provides the whole surface that the application may use.
import type { ElectronSurface } from '#main/electron/electron-surface.ts'
import { api } from './electron-api.ts'

export const conforms: ElectronSurface = api
