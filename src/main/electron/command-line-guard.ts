/** Chromium switches with which somebody could look into or weaken the shipped program; fuses do not cover them (S26). */
export const refusedSwitches = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-allow-origins',
  'load-extension',
  'disable-extensions-except',
  'disable-web-security',
  'allow-running-insecure-content',
  'no-sandbox',
  'disable-site-isolation-trials',
  'user-data-dir',
  'js-flags',
  'inspect',
  'inspect-brk',
  'proxy-server',
  'host-rules',
  'log-net-log',
  'enable-logging',
] as const

/** The first refused switch present, or undefined; counts only for a packaged program. */
export function refusedSwitch(packaged: boolean, hasSwitch: (name: string) => boolean): string | undefined {
  return packaged ? refusedSwitches.find((name) => hasSwitch(name)) : undefined
}
