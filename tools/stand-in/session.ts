// Electron's `session`: permissions, request filter, downloads. One in-memory session whatever the partition.
import { EventEmitter } from 'node:events'
import { protocol } from './protocol.ts'
import { log, standIn } from './stand-in-state.ts'

export class Session extends EventEmitter {
  protocol = protocol
  _permission: ((wc: unknown, permission: string, cb: (ok: boolean) => void, details: object) => void) | null = null
  _check: ((wc: unknown, permission: string, origin: string, details: object) => boolean) | null = null
  _before:
    | ((
        d: { url: string; method: string; resourceType: string },
        cb: (r: { cancel?: boolean; redirectURL?: string }) => void,
      ) => void)
    | null = null
  webRequest = {
    onBeforeRequest: (...a: any[]) => {
      this._before = a.length > 1 ? a[1] : a[0]
    },
    onHeadersReceived: () => {},
    onBeforeSendHeaders: () => {},
  }
  setPermissionRequestHandler(h: any) {
    this._permission = h
    void applyPermissions()
  }
  setPermissionCheckHandler(h: any) {
    this._check = h
  }
  setDevicePermissionHandler() {}
  setDisplayMediaRequestHandler() {}
  setSpellCheckerEnabled() {}
  setSpellCheckerDictionaryDownloadURL() {}
}
export const defaultSession = new Session()
const PERMISSIONS: Record<string, string> = {
  geolocation: 'geolocation',
  notifications: 'notifications',
  media: 'videoCapture',
  'clipboard-read': 'clipboardReadWrite',
  midi: 'midi',
  'idle-detection': 'idleDetection',
  'storage-access': 'storageAccess',
  'window-management': 'windowManagement',
}
export async function applyPermissions() {
  // Chromium's prompt cannot be intercepted over CDP: ask the app's handler once for each known permission, up front
  const h = defaultSession._permission
  if (!h || !standIn.cdp) return
  for (const [name, cdpName] of Object.entries(PERMISSIONS)) {
    const ok = await new Promise<boolean>((r) => h(null, name, (v) => r(v), { requestingUrl: '', isMainFrame: true }))
    await standIn.cdp.root
      .send('Browser.setPermission', {
        permission: { name: cdpName === 'videoCapture' ? 'camera' : cdpName === 'clipboardReadWrite' ? 'clipboard-read' : name },
        setting: ok ? 'granted' : 'denied',
      })
      .catch((e) => log('permission', name, String(e)))
  }
}
