/** Text that no source may hold, because no linter rule says it. */
export interface SourceBan {
  /** Statement or decision that forbids it. */
  readonly id: string
  readonly pattern: RegExp
  /** What to do instead. */
  readonly instead: string
  /** Files that may hold it. */
  readonly allowed?: RegExp
  /** A line that must be caught: the ban is seen failing on it. */
  readonly planted: string
}

/**
 * The list of weak Electron code (S54) and of cryptography that Electron's BoringSSL lacks (ADR 5).
 *
 * Matched on the text of every file in `src` but tests; comments count too, so that a name in a comment is written otherwise.
 */
export const sourceBans: readonly SourceBan[] = [
  {
    id: 'S05',
    pattern: /\.(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|srcdoc/,
    instead: 'let React write text',
    planted: "el.innerHTML = '<b>'",
  },
  {
    id: 'S08',
    pattern: /allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures|webSecurity:\s*false/,
    instead: 'take the options of app-window.ts',
    planted: 'new BrowserWindow({ webPreferences: { webSecurity: false } })',
  },
  {
    id: 'S09',
    pattern: /contextIsolation:\s*false|sandbox:\s*false|nodeIntegration\w*:\s*true|webviewTag:\s*true/,
    instead: 'take the options of app-window.ts',
    planted: 'const options = { sandbox: false }',
  },
  { id: 'S13', pattern: /<webview/, instead: 'show a page of our own', planted: 'return <webview src="a" />' },
  {
    id: 'S14',
    pattern: /\bopenExternal\b|\bopenPath\b|\bshowItemInFolder\b/,
    instead: 'show the address as text to copy',
    planted: "shell.openExternal('https://example.org')",
  },
  {
    id: 'S18',
    pattern: /\bipcMain\b/,
    instead: 'add a call to the contract',
    allowed: /^src\/main\/electron\/(?:ipc-router|electron-surface|electron)\.ts$/,
    planted: "ipcMain.handle('x', () => 1)",
  },
  {
    id: 'S33',
    pattern:
      /\bautoUpdater\b|\bcrashReporter\b|\bsendBeacon\b|\bnet\.(?:fetch|request|connect)\b|\bimport\s*\{[^}]*\bnet\b[^}]*\}\s*from\s*'electron'/,
    instead: 'nothing: the application opens no socket',
    planted: "import { app, net } from 'electron'",
  },
  {
    id: 'S34',
    pattern: /ProcessDump|writeHeapSnapshot|heapdump/,
    instead: 'nothing: memory holds names',
    planted: "v8.writeHeapSnapshot('a')",
  },
  {
    id: 'S42',
    pattern: /\baddRecentDocument\b|\bsetJumpList\b|\bsetUserTasks\b|\bnew Notification\b/,
    instead: 'show it in the unlocked window alone',
    planted: "app.addRecentDocument('a')",
  },
  {
    id: 'S49',
    pattern: /\bsafeStorage\b|\bkeytar\b/,
    instead: 'ask for the password: no key lies in a store of the system',
    planted: "import { app, safeStorage } from 'electron'",
  },
  {
    id: 'ADR 5',
    pattern: /\bcreate(?:C|Dec)ipheriv\(\s*(?!['"]aes-\d+-gcm)/,
    instead: 'use @noble/ciphers',
    planted: "createCipheriv('chacha20-poly1305', key, nonce)",
  },
  {
    id: 'ADR 5',
    pattern: /\bimport\b[^;]*?\bargon2(?:Sync)?\b[^;]*?\bfrom\s*['"](?:node:)?crypto['"]|\bcrypto\.argon2/,
    instead: 'use hash-wasm',
    planted: "import { argon2 } from 'node:crypto'",
  },
  { id: 'ADR 6', pattern: /zstd/i, instead: 'use gzip', planted: 'zlib.createZstdDecompress()' },
]

/** What a file holds that is banned: `id file: instead`. */
export function bannedIn(file: string, text: string): string[] {
  return sourceBans
    .filter((ban) => !ban.allowed?.test(file) && ban.pattern.test(text))
    .map((b) => `${b.id} ${file}: ${b.instead}`)
}
