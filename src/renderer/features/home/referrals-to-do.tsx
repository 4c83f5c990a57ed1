import { Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useCall } from '#renderer/api/call.ts'
import { MaskedName, RevealPerson } from '#renderer/features/screen/index.ts'
import { formatDay } from '#renderer/i18n/format.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { HomeCard } from './home-card.tsx'

const shownMax = 6

/** The referrals that wait: overdue ones, or all open ones. */
export function ReferralsToDo(props: { readonly show: 'overdue' | 'open' }) {
  const text = useText()
  const language = useLanguage()
  const { show } = props
  const list = useCall('referrals.list', { caseId: null, show, after: null, limit: shownMax })
  const rows = list.data?.rows ?? []
  const count = show === 'overdue' ? list.data?.overdue : list.data?.open
  return (
    <HomeCard
      title={text(show === 'overdue' ? 'home.overdue' : 'home.open')}
      count={
        count === undefined ? undefined : (
          <Link to="/referrals" search={{ show }}>
            {text(show === 'overdue' ? 'home.overdueCount' : 'home.openCount', { count })}
          </Link>
        )
      }
      tone={show === 'overdue' && count !== undefined && count > 0 ? 'red' : 'green'}
      link={
        <Link to="/referrals" search={{ show }} className="plain-link">
          {text(show === 'overdue' ? 'home.seeOverdue' : 'home.seeOpen')}
        </Link>
      }
    >
      <FailureNotice error={list.error} onRetry={() => void list.refetch()} />
      {list.isSuccess && rows.length === 0 ? (
        <Text c="dimmed">{text(show === 'overdue' ? 'home.noOverdue' : 'home.noOpen')}</Text>
      ) : null}
      <ul className="home-list" data-lines="two">
        {rows.map((row) => (
          <li key={row.id}>
            <Link to="/referrals/$referralId" params={{ referralId: row.id }} className="plain-link">
              <MaskedName name={row.personName} caseId={row.caseId} unnamed={row.caseNumber} />
            </Link>
            <RevealPerson name={row.personName} caseId={row.caseId} number={row.caseNumber} />
            <span className="quiet" data-late={row.overdue}>
              {row.dueOn === null ? '' : text('home.due', { day: formatDay(row.dueOn) })}
            </span>
            <span className="home-service">{row.serviceName[language]}</span>
          </li>
        ))}
      </ul>
    </HomeCard>
  )
}
