import { useState } from 'react'
import { call } from '#renderer/api/call.ts'

/** Where something is printed to: paper, or a file by its token. */
export type PrintTarget = 'printer' | { readonly file: string }

/** What became of a printing. */
export type Printed = 'printed' | 'pdfSaved' | 'notPrinted'

/** Prints something, or keeps it as a file where the user says, and knows what became of it. `pdfTitle`: of the dialog that asks where. */
export function usePrinting(pdfTitle: string) {
  const [busy, setBusy] = useState(false)
  const [told, setTold] = useState<Printed>()
  const [failure, setFailure] = useState<unknown>()
  const print = async (
    toPdf: boolean,
    send: (to: PrintTarget) => Promise<{ readonly printed: boolean }>,
    after: (printed: boolean) => unknown = () => undefined,
  ) => {
    setBusy(true)
    setFailure(undefined)
    setTold(undefined)
    try {
      const chosen = toPdf ? await call('files.choose', { purpose: 'slip-pdf', title: pdfTitle }) : undefined
      if (chosen?.file === null) return
      const { printed } = await send(chosen ? { file: chosen.file } : 'printer')
      setTold(printed ? (toPdf ? 'pdfSaved' : 'printed') : 'notPrinted')
      await after(printed)
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return { busy, told, failure, print }
}
