import { Refusal } from '#shared/result.ts'
import type { diskFiles } from '../platform/disk-files.ts'
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

/** What is told instead of a print when its window went away: closed by hand or by the lock, or its page died. */
type Ended = 'closed' | 'died'

/** When a window goes away, and how; never rejects. Electron then answers neither scripts nor print calls. */
function endOf(window: WindowSurface): Promise<Ended> {
  return new Promise((resolve) => {
    window.once('closed', () => resolve('closed'))
    window.webContents.once('render-process-gone', () => resolve('died'))
  })
}

/**
 * Prints what a job of the centre holds, from a hidden window that is gone afterwards whatever happens (S40).
 *
 * Nothing is written but the file the user chose; to a printer, the system's dialog always shows. Always answers: true when it left,
 * false when it was cancelled or the window was closed (the desk locked), Refusal print-failed otherwise.
 */
export function printer(
  windows: Pick<WindowRegister, 'open'>,
  writerOf: () => Pick<ReturnType<typeof diskFiles>, 'writeChosen'>,
) {
  const open = new Set<WindowSurface>()
  /** What `use` makes of the drawn page; undefined when the window was closed meanwhile. */
  async function drawn<T extends object>(job: string, use: (window: WindowSurface) => Promise<T>): Promise<T | undefined> {
    const window = windows.open('print')
    open.add(window)
    const work = async () => {
      await window.loadURL(`${appOrigin}/print.html#${job}`)
      await window.webContents.executeJavaScript(whenDrawn)
      return use(window)
    }
    try {
      const ended = endOf(window)
      const result = await Promise.race([work(), ended])
      if (result === 'died') throw new Refusal('print-failed')
      return result === 'closed' ? undefined : result
    } catch (error) {
      // what the window's going away made fail is a cancel
      if (window.isDestroyed()) return undefined
      throw error instanceof Refusal ? error : new Refusal('print-failed')
    } finally {
      open.delete(window)
      if (!window.isDestroyed()) window.destroy()
    }
  }
  return {
    async toFile(job: string, token: string): Promise<boolean> {
      const bytes = await drawn(job, (window) =>
        window.webContents.printToPDF({
          preferCSSPageSize: true,
          printBackground: false,
          generateTaggedPDF: true,
          margins: { top: 0, bottom: 0, left: 0, right: 0 },
        }),
      )
      if (!bytes) return false
      async function* pieces(pdf: Uint8Array) {
        yield pdf
      }
      await writerOf().writeChosen(token, pieces(new Uint8Array(bytes)))
      return true
    },
    async toPrinter(job: string): Promise<boolean> {
      const answer = await drawn(
        job,
        (window) =>
          new Promise<{ readonly success: boolean; readonly reason: string }>((resolve) => {
            window.webContents.print({ silent: false, printBackground: false }, (success, reason) => resolve({ success, reason }))
          }),
      )
      if (!answer || answer.success) return answer?.success ?? false
      if (/cancel/i.test(answer.reason)) return false
      throw new Refusal('print-failed')
    },
    /** On lock: no page with a person's data stays. */
    closeAll(): void {
      for (const window of open) if (!window.isDestroyed()) window.destroy()
      open.clear()
    },
  }
}
export type Printer = ReturnType<typeof printer>
