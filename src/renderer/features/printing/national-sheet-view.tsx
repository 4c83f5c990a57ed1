import { catalogues } from '#renderer/i18n/text.tsx'
import type { PrintJob } from '#shared/printing/contract.ts'
import { QrImage } from './qr-image.tsx'

/** One of the three sheets of the national key: its groups to be typed back, the same as a code to be scanned, and the key's six words. */
export function NationalSheetView({ job }: { readonly job: Extract<PrintJob, { kind: 'national-sheet' }> }) {
  const words = catalogues[job.language].roster
  const { sheet } = job
  return (
    <article className="national-sheet">
      <h1>{words.paperTitle.replace('{number}', String(sheet.number))}</h1>
      <p>{words.paperMark.replace('{mark}', sheet.ceremony)}</p>
      <ol className="national-groups">
        {sheet.groups.map((group, index) => (
          <li key={`${index} ${group}`}>{group}</li>
        ))}
      </ol>
      <p>{words.paperGroups}</p>
      <QrImage code={sheet.groups.join('')} alt={words.paperQr} />
      <p>
        {words.paperWords} <strong>{sheet.words.join(' ')}</strong>
      </p>
      <p>{words.paperText}</p>
    </article>
  )
}
