import { catalogues } from '#renderer/i18n/text.tsx'
import { formatDay } from '#renderer/i18n/format.ts'
import type { PrintJob } from '#shared/printing/contract.ts'

/** Whom to call, with room for the day on which each was told; nothing of the person. */
export function CallSheetView({ job }: { readonly job: Extract<PrintJob, { kind: 'call-sheet' }> }) {
  const words = catalogues[job.language].rights.callSheet
  return (
    <article className="call-sheet">
      {job.exercise && <p className="recovery-code">{catalogues[job.language].printing.exercise}</p>}
      <h1>{words.title}</h1>
      <p>{words.text}</p>
      <table className="call-lines">
        <thead>
          <tr>
            <th scope="col">{words.who}</th>
            <th scope="col">{words.paper}</th>
            <th scope="col">{words.told}</th>
          </tr>
        </thead>
        <tbody>
          {job.lines.map((line) => (
            <tr key={`${line.kind} ${line.name} ${line.code}`}>
              <th scope="row">
                {line.kind === 'centre' ? words.centre.replace('{name}', line.name) : line.name}
                <small>{[line.place, line.phone].filter(Boolean).join(' · ')}</small>
              </th>
              <td>
                {line.code === '' ? words.copy : line.code}
                <small>{formatDay(line.first)}</small>
              </td>
              <td>{line.toldOn === null ? '' : formatDay(line.toldOn)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{words.say}</p>
    </article>
  )
}
