import { describe, expect, it, vi } from 'vitest'
import type { CallName } from '#shared/contract.ts'
import type { WindowSurface } from './electron-surface.ts'

vi.mock('electron', () => ({ BrowserWindow: class {} }))
const { printer } = await import('./print-window.ts')
const { shellCalls } = await import('./shell-calls.ts')

type Answer = (success: boolean, reason: string) => void

/** A print window whose page and printer answer as told; `never` keeps them silent. */
function fakeWindow(told: { readonly drawn?: 'yes' | 'no' | 'never'; readonly print?: (answer: Answer) => void }) {
  const heard = new Map<string, () => void>()
  const listen = (event: string, listener: () => void) => void heard.set(event, listener)
  let destroyed = false
  let asked = () => {}
  const printing = new Promise<void>((resolve) => (asked = resolve))
  const window = {
    loadURL: async () => {},
    once: listen,
    isDestroyed: () => destroyed,
    destroy() {
      destroyed = true
      heard.get('closed')?.()
    },
    webContents: {
      once: listen,
      executeJavaScript: () => {
        if (told.drawn === 'never') asked()
        return told.drawn === 'never'
          ? new Promise(() => {})
          : told.drawn === 'no'
            ? Promise.reject(new Error('no'))
            : Promise.resolve(true)
      },
      print(_options: object, answer: Answer) {
        asked()
        told.print?.(answer)
      },
      printToPDF: async () => new Uint8Array([1, 2, 3]),
    },
  } as unknown as WindowSurface
  return { window, printing, die: () => heard.get('render-process-gone')?.() }
}

function printerWith(fake: ReturnType<typeof fakeWindow>) {
  const written: Uint8Array[] = []
  const writer = {
    writeChosen: async (_token: string, pieces: AsyncIterable<Uint8Array>) => {
      for await (const piece of pieces) written.push(piece)
      return 3
    },
  }
  return { made: printer({ open: () => fake.window }, () => writer as never), written }
}

describe('the print window', () => {
  it.each([
    ['printed', (answer: Answer) => answer(true, ''), true],
    ['cancelled in the dialog', (answer: Answer) => answer(false, 'Print job canceled'), false],
    ['failed', (answer: Answer) => answer(false, 'Print job failed'), 'print-failed'],
    [
      'refused by the system',
      () => {
        throw new Error('no printer')
      },
      'print-failed',
    ],
  ])('S40 toPrinter answers when the slip was %s, and the window is gone', async (_what, print, expected) => {
    const fake = fakeWindow({ print })
    const answer = await printerWith(fake)
      .made.toPrinter('j')
      .catch((error: { code?: string }) => error.code)
    expect([answer, fake.window.isDestroyed()]).toEqual([expected, true])
  })

  it('S40 S45 toPrinter answers though the printer never does: the desk locks, or the page dies', async () => {
    const locked = fakeWindow({})
    const { made } = printerWith(locked)
    const first = made.toPrinter('j')
    await locked.printing
    made.closeAll()
    expect(await first).toBe(false)
    const dead = fakeWindow({})
    const second = printerWith(dead).made.toPrinter('j')
    await dead.printing
    dead.die()
    await expect(second).rejects.toMatchObject({ code: 'print-failed' })
    expect(dead.window.isDestroyed()).toBe(true)
  })

  it('S40 a page that cannot draw is a failed print, one that never answers ends with the lock', async () => {
    await expect(printerWith(fakeWindow({ drawn: 'no' })).made.toPrinter('j')).rejects.toMatchObject({ code: 'print-failed' })
    const silent = fakeWindow({ drawn: 'never' })
    const { made, written } = printerWith(silent)
    const file = made.toFile('j', 't')
    await silent.printing
    made.closeAll()
    expect([await file, written]).toEqual([false, []])
  })

  it('S41 toFile writes what was drawn', async () => {
    const { made, written } = printerWith(fakeWindow({}))
    expect([await made.toFile('j', 't'), written]).toEqual([true, [new Uint8Array([1, 2, 3])]])
  })
})

describe('the print calls of the shell', () => {
  const shell = (toPrinter: () => Promise<boolean>) => {
    const asked: CallName[] = []
    const calls = shellCalls({
      printer: { toPrinter, toFile: async () => true, closeAll: () => {} },
      centre: { call: async (name: CallName) => ({ ok: true, value: (asked.push(name), { job: 'j' }) }) },
    } as never)
    return { asked, print: () => calls['printing.printSlip']({ referralId: 'r', format: 'a5', to: 'printer' }) }
  }

  it('tells the centre of a slip that left, and of no other', async () => {
    const left = shell(async () => true)
    expect(await left.print()).toEqual({ printed: true })
    expect(left.asked).toEqual(['printing.prepareSlip', 'printing.slipPrinted'])
    const cancelled = shell(async () => false)
    expect(await cancelled.print()).toEqual({ printed: false })
    expect(cancelled.asked).toEqual(['printing.prepareSlip'])
    const failed = shell(() => Promise.reject(new Error('x')))
    await expect(failed.print()).rejects.toThrow()
    expect(failed.asked).toEqual(['printing.prepareSlip'])
  })
})
