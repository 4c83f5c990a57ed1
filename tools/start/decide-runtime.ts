// Which runtime `npm start` uses: a pure decision over facts, so that every branch is tested.

export interface RuntimeFacts {
  readonly electronInstalled: boolean
  readonly electronPackage: boolean
  readonly download: 'not-tried' | 'done' | { readonly failed: string }
  /** Path of an installed Chrome, Edge or Chromium. */
  readonly browser: string | undefined
  readonly display: boolean
  readonly wanted: 'auto' | 'electron' | 'browser'
}
export type RuntimeDecision =
  | { readonly run: 'electron' }
  | { readonly run: 'download' }
  | { readonly run: 'stand-in'; readonly browser: string; readonly say: string }
  | { readonly run: 'stop'; readonly say: string }

/** Electron if it is here or can be had; else the stand-in, said in one line; else what to install. */
export function decideRuntime(f: RuntimeFacts): RuntimeDecision {
  const noDisplay = { run: 'stop', say: 'No graphical display. Start from a desktop session, or: xvfb-run npm start' } as const
  if (f.wanted !== 'browser') {
    if (f.electronInstalled) return f.display ? { run: 'electron' } : noDisplay
    if (f.electronPackage && f.download === 'not-tried') return { run: 'download' }
  }
  const why = typeof f.download === 'object' ? f.download.failed : 'not asked for'
  if (f.wanted === 'electron') {
    return {
      run: 'stop',
      say: `Electron could not be downloaded (${why}). Connect to the internet, or set ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron.`,
    }
  }
  if (f.browser === undefined) {
    return {
      run: 'stop',
      say: `Electron could not be downloaded (${why}) and no Chrome, Edge or Chromium was found. Install one of them, e.g. on Debian: apt install chromium`,
    }
  }
  if (!f.display) return noDisplay
  return {
    run: 'stand-in',
    browser: f.browser,
    say: `Electron is not available (${why}): preview in ${f.browser}, for trying out only, no real data.`,
  }
}
