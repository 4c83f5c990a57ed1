import fs from 'node:fs'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** What a saved print says: the text of its first page and of each, what stands in the lowest 24 mm of each, number of pages, metadata, tags and size. */
export async function readPdf(file: string) {
  const pdf = await getDocument({ data: new Uint8Array(fs.readFileSync(file)) }).promise
  const page = await pdf.getPage(1)
  const texts: string[] = []
  const feet: string[] = []
  for (let n = 1; n <= pdf.numPages; n += 1) {
    const { items } = await (await pdf.getPage(n)).getTextContent()
    const low = items.flatMap((i) => ('str' in i && (i.transform[5] / 72) * 25.4 < 24 ? [i.str] : []))
    feet.push(low.filter((word) => word.trim() !== '').join(' '))
    texts.push(items.map((i) => ('str' in i ? i.str + (i.hasEOL ? '\n' : '') : '')).join(''))
  }
  const { info } = await pdf.getMetadata()
  const [, , width, height] = page.view
  return {
    pages: pdf.numPages,
    text: texts[0] ?? '',
    texts,
    feet,
    info: info as Record<string, unknown>,
    tagged: ((await page.getStructTree())?.children.length ?? 0) > 0,
    millimetres: [Math.round(((width ?? 0) / 72) * 25.4), Math.round(((height ?? 0) / 72) * 25.4)],
  }
}
