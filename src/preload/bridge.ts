import { contextBridge, ipcRenderer } from 'electron'
import { callChannel, eventChannel, listenCall } from '#shared/bridge.ts'
import type { Bridge } from '#shared/bridge.ts'

let listener: ((event: string, data: unknown) => void) | undefined
// no Electron event object ever reaches the page (S10)
ipcRenderer.on(eventChannel, (_event, name: unknown, data: unknown) => listener?.(String(name), data))

const bridge: Bridge = {
  call(name, input, onEvent) {
    if (name === listenCall) {
      listener = onEvent
      return Promise.resolve({ ok: true, value: {} })
    }
    return ipcRenderer.invoke(callChannel, name, input)
  },
}
contextBridge.exposeInMainWorld('centre', bridge)
