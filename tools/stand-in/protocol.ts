// Electron's `protocol`, over https://<host>.<scheme>.invalid inside the browser.
import { app } from './app.ts'

type Handler = (req: Request) => Response | Promise<Response>
export const privileged = new Map<string, object>()
export const handlers = new Map<string, Handler>()
/** app://host/path <-> https://host.app.invalid/path : a reserved TLD, so nothing can leave even if interception failed */
export const toBrowserUrl = (u: string): string => {
  const m = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(u)
  if (m && (handlers.has(m[1]!) || privileged.has(m[1]!))) return `https://${m[2] || 'root'}.${m[1]}.invalid${m[3] || '/'}`
  return u
}
export const fromBrowserUrl = (u: string): string => {
  const m = /^https:\/\/([^/?#]+)\.([a-z][a-z0-9+-]*)\.invalid(.*)$/i.exec(u)
  return m ? `${m[2]}://${m[1]}${m[3]}` : u
}
export const protocol = {
  registerSchemesAsPrivileged(list: { scheme: string; privileges?: object }[]) {
    if (app.isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    for (const s of list) privileged.set(s.scheme, s.privileges ?? {})
  },
  handle(scheme: string, handler: Handler) {
    if (!app.isReady()) throw new Error('protocol can only be used after app is ready')
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`)
    handlers.set(scheme, handler)
  },
  unhandle(scheme: string) {
    handlers.delete(scheme)
  },
  isProtocolHandled: (scheme: string) => handlers.has(scheme),
}
