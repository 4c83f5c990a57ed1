import { Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useCall } from '#renderer/api/call.ts'
import { useMay } from '#renderer/api/desk.ts'
import { MaskedName, RevealPerson } from '#renderer/features/screen/index.ts'
import { formatDay } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { PageHeading } from '#renderer/ui/page-heading.tsx'

interface Row {
  readonly caseId: string
  readonly number: string
  readonly name: string
  readonly when: string
  readonly late?: boolean
}

/** What the centre owes to the people it follows, children first; each line opens the case. */
export function RightsPage() {
  const text = useText()
  const { data, error, refetch } = useCall('rights.tasks', {})
  if (!data) return <FailureNotice error={error} onRetry={() => void refetch()} />
  const lists = [data.handover, data.toTell, data.requests, data.ended, data.closings, data.renewals]
  return (
    <>
      <PageHeading title={text('rights.tasksTitle')} />
      {lists.every((list) => list.length === 0) && <Text>{text('rights.tasksNone')}</Text>}
      <Tasks
        title={text('rights.tasks.handover')}
        hint={text('rights.tasks.handoverHint')}
        rows={data.handover.map((t) => ({ ...t, when: text('rights.hours', { hours: t.hours }), late: true }))}
      />
      <Tasks
        title={text('rights.tasks.toTell')}
        part="case-rights"
        rows={data.toTell.map((t) => ({
          ...t,
          when: [
            t.since === null ? '' : text('rights.since', { day: formatDay(t.since) }),
            text('rights.toTell', { count: t.waiting }),
          ]
            .filter(Boolean)
            .join(' · '),
        }))}
      />
      <Tasks
        title={text('rights.tasks.requests')}
        part="case-rights"
        rows={data.requests.map((t) => ({
          ...t,
          when: [
            text(`rights.requestKinds.${t.kind}`),
            t.daysLeft < 0 ? text('rights.daysLate', { days: -t.daysLeft }) : text('rights.daysLeft', { days: t.daysLeft }),
          ].join(' · '),
          late: t.daysLeft < 0,
        }))}
      />
      <Tasks
        title={text('rights.tasks.ended')}
        part="case-rights"
        hint={text('rights.tasks.endedHint')}
        rows={data.ended.map((t) => ({ ...t, when: text('rights.untilDay', { day: formatDay(t.until) }) }))}
      />
      <Tasks
        title={text('rights.tasks.closings')}
        part="case-rights"
        rows={data.closings.map((t) => ({ ...t, when: text('rights.onDay', { day: formatDay(t.on) }) }))}
      />
      <Tasks title={text('rights.tasks.renewals')} rows={data.renewals.map((t) => ({ ...t, when: '' }))} />
      <Text c="dimmed">{text('rights.figures', { count: data.figures })}</Text>
    </>
  )
}

function Tasks(props: {
  readonly title: string
  readonly hint?: string
  readonly rows: readonly Row[]
  /** What is to be done stands in this part of the case. */
  readonly part?: 'case-rights'
}): ReactNode {
  const text = useText()
  const may = useMay()
  if (props.rows.length === 0) return null
  return (
    <section className="page-card" aria-label={props.title}>
      <Title order={2} size="h4" mb="xs">
        {props.title}
      </Title>
      {props.hint !== undefined && <Text mb="xs">{props.hint}</Text>}
      <ul className="home-list">
        {props.rows.map((row, index) => (
          <li key={`${index} ${row.caseId}`}>
            {may('case.read') ? (
              <Link
                to="/cases/$caseId"
                params={{ caseId: row.caseId }}
                className="plain-link"
                {...(props.part === undefined ? {} : { hash: props.part })}
              >
                <MaskedName name={row.name} caseId={row.caseId} unnamed={text('cases.unnamed')} />
              </Link>
            ) : (
              <MaskedName name={row.name} caseId={row.caseId} unnamed="" />
            )}
            <RevealPerson name={row.name} caseId={row.caseId} number={row.number} />
            <span className="case-number">{row.number}</span>
            <span className="quiet" data-late={row.late === true}>
              {row.when}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
