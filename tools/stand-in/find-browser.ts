// Finding an installed Chromium-family browser.
import fs from 'node:fs'
import path from 'node:path'

export interface FoundBrowser {
  path: string
  source: string
}

export function browserCandidates(env = process.env, platform = process.platform): FoundBrowser[] {
  const out: FoundBrowser[] = []
  const add = (p: string | undefined, source: string) => {
    if (p) out.push({ path: p, source })
  }
  add(env.PASSERELLE_BROWSER, 'PASSERELLE_BROWSER')
  add(env.CHROME_PATH, 'CHROME_PATH')
  if (platform === 'linux') {
    for (const dir of ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome'])
      for (const n of [
        'google-chrome-stable',
        'google-chrome',
        'chrome',
        'chromium',
        'chromium-browser',
        'microsoft-edge-stable',
        'microsoft-edge',
        'brave-browser',
      ])
        add(path.join(dir, n), 'installed')
  } else if (platform === 'win32') {
    for (const root of [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA])
      if (root)
        for (const rel of [
          'Google\\Chrome\\Application\\chrome.exe',
          'Microsoft\\Edge\\Application\\msedge.exe',
          'Chromium\\Application\\chrome.exe',
          'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
        ])
          add(path.win32.join(root, rel), 'installed')
  } else if (platform === 'darwin') {
    for (const root of ['/Applications', path.join(env.HOME ?? '', 'Applications')])
      for (const n of ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'])
        add(path.join(root, `${n}.app/Contents/MacOS/${n}`), 'installed')
  }
  // browsers a developer may have through Playwright
  const cache =
    env.PLAYWRIGHT_BROWSERS_PATH ??
    (platform === 'win32'
      ? path.join(env.LOCALAPPDATA ?? '', 'ms-playwright')
      : platform === 'darwin'
        ? path.join(env.HOME ?? '', 'Library/Caches/ms-playwright')
        : path.join(env.HOME ?? '', '.cache/ms-playwright'))
  try {
    for (const d of fs
      .readdirSync(cache)
      .filter((d) => d.startsWith('chromium-'))
      .sort()
      .reverse())
      for (const rel of [
        'chrome-linux/chrome',
        'chrome-linux64/chrome',
        'chrome-win/chrome.exe',
        'chrome-win64/chrome.exe',
        'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
      ])
        add(path.join(cache, d, rel), 'playwright cache')
  } catch {}
  return out
}

export function findBrowser(env = process.env): FoundBrowser | undefined {
  return browserCandidates(env).find((c) => {
    try {
      fs.accessSync(c.path, fs.constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
