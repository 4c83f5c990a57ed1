import { Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useCall } from '#renderer/api/call.ts'
import { useMay } from '#renderer/api/desk.ts'
import { MaskedName, RevealPerson } from '#renderer/features/screen/index.ts'
import { formatDay } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { HomeCard } from './home-card.tsx'

const shownMax = 10

/** The latest cases, to go on where one stopped. */
export function RecentCases() {
  const text = useText()
  const may = useMay()
  const list = useCall('cases.list', { text: '', after: null, limit: shownMax })
  const rows = list.data?.rows ?? []
  return (
    <HomeCard
      title={text('home.recent')}
      count={
        list.data === undefined ? undefined : (
          <Link to="/cases" search={{}}>
            {text('home.caseCount', { count: list.data.total })}
          </Link>
        )
      }
      link={
        <Link to="/cases" search={{}} className="plain-link">
          {text('home.seeCases')}
        </Link>
      }
    >
      <FailureNotice error={list.error} onRetry={() => void list.refetch()} />
      {list.isSuccess && rows.length === 0 ? <Text c="dimmed">{text('home.noCases')}</Text> : null}
      <ul className="home-list">
        {rows.map((row) => {
          const name = <MaskedName name={row.name} caseId={row.id} unnamed={text('home.unnamed')} />
          return (
            <li key={row.id}>
              {may('case.read') ? (
                <Link to="/cases/$caseId" params={{ caseId: row.id }} className="plain-link">
                  {name}
                </Link>
              ) : (
                <span>{name}</span>
              )}
              <RevealPerson name={row.name} caseId={row.id} number={row.number} />
              <span className="case-number">{row.number}</span>
              <span className="quiet">{text('home.registered', { day: formatDay(row.registeredOn) })}</span>
            </li>
          )
        })}
      </ul>
    </HomeCard>
  )
}
