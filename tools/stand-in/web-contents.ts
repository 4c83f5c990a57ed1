// Electron's `webContents` on a CDP target: frames, preload world, IPC, printing, closing.
import crypto from 'node:crypto'
import { EventEmitter } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { app } from './app.ts'
import type { BrowserWindow } from './browser-window.ts'
import type { CdpSession } from './cdp.ts'
import { IpcMain, ipcMain } from './ipc-main.ts'
import { isolatedWorldName, isolatedWorldSource, mainWorldSource } from './page-shim.ts'
import { answerRequest } from './page-requests.ts'
import { printPage, type PdfOptions } from './print-page.ts'
import { fromBrowserUrl, toBrowserUrl } from './protocol.ts'
import { defaultSession } from './session.ts'
import { log, standIn, StandInEvent, unsupported } from './stand-in-state.ts'
import { makeCodec } from './structured-codec.ts'

const codec = makeCodec()

let nextWebContentsId = 1
interface FrameInfo {
  id: string
  url: string
  parentId?: string
}

export class WebContents extends EventEmitter {
  readonly id = nextWebContentsId++
  session = defaultSession
  mainFrame!: any
  ipc = new IpcMain()
  _session!: CdpSession
  _targetId!: string
  _ready: Promise<void>
  _frames = new Map<string, FrameInfo>()
  _contexts = new Map<number, string>() // isolated-world execution context -> frame
  _mainContext: number | undefined
  _destroyed = false
  _owner: BrowserWindow
  #windowOpen:
    ((d: { url: string; frameName: string; features: string; disposition: string }) => { action: 'allow' | 'deny' }) | undefined
  #expected = new Set<string>() // document URLs this host itself navigates to
  #secret = crypto.randomUUID()
  #prefs: any
  #outbox: string[] = []
  #devTools = false

  constructor(owner: BrowserWindow, prefs: any, size: [number, number]) {
    super()
    this._owner = owner
    this.#prefs = prefs
    this.mainFrame = this.#frame(() => this._frames.get(this._targetId))
    standIn.contents.set(this.id, this)
    this._ready = this.#open(size)
    this._ready.catch((e) => log('window failed', e))
    app.emit('web-contents-created', new StandInEvent(), this)
  }
  #frame(get: () => FrameInfo | undefined): any {
    const self = this
    return {
      get url() {
        return fromBrowserUrl(get()?.url ?? '')
      },
      get origin() {
        const u = this.url
        const m = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)/i.exec(u)
        return m ? m[1] : 'null'
      },
      get parent() {
        const p = get()?.parentId
        return p ? self.#frame(() => self._frames.get(p)) : null
      },
      get top() {
        return self.mainFrame
      },
      get frameTreeNodeId() {
        return get()?.id === self._targetId ? 1 : 2
      },
      processId: 1,
      routingId: 1,
      send: (c: string, ...a: unknown[]) => self.send(c, ...a),
      executeJavaScript: (code: string) => self.executeJavaScript(code),
    }
  }
  async #open(size: [number, number]) {
    let targetId: string | undefined
    if (standIn.firstTargetFree) {
      standIn.firstTargetFree = false
      const { targetInfos } = await standIn.cdp.root.send('Target.getTargets')
      targetId = targetInfos.find((t: any) => t.type === 'page')?.targetId
    }
    standIn.targets.opening++
    if (!targetId)
      ({ targetId } = await standIn.cdp.root.send('Target.createTarget', {
        url: 'about:blank',
        newWindow: true,
        width: size[0],
        height: size[1],
        background: false,
      }))
    this._targetId = targetId!
    standIn.targets.ids.add(targetId!)
    standIn.targets.opening--
    const { sessionId } = await standIn.cdp.root.send('Target.attachToTarget', { targetId, flatten: true })
    const s = (this._session = standIn.cdp.session(sessionId))
    s.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === isolatedWorldName && context.auxData?.frameId === this._targetId) {
        this._contexts.set(context.id, context.auxData.frameId)
        this._mainContext = context.id
        for (const m of this.#outbox.splice(0)) this.#deliver(m)
      }
    })
    s.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      this._contexts.delete(executionContextId)
      if (this._mainContext === executionContextId) this._mainContext = undefined
    })
    s.on('Runtime.executionContextsCleared', () => {
      this._contexts.clear()
      this._mainContext = undefined
    })
    s.on('Runtime.bindingCalled', (e) => {
      if (e.name === '__standInSend' && this._contexts.has(e.executionContextId))
        void this.#fromPage(e.executionContextId, e.payload).catch((err) => log('from page', String(err)))
    })
    s.on('Runtime.consoleAPICalled', (e) => {
      this.emit(
        'console-message',
        new StandInEvent({
          level: e.type,
          message: e.args.map((a: any) => a.value ?? a.description ?? '').join(' '),
          lineNumber: 0,
          sourceId: '',
        }),
      )
    })
    s.on('Runtime.exceptionThrown', (e) => {
      log('page exception', e.exceptionDetails.exception?.description ?? e.exceptionDetails.text)
    })
    s.on('Page.frameAttached', (e) => {
      this._frames.set(e.frameId, { id: e.frameId, url: '', parentId: e.parentFrameId })
    })
    s.on('Page.frameDetached', (e) => {
      if (e.reason !== 'swap') this._frames.delete(e.frameId)
    })
    s.on('Page.frameNavigated', ({ frame }) => {
      this._frames.set(frame.id, { id: frame.id, url: frame.url + (frame.urlFragment ?? ''), parentId: frame.parentId })
      if (!frame.parentId && frame.url !== 'about:blank')
        this.emit('did-navigate', new StandInEvent(), fromBrowserUrl(frame.url), 200, 'OK')
    })
    s.on('Page.navigatedWithinDocument', (e) => {
      const f = this._frames.get(e.frameId)
      if (f) f.url = e.url
      this.emit('did-navigate-in-page', new StandInEvent(), fromBrowserUrl(e.url), e.frameId === this._targetId)
    })
    s.on('Page.domContentEventFired', () => {
      this.emit('dom-ready', new StandInEvent())
    })
    s.on('Page.loadEventFired', () => {
      this.emit('did-finish-load', new StandInEvent())
      this.emit('did-stop-loading', new StandInEvent())
    })
    s.on('Page.javascriptDialogOpening', (e) => {
      if (e.type === 'beforeunload') this._onBeforeUnload?.()
      else if (standIn.config.headless && !process.env.STAND_IN_KEEP_DIALOGS)
        void s.send('Page.handleJavaScriptDialog', { accept: true }).catch(() => {})
    })
    s.on('Inspector.targetCrashed', () => {
      this.emit('render-process-gone', new StandInEvent(), { reason: 'crashed', exitCode: 1 })
    })
    s.on('Fetch.requestPaused', (e) => {
      void answerRequest(this, this.#expected, e).catch((err) => log('fetch', e.request.url, String(err)))
    })
    const preload: string | null = this.#prefs.preload ? fs.readFileSync(this.#prefs.preload, 'utf8') : null
    const info = {
      platform: process.platform,
      arch: process.arch,
      versions: { ...process.versions, electron: standIn.config.electronVersion, chrome: standIn.browserVersion },
    }
    await Promise.all([
      s.send('Page.enable'),
      s.send('Runtime.enable'),
      s.send('Runtime.addBinding', { name: '__standInSend', executionContextName: isolatedWorldName }),
      s.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldSource(this.#secret) }),
      s.send('Page.addScriptToEvaluateOnNewDocument', {
        source: isolatedWorldSource(this.#secret, info, preload, this.#prefs.preload ?? 'stand-in://no-preload'),
        worldName: isolatedWorldName,
      }),
      s.send('Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Request' }] }),
      s.send('Page.setLifecycleEventsEnabled', { enabled: false }),
      standIn.config.headless
        ? s.send('Emulation.setDeviceMetricsOverride', { width: size[0], height: size[1], deviceScaleFactor: 1, mobile: false })
        : null,
      standIn.theme !== 'system' ? this._applyTheme() : null,
    ])
  }
  _onBeforeUnload: (() => void) | undefined
  async _applyTheme() {
    const v = standIn.theme
    await this._session
      .send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: v === 'system' ? '' : v }] })
      .catch(() => {})
  }
  async #fromPage(contextId: number, payload: string) {
    const m = codec.decode(payload)
    const frameId = this._contexts.get(contextId)!
    const frame = frameId === this._targetId ? this.mainFrame : this.#frame(() => this._frames.get(frameId))
    if (m.op === 'windowOpen') {
      const d = {
        url: fromBrowserUrl(m.url),
        frameName: m.frameName,
        features: m.features,
        disposition: 'new-window',
        referrer: { url: '', policy: 'default' },
      }
      const r = this.#windowOpen?.(d) ?? { action: 'deny' as const }
      if (r.action === 'allow') log('window.open allowed by the app, refused by the host:', d.url)
      return
    }
    if (m.op === 'preloadError') {
      this.emit('preload-error', new StandInEvent(), this.#prefs.preload, new Error(m.message))
      return
    }
    if (m.op === 'send') {
      const event = new StandInEvent({
        sender: this,
        senderFrame: frame,
        processId: 1,
        frameId: 1,
        ports: [],
        reply: (c: string, ...a: unknown[]) => this.send(c, ...a),
      })
      this.ipc.emit(m.channel, event, ...m.args)
      ipcMain.emit(m.channel, event, ...m.args)
      return
    }
    if (m.op === 'invoke') {
      const h = this.ipc._handlers.get(m.channel) ?? ipcMain._handlers.get(m.channel)
      let answer: any
      try {
        if (!h) throw new Error(`No handler registered for '${m.channel}'`)
        if (h.once) ipcMain.removeHandler(m.channel)
        const event = new StandInEvent({ sender: this, senderFrame: frame, processId: 1, frameId: 1 })
        answer = { op: 'result', id: m.id, ok: true, value: await h.fn(event, ...m.args) }
        answer = codec.encode(answer)
      } catch (err) {
        if (h) console.error(`Error occurred in handler for '${m.channel}':`, err)
        answer = codec.encode({ op: 'result', id: m.id, ok: false, channel: m.channel, error: String(err) })
      }
      await this.#evaluate(contextId, answer)
    }
  }
  #evaluate(contextId: number, text: string) {
    return this._session
      .send('Runtime.callFunctionOn', {
        functionDeclaration: 'function (t) { __standInDeliver(t) }',
        arguments: [{ value: text }],
        executionContextId: contextId,
        silent: true,
      })
      .catch((e) => log('deliver', String(e)))
  }
  #deliver(text: string) {
    if (this._mainContext !== undefined) void this.#evaluate(this._mainContext, text)
    else this.#outbox.push(text)
  }
  send(channel: string, ...args: unknown[]) {
    if (this._destroyed) throw new TypeError('Object has been destroyed')
    this.#deliver(codec.encode({ op: 'event', channel, args }))
  }
  postMessage(): never {
    return unsupported('webContents.postMessage')
  }
  isDestroyed() {
    return this._destroyed
  }
  getURL() {
    return this.mainFrame.url
  }
  getTitle() {
    return this._owner.getTitle()
  }
  getOSProcessId() {
    return process.pid
  }
  setWindowOpenHandler(h: any) {
    this.#windowOpen = h
  }
  async loadURL(url: string) {
    await this._ready
    const target = toBrowserUrl(url)
    this.#expected.add(new URL(target).href.split('#')[0]!)
    const loaded = new Promise<void>((resolve, reject) => {
      this.once('did-finish-load', resolve)
      this.once('_gone', () => reject(new Error('ERR_FAILED')))
    })
    loaded.catch(() => {})
    const r = await this._session.send('Page.navigate', { url: target })
    if (r.errorText) {
      const err = new Error(`${r.errorText.replace('net::', '')} (-2) loading '${url}'`)
      this.emit('did-fail-load', new StandInEvent(), -2, r.errorText, url, true)
      throw err
    }
    await loaded
  }
  reload() {
    this.#expected.add(toBrowserUrl(this.getURL()).split('#')[0]!)
    void this._session.send('Page.reload')
  }
  async executeJavaScript(code: string) {
    const r = await this._session.send('Runtime.evaluate', {
      expression: code,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
    })
    if (r.exceptionDetails) throw new Error(r.exceptionDetails.exception?.description ?? 'Script failed to execute')
    return r.result.value
  }
  async printToPDF(options: PdfOptions = {}): Promise<Buffer> {
    await this._ready
    return printPage(this._session, options)
  }
  print(options: any = {}, cb?: (ok: boolean, reason: string) => void) {
    void (async () => {
      try {
        if (standIn.config.headless) {
          const dir = path.join(app.getPath('userData'), 'stand-in-prints')
          fs.mkdirSync(dir, { recursive: true })
          fs.writeFileSync(
            path.join(dir, `${Date.now()}.pdf`),
            await this.printToPDF({ ...options, pageSize: options.pageSize ?? 'A4' }),
          )
        } else await this._session.send('Runtime.evaluate', { expression: 'window.print()', userGesture: true })
        cb?.(true, '')
      } catch (e) {
        cb?.(false, String(e))
      }
    })()
  }
  openDevTools() {
    if (this.#prefs.devTools !== false) this.#devTools = true
  }
  closeDevTools() {
    this.#devTools = false
  }
  isDevToolsOpened() {
    return this.#devTools
  }
  focus() {
    void this._session?.send('Page.bringToFront').catch(() => {})
  }
  close(o: { waitForBeforeUnload?: boolean } = {}) {
    void this._owner._requestClose(!o.waitForBeforeUnload)
  }
  async _closePage(force: boolean): Promise<boolean> {
    if (force) {
      await standIn.cdp.root.send('Target.closeTarget', { targetId: this._targetId }).catch(() => {})
      return true
    }
    return await new Promise<boolean>((resolve) => {
      let asked = false
      this._onBeforeUnload = () => {
        asked = true
        const e = new StandInEvent()
        this.emit('will-prevent-unload', e) // as in Electron: preventDefault() here means "close anyway"
        void this._session.send('Page.handleJavaScriptDialog', { accept: e.defaultPrevented }).catch(() => {})
        if (!e.defaultPrevented) {
          this._onBeforeUnload = undefined
          resolve(false)
        }
      }
      this.once('_gone', () => resolve(true))
      // Chromium 156 loses about one Page.close in 130 (no answer, page stays); a second one works
      const attempt = (left: number) => {
        if (this._destroyed || asked) return
        if (left === 0) void standIn.cdp.root.send('Target.closeTarget', { targetId: this._targetId }).catch(() => resolve(true))
        else this._session.send('Page.close').catch(() => resolve(true))
        if (left > 0) setTimeout(() => attempt(left - 1), 800).unref()
      }
      attempt(2)
    })
  }
  _gone() {
    if (this._destroyed) return
    this._destroyed = true
    standIn.contents.delete(this.id)
    this.emit('destroyed', new StandInEvent())
    this.emit('_gone')
    this._owner._gone()
  }
}
