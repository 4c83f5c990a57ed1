import { qrPicture } from '#renderer/ui/qr-picture.ts'

/** A QR code as an image with a text for those who cannot see it; holds the referral code and nothing else. */
export function QrImage({ code, alt }: { readonly code: string; readonly alt: string }) {
  return <img className="slip-qr" src={qrPicture(code.replaceAll('-', ''))} alt={alt} />
}
