import { Text, Title } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useId } from 'react'
import { useCall } from '#renderer/api/call.ts'
import { formatDay } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import '#renderer/ui/list-table.css'

const rowsShown = 100

/** The interviews that were taken and whose case is not opened: each opens as the reception of that person. */
export function WaitingTable() {
  const text = useText()
  const id = useId()
  const navigate = useNavigate()
  const list = useCall('submissions.waiting', { limit: rowsShown })
  const rows = list.data?.rows ?? []
  const total = list.data?.total ?? 0
  return (
    <section className="page-card" aria-labelledby={id}>
      <Title order={2} size="h4" mb="xs" id={id}>
        {text('submissions.waitingTitle', { count: total })}
      </Title>
      <FailureNotice error={list.error} onRetry={() => void list.refetch()} />
      {list.data && rows.length === 0 && <Text>{text('submissions.waitingNone')}</Text>}
      {rows.length > 0 && (
        <>
          <Text mb="xs">{text('submissions.waitingHow')}</Text>
          <table className="list-table">
            <thead>
              <tr>
                <th scope="col">{text('submissions.person')}</th>
                <th scope="col">{text('submissions.sentOn')}</th>
                <th scope="col">{text('submissions.answers')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ subject, name, sentOn, declined, answers }) => (
                <tr key={subject} onClick={() => void navigate({ to: '/cases/new', search: { draft: subject } })}>
                  <td>
                    <Link to="/cases/new" search={{ draft: subject }}>
                      {name === '' ? text(declined ? 'submissions.declinedPerson' : 'submissions.unnamed') : name}
                    </Link>
                  </td>
                  <td className="number">{sentOn === '' ? '' : formatDay(sentOn)}</td>
                  <td className="number">{answers}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {total > rows.length && <Text mt="xs">{text('submissions.waitingMore', { count: total - rows.length })}</Text>}
        </>
      )}
    </section>
  )
}
