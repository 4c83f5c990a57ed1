import { create } from 'qrcode'

/** A QR code as an image with a text for those who cannot see it; holds the referral code and nothing else. */
export function QrImage({ code, alt }: { readonly code: string; readonly alt: string }) {
  const { size, data } = create(code.replaceAll('-', ''), { errorCorrectionLevel: 'M' }).modules
  let path = ''
  for (let y = 0; y < size; y += 1) for (let x = 0; x < size; x += 1) if (data[y * size + x]) path += `M${x} ${y}h1v1h-1z`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 ${size + 4} ${size + 4}" shape-rendering="crispEdges"><path d="${path}"/></svg>`
  return <img className="slip-qr" src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt={alt} />
}
