import type { Bridge } from '#shared/contract.ts'

declare global {
  interface Window {
    /** The only way out of the page. */
    readonly centre: Bridge
  }
}
