import type { Bridge } from '#shared/bridge.ts'

declare global {
  interface Window {
    /** The only way out of the page. */
    readonly centre: Bridge
  }
}
