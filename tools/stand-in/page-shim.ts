// Scripts injected into each top-level document before any page script.
// They are plain functions, sent as source text: they must not close over anything in this module.
import { makeCodec } from './structured-codec.ts'

/** Synchronous, structured-clone channel between the main world and the preload's isolated world, over a detached DOM
 *  node that page scripts never get hold of. Both worlds run this with the same secret. */
function bridgeEnd(side: 'main' | 'isolated', secret: string, codecFactory: typeof makeCodec) {
  const { addEventListener, dispatchEvent } = EventTarget.prototype
  const call = Function.prototype.call
  const uncurry = (fn: any) => call.bind(fn) as any
  const listen = uncurry(addEventListener)
  const dispatch = uncurry(dispatchEvent)
  const CE = CustomEvent
  const ME = MouseEvent
  const getDetail = uncurry(Object.getOwnPropertyDescriptor(CE.prototype, 'detail')!.get)
  const getRelated = uncurry(Object.getOwnPropertyDescriptor(ME.prototype, 'relatedTarget')!.get)
  const other = side === 'main' ? 'isolated' : 'main'
  const fns = new Map<number, (...a: unknown[]) => unknown>()
  const ids = new WeakMap<object, number>()
  const proxies = new Map<number, unknown>()
  const settlers = new Map<number, [(v: unknown) => void, (e: unknown) => void]>()
  let next = 1
  let node: Node | undefined
  let reply: string | undefined
  const codec = codecFactory({
    encodeFunction(fn) {
      let id = ids.get(fn)
      if (id === undefined) {
        id = next++
        ids.set(fn, id)
        fns.set(id, fn)
      }
      return id
    },
    decodeFunction(ref) {
      const id = ref as number
      let p = proxies.get(id)
      if (!p) {
        p = (...args: unknown[]) => request({ op: 'call', id, args })
        proxies.set(id, p)
      }
      return p
    },
    encodePromise(p) {
      const id = next++
      p.then(
        (v) => request({ op: 'settle', id, ok: true, v }),
        (e) => request({ op: 'settle', id, ok: false, v: e }),
      )
      return id
    },
    decodePromise(ref) {
      return new Promise((res, rej) => settlers.set(ref as number, [res, rej]))
    },
  })
  function request(msg: any): any {
    if (!node) throw new Error('contextBridge: not connected')
    reply = undefined
    dispatch(node, new CE(`to-${other}`, { detail: codec.encode(msg) }))
    if (reply === undefined) return undefined
    const r = codec.decode(reply)
    if (r.err !== undefined) throw r.err
    return r.v
  }
  function connect(n: Node, handlers: Record<string, (m: any) => unknown>) {
    node = n
    listen(n, `to-${side}`, (e: Event) => {
      let out: any
      try {
        const m = codec.decode(getDetail(e))
        if (m.op === 'call') out = { v: fns.get(m.id)!(...m.args) }
        else if (m.op === 'settle') {
          const s = settlers.get(m.id)
          settlers.delete(m.id)
          s?.[m.ok ? 0 : 1](m.v)
          out = {}
        } else out = { v: handlers[m.op]!(m) }
      } catch (err) {
        out = { err }
      }
      let text: string
      try {
        text = codec.encode(out)
      } catch (err) {
        text = codec.encode({ err })
      }
      dispatch(n, new CE(`re-${other}`, { detail: text }))
    })
    listen(n, `re-${side}`, (e: Event) => {
      reply = getDetail(e)
    })
  }
  const hello = (handlers: Record<string, (m: any) => unknown>, onReady?: () => void) => {
    if (side === 'main') {
      listen(
        document,
        secret,
        (e: Event) => {
          if (!node) {
            connect(getRelated(e), handlers)
            e.stopImmediatePropagation()
          }
        },
        { once: true, capture: true },
      )
    } else {
      const n = document.createElement('i')
      connect(n, handlers)
      dispatch(document, new ME(secret, { relatedTarget: n as unknown as EventTarget }))
      onReady?.()
    }
  }
  return { request, hello }
}

function mainWorld(secret: string, bridge: typeof bridgeEnd, codecFactory: typeof makeCodec) {
  if (window !== window.top) return
  const freeze = (o: any): any => {
    if (o && typeof o === 'object' && !(o instanceof Promise)) {
      for (const k of Object.keys(o)) freeze(o[k])
      Object.freeze(o)
    }
    return o
  }
  const b = bridge('main', secret, codecFactory)
  b.hello({
    expose(m) {
      if (Object.hasOwn(window, m.key)) throw new Error(`Cannot bind an API on top of an existing property on the window object`)
      Object.defineProperty(window, m.key, { value: freeze(m.api), enumerable: true, configurable: false, writable: false })
    },
    execute(m) {
      return (0, eval)(m.code)
    },
  })
  // window.open never opens a browser window by itself: the host decides (setWindowOpenHandler)
  const opened = (url: string, frameName: string, features: string) => {
    b.request({ op: 'windowOpen', url, frameName, features })
  }
  Object.defineProperty(window, 'open', {
    configurable: true,
    writable: true,
    enumerable: true,
    value: function open(url = '', target = '_blank', features = '') {
      opened(url === '' ? 'about:blank' : new URL(url, document.baseURI).href, String(target), String(features))
      return null
    },
  })
  addEventListener('click', (e) => {
    const a = e.composedPath().find((n): n is HTMLAnchorElement => n instanceof HTMLAnchorElement && !!n.href)
    if (!a || e.defaultPrevented) return
    const target = a.target || document.querySelector('base')?.target || ''
    if ((target && !['_self', '_top', '_parent'].includes(target)) || e.ctrlKey || e.metaKey || e.shiftKey) {
      e.preventDefault()
      opened(a.href, target, '')
    }
  })
  addEventListener(
    'auxclick',
    (e) => {
      if (e.button === 1 && (e.target as Element)?.closest?.('a[href]')) e.preventDefault()
    },
    { capture: true },
  )
}

function isolatedWorld(
  secret: string,
  bridge: typeof bridgeEnd,
  codecFactory: typeof makeCodec,
  info: any,
  preload: ((...a: any[]) => void) | null,
) {
  if (window !== window.top) return
  const g = globalThis as any
  const post: (s: string) => void = g.__standInSend
  const codec = codecFactory()
  const b = bridge('isolated', secret, codecFactory)
  b.hello({
    windowOpen(m) {
      post(codec.encode({ op: 'windowOpen', url: m.url, frameName: m.frameName, features: m.features }))
    },
  })

  const waiting = new Map<number, [(v: unknown) => void, (e: unknown) => void]>()
  const listeners = new Map<string, { fn: (...a: any[]) => void; once: boolean }[]>()
  let next = 1
  const str = (c: unknown) => {
    if (typeof c !== 'string') throw new TypeError('channel must be a string')
    return c
  }
  const ipcRenderer: any = {
    invoke(channel: string, ...args: unknown[]) {
      const id = next++
      return new Promise((res, rej) => {
        const text = codec.encode({ op: 'invoke', id, channel: str(channel), args })
        waiting.set(id, [res, rej])
        post(text)
      })
    },
    send(channel: string, ...args: unknown[]) {
      post(codec.encode({ op: 'send', channel: str(channel), args }))
    },
    sendSync() {
      throw new Error('stand-in: ipcRenderer.sendSync is not available')
    },
    on(channel: string, fn: any) {
      const l = listeners.get(channel) ?? []
      l.push({ fn, once: false })
      listeners.set(channel, l)
      return ipcRenderer
    },
    once(channel: string, fn: any) {
      const l = listeners.get(channel) ?? []
      l.push({ fn, once: true })
      listeners.set(channel, l)
      return ipcRenderer
    },
    off(channel: string, fn: any) {
      listeners.set(
        channel,
        (listeners.get(channel) ?? []).filter((x) => x.fn !== fn),
      )
      return ipcRenderer
    },
    removeListener(channel: string, fn: any) {
      return ipcRenderer.off(channel, fn)
    },
    removeAllListeners(channel?: string) {
      if (channel === undefined) listeners.clear()
      else listeners.delete(channel)
      return ipcRenderer
    },
  }
  ipcRenderer.addListener = ipcRenderer.on
  g.__standInDeliver = (text: string) => {
    const m = codec.decode(text)
    if (m.op === 'result') {
      const w = waiting.get(m.id)
      waiting.delete(m.id)
      if (!w) return
      if (m.ok) w[0](m.value)
      else w[1](new Error(`Error invoking remote method '${m.channel}': ${m.error}`))
    } else if (m.op === 'event') {
      const l = listeners.get(m.channel) ?? []
      listeners.set(
        m.channel,
        l.filter((x) => !x.once),
      )
      for (const x of l) {
        try {
          x.fn({ sender: ipcRenderer, senderId: 0, ports: [] }, ...m.args)
        } catch (e) {
          console.error(e)
        }
      }
    }
  }
  const contextBridge = {
    exposeInMainWorld(key: string, api: unknown) {
      b.request({ op: 'expose', key, api })
    },
    exposeInIsolatedWorld() {
      throw new Error('stand-in: not available')
    },
  }
  if (preload) {
    const electron = {
      contextBridge,
      ipcRenderer,
      webFrame: { setZoomFactor() {}, getZoomFactor: () => 1, setZoomLevel() {}, getZoomLevel: () => 0 },
      webUtils: { getPathForFile: () => '' },
    }
    // the modules a sandboxed preload may require, and no others
    const require = (name: string) => {
      if (name === 'electron' || name === 'electron/renderer' || name === 'electron/common') return electron
      throw new Error(`module not found: ${name}`)
    }
    const process = {
      ...info,
      type: 'renderer',
      sandboxed: true,
      contextIsolated: true,
      argv: [],
      env: {},
      nextTick: (f: () => void) => queueMicrotask(f),
      on() {},
      once() {},
    }
    const module = { exports: {} }
    try {
      preload(require, module, module.exports, process, globalThis)
    } catch (e) {
      console.error('Unable to load preload script', e)
      post(codec.encode({ op: 'preloadError', message: String((e as Error)?.stack ?? e) }))
    }
  }
}

export const isolatedWorldName = 'Electron Isolated Context'

export function mainWorldSource(secret: string): string {
  return `(${mainWorld})(${JSON.stringify(secret)}, ${bridgeEnd}, ${makeCodec});\n//# sourceURL=stand-in://main-world`
}
export function isolatedWorldSource(secret: string, info: object, preload: string | null, preloadPath: string): string {
  const p = preload === null ? 'null' : `function (require, module, exports, process, global) {${preload}\n}`
  return `(${isolatedWorld})(${JSON.stringify(secret)}, ${bridgeEnd}, ${makeCodec}, ${JSON.stringify(info)}, ${p});\n//# sourceURL=${preloadPath}`
}
