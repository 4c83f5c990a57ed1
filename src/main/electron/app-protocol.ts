import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

/** The one origin of every page (S06). */
export const appOrigin = 'app://centre'

/** Registered before ready; `standard`, `secure`, `supportFetchAPI` and nothing else (S07). */
export const appScheme = { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } } as const

const nonceMark = '__CSP_NONCE__'

/** The header of every response (S03); the nonce lets Mantine put its own style tags. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ')
}

const mimeTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
}

/** The files that may be asked for: URL path -> absolute path, listed once at start. */
export function servedFiles(folder: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || mimeTypes[path.extname(entry.name)] === undefined) continue
    const full = path.join(entry.parentPath, entry.name)
    files.set(`/${path.relative(folder, full).split(path.sep).join('/')}`, full)
  }
  return files
}

/** The key in `servedFiles` that a URL means, or undefined: one host, whole path, nothing decoded twice (S06). */
export function servedPath(files: ReadonlyMap<string, string>, method: string, address: string): string | undefined {
  if (method !== 'GET' || !URL.canParse(address)) return undefined
  const url = new URL(address)
  if (url.protocol !== 'app:' || url.host !== 'centre' || url.username !== '' || url.password !== '') return undefined
  return files.has(url.pathname) ? url.pathname : undefined
}

/** The protocol handler over a folder of built pages. */
export function appProtocol(folder: string): (request: Request) => Promise<Response> {
  const files = servedFiles(folder)
  return async (request) => {
    const nonce = randomBytes(16).toString('base64url')
    const name = servedPath(files, request.method, request.url)
    const headers = {
      'content-security-policy': contentSecurityPolicy(nonce),
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    }
    if (name === undefined) return new Response('', { status: 404, headers })
    const type = mimeTypes[path.extname(name)] ?? 'application/octet-stream'
    const bytes = await fs.promises.readFile(files.get(name) ?? '')
    const body = name.endsWith('.html') ? bytes.toString('utf8').replaceAll(nonceMark, nonce) : new Uint8Array(bytes)
    return new Response(body, { headers: { ...headers, 'content-type': type } })
  }
}
