import { formatInstant, formatMonth } from '#renderer/i18n/format.ts'
import { catalogues } from '#renderer/i18n/text.tsx'
import { groupedHash } from '#shared/audit/month-report.ts'
import type { PrintJob } from '#shared/printing/contract.ts'

/** The register of one month on one page: figures, and the head of its chain; nobody stands in it. */
export function MonthReportView({ job }: { readonly job: Extract<PrintJob, { kind: 'month-report' }> }) {
  const words = catalogues[job.language].audit
  const { report } = job
  const paper = words.paper
  const figures: readonly (readonly [string, number])[] = [
    ...report.kinds.map(({ kind, events }) => [words.kinds[kind], events] as const),
    [paper.withReason, report.confidential.withReason],
    [paper.without, report.confidential.without],
    [paper.failedSignIns, report.failedSignIns],
    [paper.exports, report.exports],
    [paper.imports, report.imports],
    [paper.erasures, report.erasures],
    [paper.cuts, report.cuts],
  ]
  const range = report.range
    ? paper.range.replace('{first}', String(report.range.first)).replace('{last}', String(report.range.last))
    : paper.noRange
  return (
    <article className="month-report">
      {job.exercise && <p className="recovery-code">{catalogues[job.language].printing.exercise}</p>}
      <h1>{paper.title.replace('{month}', formatMonth(report.month))}</h1>
      <p>
        {paper.of
          .replace('{site}', report.siteName)
          .replace('{device}', report.device)
          .replace('{when}', formatInstant(report.printedAt))}
      </p>
      <p>{range}</p>
      <table className="call-lines">
        <tbody>
          {figures.map(([label, count]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>{paper.headTitle}</h2>
      <p>{paper.headNumber.replace('{events}', String(report.head.events))}</p>
      <p className="month-hash">{groupedHash(report.head.hash)}</p>
      <p>{paper.keep}</p>
      <div className="month-signatures">
        {paper.signatures.split(' | ').map((who) => (
          <p key={who}>{who}</p>
        ))}
      </div>
    </article>
  )
}
