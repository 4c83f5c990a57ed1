import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { formatDay } from '#renderer/i18n/format.ts'
import type { ServiceRow } from '#shared/directory/contract.ts'
import '#renderer/ui/list-table.css'
import './directory.css'
import { costInWords, groupsInWords } from './service-words.ts'

/** Services as a native table; the chosen one is marked. */
export function ServiceTable({
  rows,
  chosen,
  onChoose,
}: {
  readonly rows: readonly ServiceRow[]
  readonly chosen: string
  readonly onChoose: (service: ServiceRow) => void
}) {
  const text = useText()
  const language = useLanguage()
  return (
    <table className="list-table">
      <thead>
        <tr>
          <th scope="col">{text('directory.name')}</th>
          <th scope="col">{text('directory.where')}</th>
          <th scope="col">{text('directory.groupsLabel')}</th>
          <th scope="col">{text('directory.cost')}</th>
          <th scope="col">{text('directory.verified')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((s) => (
          <tr key={s.id} data-chosen={s.id === chosen} onClick={() => onChoose(s)}>
            <td>
              <button type="button" className="service-button" aria-pressed={s.id === chosen} onClick={() => onChoose(s)}>
                {s.name[language]}
              </button>
            </td>
            <td>
              {s.place.hidden
                ? text('directory.whereHidden')
                : [s.place.locality || s.place.arrondissement, s.place.department].filter(Boolean).join(', ')}
            </td>
            <td>{groupsInWords(s.targetGroups, text)}</td>
            <td>{costInWords(s.cost, text)}</td>
            <td>
              <Freshness service={s} short />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** How far the details can be trusted: in words, and in colour beside them. `short` under the heading that says what the date is. */
export function Freshness({ service, short = false }: { readonly service: ServiceRow; readonly short?: boolean }) {
  const text = useText()
  const date = service.verifiedOn === null ? '' : formatDay(service.verifiedOn)
  const key = service.freshness === 'red' && date !== '' ? 'redSince' : service.freshness
  return (
    <span className="freshness" data-freshness={service.freshness}>
      {text(`directory.${short ? 'freshnessShort' : 'freshness'}.${key}`, { date })}
    </span>
  )
}
