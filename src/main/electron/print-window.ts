import { Refusal } from '#shared/result.ts'
import { diskFiles } from '../platform/disk-files.ts'
import { appOrigin } from './app-protocol.ts'
import type { WindowRegister } from './app-window.ts'
import type { WindowSurface } from './electron-surface.ts'

/** Resolves when the print page has drawn its job with fonts and images; rejects when it could not. */
const whenDrawn = `new Promise((resolve, reject) => {
  const root = document.documentElement
  const look = () => {
    if (root.dataset.ready === 'yes') resolve(true)
    if (root.dataset.ready === 'no') reject(new Error('print job refused'))
  }
  new MutationObserver(look).observe(root, { attributes: true })
  look()
})`

/**
 * Prints what a job of the centre holds, from a hidden window that is gone afterwards whatever happens (S40).
 *
 * Nothing is written but the file the user chose; to a printer, the system's dialog always shows.
 */
export function printer(windows: WindowRegister, writerOf: () => ReturnType<typeof diskFiles>) {
  const open = new Set<WindowSurface>()
  async function drawn<T>(job: string, use: (window: WindowSurface) => Promise<T>): Promise<T> {
    const window = windows.open('print')
    open.add(window)
    try {
      await window.loadURL(`${appOrigin}/print.html#${job}`)
      await window.webContents.executeJavaScript(whenDrawn)
      return await use(window)
    } finally {
      open.delete(window)
      if (!window.isDestroyed()) window.destroy()
    }
  }
  return {
    toFile: (job: string, token: string): Promise<boolean> =>
      drawn(job, async (window) => {
        const bytes = await window.webContents.printToPDF({
          preferCSSPageSize: true,
          printBackground: false,
          generateTaggedPDF: true,
          margins: { top: 0, bottom: 0, left: 0, right: 0 },
        })
        async function* pieces() {
          yield new Uint8Array(bytes)
        }
        await writerOf().writeChosen(token, pieces())
        return true
      }),
    toPrinter: (job: string): Promise<boolean> =>
      drawn(
        job,
        (window) =>
          new Promise((resolve, reject) => {
            window.webContents.print({ silent: false, printBackground: false }, (success, reason) => {
              if (success || /cancel/i.test(reason)) resolve(success)
              else reject(new Refusal('internal'))
            })
          }),
      ),
    /** On lock: no page with a person's data stays. */
    closeAll(): void {
      for (const window of open) if (!window.isDestroyed()) window.destroy()
      open.clear()
    },
  }
}
export type Printer = ReturnType<typeof printer>
