// Electron's `BrowserWindow`; geometry, focus and order are bookkeeping.
import { EventEmitter } from 'node:events'
import path from 'node:path'
import { app } from './app.ts'
import { standIn, StandInEvent, unsupported } from './stand-in-state.ts'
import { WebContents } from './web-contents.ts'

export type StandInWindow = BrowserWindow
let nextWindowId = 1
export class BrowserWindow extends EventEmitter {
  readonly id = nextWindowId++
  webContents: WebContents
  #title: string
  #bounds: { x: number; y: number; width: number; height: number }
  #visible: boolean
  #destroyed = false
  #closing = false
  #protected = false
  constructor(o: any = {}) {
    super()
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    const p = o.webPreferences ?? {}
    if (p.nodeIntegration) unsupported('webPreferences.nodeIntegration: true')
    if (p.contextIsolation === false) unsupported('webPreferences.contextIsolation: false')
    if (p.sandbox === false) unsupported('webPreferences.sandbox: false')
    if (p.webSecurity === false) unsupported('webPreferences.webSecurity: false')
    if (p.preload && !path.isAbsolute(p.preload)) throw new Error('preload must be an absolute path')
    this.#title = o.title ?? app.getName()
    this.#bounds = { x: o.x ?? 0, y: o.y ?? 0, width: o.width ?? 800, height: o.height ?? 600 }
    this.#visible = o.show !== false
    standIn.windows.set(this.id, this)
    this.webContents = new WebContents(this, p, [this.#bounds.width, this.#bounds.height])
    let shown = false
    this.webContents.on('dom-ready', () => {
      if (!shown) {
        shown = true
        this.emit('ready-to-show', new StandInEvent())
      }
    })
    app.emit('browser-window-created', new StandInEvent(), this)
  }
  static getAllWindows() {
    return [...standIn.windows.values()]
  }
  static getFocusedWindow() {
    return [...standIn.windows.values()].find((w) => w.#visible) ?? null
  }
  static fromWebContents(wc: WebContents) {
    return wc?._owner ?? null
  }
  static fromId(id: number) {
    return standIn.windows.get(id) ?? null
  }
  loadURL(u: string) {
    return this.webContents.loadURL(u)
  }
  show() {
    if (!this.#visible) {
      this.#visible = true
      this.emit('show')
    }
    this.focus()
  }
  showInactive() {
    this.#visible = true
    this.emit('show')
  }
  hide() {
    if (this.#visible) {
      this.#visible = false
      this.emit('hide')
    }
  }
  focus() {
    this.webContents.focus()
    this.emit('focus')
  }
  blur() {
    this.emit('blur')
  }
  isVisible() {
    return this.#visible
  }
  isFocused() {
    return this.#visible
  }
  isDestroyed() {
    return this.#destroyed
  }
  isMinimized() {
    return false
  }
  isMaximized() {
    return false
  }
  isFullScreen() {
    return false
  }
  minimize() {
    this.emit('minimize')
  }
  maximize() {
    this.emit('maximize')
  }
  restore() {
    this.emit('restore')
  }
  setContentProtection(on: boolean) {
    this.#protected = on
  }
  isContentProtected() {
    return this.#protected
  }
  getTitle() {
    return this.#title
  }
  setTitle(t: string) {
    this.#title = t
  }
  getBounds() {
    return { ...this.#bounds }
  }
  getNormalBounds() {
    return { ...this.#bounds }
  }
  getSize() {
    return [this.#bounds.width, this.#bounds.height]
  }
  setBounds(b: object) {
    Object.assign(this.#bounds, b)
  }
  setSize(width: number, height: number) {
    Object.assign(this.#bounds, { width, height })
  }
  close() {
    void this._requestClose()
  }
  destroy() {
    void this.webContents._closePage(true).then(() => this.webContents._gone())
  }
  async _requestClose(force = false): Promise<boolean> {
    if (this.#destroyed) return true
    if (this.#closing) return false
    this.#closing = true
    try {
      if (!force) {
        const e = new StandInEvent()
        this.emit('close', e)
        if (e.defaultPrevented) return false
      }
      const ok = await this.webContents._closePage(force)
      if (ok) this.webContents._gone()
      return ok
    } finally {
      this.#closing = false
    }
  }
  _gone() {
    if (this.#destroyed) return
    this.#destroyed = true
    standIn.windows.delete(this.id)
    this.emit('closed')
    app._windowGone()
  }
}
