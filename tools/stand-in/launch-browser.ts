// Launching a Chromium-family browser that can reach nothing.
import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { Cdp, PipeTransport } from './cdp.ts'

export interface Launched {
  cdp: Cdp
  child: ChildProcess
  wsUrl?: string
  firstTarget?: boolean
}

export async function launchBrowser(opts: {
  executable: string
  profileDir: string
  headless: boolean
  noSandbox: boolean
  debugPort?: number // with it: websocket endpoint (others, e.g. Playwright, can attach); without: private pipe
  appWindow?: boolean
  windowSize?: [number, number]
  lang?: string
}): Promise<Launched> {
  fs.mkdirSync(path.join(opts.profileDir, 'Default'), { recursive: true })
  const prefs = path.join(opts.profileDir, 'Default', 'Preferences')
  if (!fs.existsSync(prefs))
    fs.writeFileSync(
      prefs,
      JSON.stringify({
        translate: { enabled: false },
        credentials_enable_service: false,
        profile: { password_manager_enabled: false, exit_type: 'Normal' },
        autofill: { profile_enabled: false, credit_card_enabled: false },
        search: { suggest_enabled: false },
        browser: { check_default_browser: false },
      }),
    )
  const args = [
    '--no-first-run',
    '--no-default-browser-check',
    '--no-service-autorun',
    '--disable-background-networking',
    '--disable-sync',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-extensions',
    '--disable-domain-reliability',
    '--disable-breakpad',
    '--disable-client-side-phishing-detection',
    '--disable-search-engine-choice-screen',
    '--metrics-recording-only',
    '--password-store=basic',
    '--use-mock-keychain',
    '--disable-infobars',
    '--disable-dev-shm-usage',
    '--disable-field-trial-config',
    '--propagate-iph-for-testing',
    '--disable-features=Translate,OptimizationHints,MediaRouter,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,AutofillServerCommunication,InterestFeedContentSuggestions,GlobalMediaControls,LensOverlay,AimEnabled,NetworkTimeServiceQuerying,PaintHolding',
    '--disable-background-timer-throttling',
    '--disable-renderer-backgrounding',
    '--disable-backgrounding-occluded-windows',
    // nothing the page asks for may leave the machine: a proxy that is not there (loopback is bypassed by default)
    '--proxy-server=http://127.0.0.1:1',
    '--dns-prefetch-disable',
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    `--user-data-dir=${opts.profileDir}`,
  ]
  if (opts.lang) args.push(`--lang=${opts.lang}`)
  if (opts.noSandbox) args.push('--no-sandbox')
  if (opts.headless) args.push('--headless=new', '--hide-scrollbars')
  if (opts.windowSize) args.push(`--window-size=${opts.windowSize[0]},${opts.windowSize[1]}`)
  // the host talks over a private pipe (Chromium exits when it closes, even if the host is killed); a port only for others
  args.push('--remote-debugging-pipe')
  if (opts.debugPort !== undefined) args.push(`--remote-debugging-port=${opts.debugPort}`)
  const appWindow = opts.appWindow && !opts.headless
  if (appWindow) args.push('--app=data:text/html,<title></title>')
  else args.push('--no-startup-window')
  const stdio: any[] = ['ignore', 'ignore', opts.debugPort === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe']
  const child = spawn(opts.executable, args, { stdio, detached: false })
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`browser exited at start (code ${code})`)))
  })
  failed.catch(() => {})
  const cdp = new Cdp(new PipeTransport(child.stdio[3] as any, child.stdio[4] as any))
  await Promise.race([cdp.root.send('Browser.getVersion'), failed])
  if (opts.debugPort === undefined) return { cdp, child, ...(appWindow ? { firstTarget: true } : {}) }
  const wsUrl = await Promise.race([
    failed,
    new Promise<string>((resolve) => {
      let buf = ''
      child.stderr!.on('data', (d) => {
        buf += d
        const m = /DevTools listening on (ws:\/\/\S+)/.exec(buf)
        if (m) resolve(m[1]!)
        if (buf.length > 65536) buf = buf.slice(-1000)
      })
    }),
  ])
  return { cdp, child, wsUrl, ...(appWindow ? { firstTarget: true } : {}) }
}
