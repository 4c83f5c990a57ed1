import { Text } from '@mantine/core'
import { formatAge, formatInstantDay } from '#renderer/i18n/format.ts'
import type { Text as Words } from '#renderer/i18n/text.tsx'
import { useText } from '#renderer/i18n/text.tsx'
import type { CentreStatus } from '#shared/sync/contract.ts'
import { isAlreadyHere, outcomeInWords } from './file-outcome.tsx'
import { ageTone, quietDays } from './peer-age.ts'

const stateNames = { green: 'sync.stateGreen', amber: 'sync.stateAmber', red: 'sync.stateRed' } as const

/** What is missing or wrong in the exchange with a centre, one sentence each, what to do included. */
function remarks(centre: CentreStatus, text: Words): readonly string[] {
  const clock = centre.devices.find((d) => d.clockOffMinutes !== null)?.clockOffMinutes ?? null
  return [
    ...(centre.partsMissing ? [text('sync.partsMissing')] : []),
    ...(centre.twoHistories > 0 ? [text('sync.centreTwoHistories')] : []),
    ...(centre.registerFault === null
      ? []
      : [
          text('sync.registerFaultOfFile', {
            counter: centre.registerFault.counter,
            date: formatInstantDay(centre.registerFault.at),
            what: text(`sync.registerFault.${centre.registerFault.fault}`),
          }),
        ]),
    ...(clock === null ? [] : [text('sync.clockOff', { hours: Math.round(Math.abs(clock) / 60) })]),
    ...centre.refused
      .filter((r) => !isAlreadyHere(r.code))
      .map((r) => text('sync.refusedFile', { date: formatInstantDay(r.at), why: outcomeInWords(r.code, text) })),
    ...(centre.unacknowledged > 0 ? [text('sync.unacknowledged', { count: centre.unacknowledged })] : []),
  ]
}

/** The centres one exchanges with, and since when one has heard nothing, in words (U20). */
export function CentresTable(props: {
  readonly centres: readonly CentreStatus[]
  readonly canExchange: boolean
  readonly onExport: (centre: CentreStatus) => void
}) {
  const text = useText()
  const when = (file: CentreStatus['lastSent']) =>
    file === null ? text('sync.never') : text('sync.age', { age: formatAge(file.at, text), counter: file.counter })
  if (props.centres.length === 0) {
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
        {props.centres.map((centre) => {
          const tone = ageTone(quietDays(centre))
          const isNew = tone === 'green' && centre.lastSent === null && centre.lastReceived === null
          return (
            <tr key={centre.siteCode}>
              <th scope="row">
                {centre.siteName}
                {centre.devices.length > 1 ? (
                  <Text size="sm">{text('sync.computers', { count: centre.devices.length })}</Text>
                ) : null}
              </th>
              <td>{when(centre.lastSent)}</td>
              <td>{when(centre.lastReceived)}</td>
              <td>
                <span className="tag" data-tone={tone}>
                  {text(isNew ? 'sync.stateNew' : stateNames[tone])}
                </span>
                {remarks(centre, text).map((remark, index) => (
                  <Text key={`${index} ${remark}`} size="sm" mt={4}>
                    {remark}
                  </Text>
                ))}
              </td>
              {props.canExchange ? (
                <td>
                  <button type="button" className="row-button" onClick={() => props.onExport(centre)}>
                    {text('sync.exportFor', { site: centre.siteName })}
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
