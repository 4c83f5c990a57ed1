import { catalogues } from '#renderer/i18n/text.tsx'
import { formatDay } from '#renderer/i18n/format.ts'
import type { InfoLine } from '#shared/rights/info-line.ts'
import type { OwnRecord } from '#shared/rights/own-record.ts'

/** A person's own record on paper, in plain words: what is kept, who reads it, who received something, and what one may ask. */
export function OwnRecordView({ record }: { readonly record: OwnRecord }) {
  const { printing, rights, forms } = catalogues[record.language]
  const words = rights.ownRecord
  const said = (line: InfoLine) => (line.open === null ? line.value : forms[line.open])
  const lines = (all: readonly InfoLine[]) => {
    const sections = [...new Set(all.map((l) => l.section))]
    return (
      <table className="own-lines">
        {sections.map((section) => (
          <tbody key={section}>
            <tr>
              <th scope="rowgroup" colSpan={2}>
                {section}
              </th>
            </tr>
            {all
              .filter((l) => l.section === section)
              .map((line) => (
                <tr key={line.label}>
                  <th scope="row">{line.label}</th>
                  <td>
                    <bdi>{said(line)}</bdi>
                  </td>
                </tr>
              ))}
          </tbody>
        ))}
      </table>
    )
  }
  return (
    <article className="own-record">
      {record.exercise && <p className="recovery-code">{printing.exercise}</p>}
      <h1>{words.title}</h1>
      <p>{words.on.replace('{day}', formatDay(record.on))}</p>
      <p>{words.text}</p>
      {record.counsellor.length > 0 && (
        <>
          <h2>{words.counsellor}</h2>
          <p>{words.counsellorText}</p>
          {lines(record.counsellor)}
        </>
      )}
      {record.team.length > 0 && (
        <>
          <h2>{words.team}</h2>
          {lines(record.team)}
        </>
      )}
      {record.aloud > 0 && <p className="own-rights">{words.aloud}</p>}
      <h2>{words.receivers}</h2>
      {record.receivers.length === 0 ? (
        <p>{words.nobody}</p>
      ) : (
        <table className="own-lines">
          <tbody>
            {record.receivers.map((r) => (
              <tr key={`${r.name} ${r.code}`}>
                <th scope="row">{r.code === '' ? words.desk.replace('{name}', r.name) : r.name}</th>
                <td>
                  {(r.code === '' ? words.copy : words.slip.replace('{code}', r.code)).replace('{day}', formatDay(r.first))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <h2>{words.kept}</h2>
      <p>{record.keepUntil === null ? words.keptOpen : words.keptUntil.replace('{day}', formatDay(record.keepUntil))}</p>
      <section className="own-rights">
        <p>
          <strong>{words.rights}</strong>
        </p>
        <p>{words.free}</p>
        <p>{printing.complaint}</p>
        {record.deskPhone !== '' && (
          <p>
            {printing.deskPhone} {record.deskPhone}
          </p>
        )}
        <p>{words.careful}</p>
      </section>
    </article>
  )
}
