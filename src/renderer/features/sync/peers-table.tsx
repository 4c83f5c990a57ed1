import { Text } from '@mantine/core'
import { useCall } from '#renderer/api/call.ts'
import { useMay } from '#renderer/api/desk.ts'
import { formatAge } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { Peer } from '#shared/sync/contract.ts'
import { ageTone, quietDays } from './peer-age.ts'

const stateNames = { green: 'sync.stateGreen', amber: 'sync.stateAmber', red: 'sync.stateRed' } as const

/** The centres one exchanges with, and since when one has heard nothing, in words (U20). */
export function PeersTable(props: { readonly canExchange: boolean; readonly onExport: (peer: Peer) => void }) {
  const text = useText()
  const may = useMay()
  const peers = useCall('sync.peers', {}, may('sync.read'))
  const when = (file: Peer['lastSent']) =>
    file === null ? text('sync.never') : text('sync.age', { age: formatAge(file.at, text), counter: file.counter })
  if (peers.error !== null) return <FailureNotice error={peers.error} onRetry={() => void peers.refetch()} />
  if (peers.data === undefined) return null
  if (peers.data.length === 0) {
    return (
      <>
        <Text fw={700}>{text('sync.peersNone')}</Text>
        <Text c="dimmed">{text('sync.peersNoneTodo')}</Text>
      </>
    )
  }
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{text('sync.centre')}</th>
          <th scope="col">{text('sync.sent')}</th>
          <th scope="col">{text('sync.received')}</th>
          <th scope="col">{text('sync.state')}</th>
          {props.canExchange ? <th scope="col">{text('sync.actions')}</th> : null}
        </tr>
      </thead>
      <tbody>
        {peers.data.map((peer) => {
          const tone = ageTone(quietDays(peer))
          return (
            <tr key={peer.card.device}>
              <th scope="row">{peer.card.siteName}</th>
              <td>{when(peer.lastSent)}</td>
              <td>{when(peer.lastReceived)}</td>
              <td>
                <span className="tag" data-tone={tone}>
                  {text(
                    tone === 'green' && peer.lastSent === null && peer.lastReceived === null ? 'sync.stateNew' : stateNames[tone],
                  )}
                </span>
              </td>
              {props.canExchange ? (
                <td>
                  <button type="button" className="row-button" onClick={() => props.onExport(peer)}>
                    {text('sync.exportFor', { site: peer.card.siteName })}
                  </button>
                </td>
              ) : null}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
