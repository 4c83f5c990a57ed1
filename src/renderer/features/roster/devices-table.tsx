import { Text } from '@mantine/core'
import { formatInstantDay } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import type { ListedDevice } from '#shared/roster/contract.ts'

const whyNames = { own: 'roster.whyOwn', list: 'roster.whyList', card: 'roster.whyCard' } as const
const statusNames = { active: 'roster.active', revoked: 'roster.revoked', retired: 'roster.retired' } as const
const tones = { active: 'green', revoked: 'red', retired: 'amber' } as const

/** Every computer that is known here: of which centre, why it is believed, and whether it still is. */
export function DevicesTable(props: {
  readonly devices: readonly ListedDevice[]
  /** The national key is open: a computer can be taken off the list. */
  readonly canSign: boolean
  readonly onRevoke: (device: ListedDevice) => void
}) {
  const text = useText()
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{text('sync.centre')}</th>
          <th scope="col">{text('roster.words')}</th>
          <th scope="col">{text('roster.why')}</th>
          <th scope="col">{text('sync.state')}</th>
          {props.canSign ? <th scope="col">{text('sync.actions')}</th> : null}
        </tr>
      </thead>
      <tbody>
        {props.devices.map((d) => (
          <tr key={d.card.device}>
            <th scope="row">{d.card.siteName}</th>
            <td>{d.card.words.join(' ')}</td>
            <td>
              {text(whyNames[d.why])}
              {d.why === 'own' && !d.listed ? <Text size="sm">{text('roster.ownNotListed')}</Text> : null}
            </td>
            <td>
              <span className="tag" data-tone={tones[d.status]}>
                {text(statusNames[d.status])}
              </span>
              <Text size="sm" mt={4}>
                {text('roster.since', { date: formatInstantDay(d.since) })}
                {d.reason === null ? '' : `, ${text(`roster.reasons.${d.reason}`)}`}
              </Text>
            </td>
            {props.canSign ? (
              <td>
                {d.why === 'own' || d.status === 'revoked' ? null : (
                  <button type="button" className="row-button" onClick={() => props.onRevoke(d)}>
                    {text('roster.takeOff', { site: d.card.siteName })}
                  </button>
                )}
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
