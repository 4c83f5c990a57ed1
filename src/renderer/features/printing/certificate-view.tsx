import { catalogues } from '#renderer/i18n/text.tsx'
import { formatDay, formatInstantDay } from '#renderer/i18n/format.ts'
import type { PrintJob } from '#shared/printing/contract.ts'

/** A certificate of erasure on paper: what, why, who decided, and which centres have confirmed so far; never a name of the person. */
export function CertificateView({ job }: { readonly job: Extract<PrintJob, { kind: 'certificate' }> }) {
  const words = catalogues[job.language].erasure
  const { certificate: c } = job
  const lines: readonly (readonly [string, string])[] = [
    [words.certificate, c.certificate],
    [words.centre, job.siteName],
    ...(c.caseNumber === null ? [] : [[words.caseNumber, c.caseNumber] as const]),
    [words.why, words.grounds[c.ground as keyof typeof words.grounds] ?? words.groundOther],
    [words.date, formatInstantDay(c.at)],
    [words.by, c.by ? [c.by.name, words.role[c.by.role as keyof typeof words.role] ?? ''].filter(Boolean).join(', ') : ''],
  ]
  return (
    <article className="certificate">
      {job.exercise && <p className="recovery-code">{catalogues[job.language].printing.exercise}</p>}
      <h1>{words.paperTitle}</h1>
      <p>{words.paperText}</p>
      <table className="slip-lines">
        <tbody>
          {lines.map(([label, value]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{value}</td>
            </tr>
          ))}
          {c.sites.map((site) => (
            <tr key={site.name}>
              <th scope="row">{site.name}</th>
              <td>{site.confirmed ? words.confirmed : words.waiting}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {c.figuresKept && <p>{words.paperFigures}</p>}
      <p>{words.paperBackups.replace('{day}', formatDay(c.backupsUntil))}</p>
      <p>{words.paperArchives}</p>
      <p>{words.paperNot}</p>
      <p className="certificate-signature">{words.signature}</p>
    </article>
  )
}
