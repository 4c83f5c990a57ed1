// Electron's `ipcMain`.
import { EventEmitter } from 'node:events'

export class IpcMain extends EventEmitter {
  _handlers = new Map<string, { fn: (e: unknown, ...a: unknown[]) => unknown; once: boolean }>()
  handle(channel: string, fn: any) {
    if (this._handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    this._handlers.set(channel, { fn, once: false })
  }
  handleOnce(channel: string, fn: any) {
    this.handle(channel, fn)
    this._handlers.get(channel)!.once = true
  }
  removeHandler(channel: string) {
    this._handlers.delete(channel)
  }
}
export const ipcMain = new IpcMain()
