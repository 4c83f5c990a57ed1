// printToPDF with Electron's options, by the same Chromium code.
import type { CdpSession } from './cdp.ts'
import { unsupported } from './stand-in-state.ts'

export interface PdfOptions {
  readonly [option: string]: any
}

/** A page as PDF; inches as in Electron. Throws for a paper size it does not know. */
export async function printPage(session: CdpSession, options: PdfOptions): Promise<Buffer> {
  const sizes: Record<string, [number, number]> = {
    A0: [33.1, 46.8],
    A1: [23.4, 33.1],
    A2: [16.54, 23.4],
    A3: [11.7, 16.54],
    A4: [8.27, 11.7],
    A5: [5.83, 8.27],
    A6: [4.13, 5.83],
    Letter: [8.5, 11],
    Legal: [8.5, 14],
    Tabloid: [11, 17],
    Ledger: [17, 11],
  }
  const ps = options.pageSize ?? 'Letter'
  const [w, h] = typeof ps === 'string' ? (sizes[ps] ?? unsupported(`pageSize ${ps}`)) : [ps.width, ps.height]
  const m = options.margins ?? {}
  const margin = (k: string) => (m.marginType === 'none' ? 0 : (m[k] ?? 0.39))
  const r = await session.send('Page.printToPDF', {
    landscape: !!options.landscape,
    displayHeaderFooter: !!options.displayHeaderFooter,
    printBackground: !!options.printBackground,
    scale: options.scale ?? 1,
    paperWidth: w,
    paperHeight: h,
    marginTop: margin('top'),
    marginBottom: margin('bottom'),
    marginLeft: margin('left'),
    marginRight: margin('right'),
    pageRanges: options.pageRanges ?? '',
    headerTemplate: options.headerTemplate ?? '',
    footerTemplate: options.footerTemplate ?? '',
    preferCSSPageSize: !!options.preferCSSPageSize,
    generateTaggedPDF: !!options.generateTaggedPDF,
    generateDocumentOutline: !!options.generateDocumentOutline,
    transferMode: 'ReturnAsBase64',
  })
  return Buffer.from(r.data, 'base64')
}
