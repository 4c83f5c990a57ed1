import { create } from 'qrcode'

/** What a QR code of level L holds at most. */
const qrBytesMax = 2953

/** Address of a picture of a QR code: of a text at level M, or of a small file's bytes at level L. Undefined when the file does not fit. */
export function qrPicture(content: string | Uint8Array): string | undefined {
  if (typeof content !== 'string' && content.length > qrBytesMax) return undefined
  const { size, data } = (
    typeof content === 'string'
      ? create(content, { errorCorrectionLevel: 'M' })
      : create([{ data: content, mode: 'byte' }], { errorCorrectionLevel: 'L' })
  ).modules
  let path = ''
  for (let y = 0; y < size; y += 1) for (let x = 0; x < size; x += 1) if (data[y * size + x]) path += `M${x} ${y}h1v1h-1z`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 ${size + 4} ${size + 4}" shape-rendering="crispEdges"><path d="${path}"/></svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}
