import { appOrigin } from './app-protocol.ts'
import type { SessionSurface, WebContentsSurface } from './electron-surface.ts'

/** True for a page of this application: the origin compared whole, never by its beginning (S11). */
export function isAppAddress(address: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  return url.protocol === 'app:' && url.host === 'centre' && url.username === '' && url.password === ''
}

/** True for what a page may ask for: the application's own files, and its inline images (S01). */
export function mayRequest(address: string): boolean {
  return isAppAddress(address) || address.startsWith('data:') || address.startsWith('devtools:')
}

interface Preventable {
  preventDefault(): void
}

/** Navigation, pop-ups and web views: refused (S11, S12, S13). */
export function guardContents(contents: WebContentsSurface): void {
  const stopUnlessOurs = (event: Preventable & { readonly url?: string }, url?: string) => {
    if (!isAppAddress(event.url ?? url ?? '')) event.preventDefault()
  }
  contents.on('will-navigate', stopUnlessOurs)
  contents.on('will-redirect', stopUnlessOurs)
  contents.on('will-frame-navigate', (event: Preventable & { readonly url?: string; readonly isMainFrame?: boolean }) => {
    if (event.isMainFrame !== true || !isAppAddress(event.url ?? '')) event.preventDefault()
  })
  contents.on('will-attach-webview', (event: Preventable) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** Permissions, downloads, requests, dictionaries: refused for the whole session (S01, S15, S16, S32). */
export function guardSession(session: SessionSurface): void {
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, callback) => callback({}))
  session.on('will-download', (event: Preventable) => event.preventDefault())
  session.webRequest.onBeforeRequest((details, callback) => callback({ cancel: !mayRequest(details.url) }))
  session.setSpellCheckerEnabled(false)
  session.setSpellCheckerDictionaryDownloadURL(`${appOrigin}/none/`)
}
