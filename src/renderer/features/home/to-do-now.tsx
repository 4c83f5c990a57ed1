import { Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useCall } from '#renderer/api/call.ts'
import { useMay } from '#renderer/api/desk.ts'
import { copyIsLate } from '#renderer/features/backups/index.ts'
import { ageTone, quietDays } from '#renderer/features/sync/index.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { HomeCard } from './home-card.tsx'

/** What is owed to people, children first. */
const rightsInOrder = ['handover', 'toTell', 'requests', 'ended', 'closings', 'renewals'] as const

/** What needs doing now, in words; each number opens its list. What is at nought is left out. */
export function ToDoNow() {
  const text = useText()
  const may = useMay()
  const referrals = useCall('referrals.list', { caseId: null, show: 'overdue', after: null, limit: 1 }, may('referral.list'))
  const incomplete = useCall('cases.list', { text: '', after: null, limit: 1, show: 'incomplete' }, may('case.edit'))
  const exchange = useCall('sync.centres', {}, may('sync.exchange'))
  const copies = useCall('backups.state', {}, may('backup.manage'))
  const copyLate = copies.data !== undefined && copyIsLate(copies.data)
  const quiet = (exchange.data?.centres ?? []).filter((c) => ageTone(quietDays(c)) !== 'green').length
  const toReview = exchange.data?.toReview ?? 0
  const overdue = referrals.data?.overdue ?? 0
  const open = referrals.data?.open ?? 0
  const toComplete = incomplete.data?.total ?? 0
  const rights = useCall('rights.tasks', {}, may('rights.tasks'))
  const owed = rights.data
  const owedCounts = rightsInOrder.map((kind) => ({ kind, count: owed?.[kind].length ?? 0 })).filter(({ count }) => count > 0)
  const nothing = owedCounts.length + overdue + toComplete + (open - overdue) + quiet + toReview === 0 && !copyLate
  if (!referrals.isSuccess && !incomplete.isSuccess && !rights.isSuccess) return null
  return (
    <HomeCard title={text('home.now')}>
      {nothing ? <Text>{text('home.nothingDue')}</Text> : null}
      <ul className="to-do-list">
        {owedCounts.map(({ kind, count }) => (
          <li key={kind}>
            <Link to="/rights" className="to-do" data-late={kind === 'handover' ? 'true' : undefined}>
              {text(`rights.todo.${kind}`, { count })}
            </Link>
          </li>
        ))}
        {overdue > 0 && (
          <li>
            <Link to="/referrals" search={{ show: 'overdue' }} className="to-do" data-late="true">
              {text('home.doOverdue', { count: overdue })}
            </Link>
          </li>
        )}
        {toComplete > 0 && (
          <li>
            <Link to="/cases" search={{ show: 'incomplete' }} className="to-do">
              {text('home.doComplete', { count: toComplete })}
            </Link>
          </li>
        )}
        {open > overdue && (
          <li>
            <Link to="/referrals" search={{ show: 'open' }} className="to-do">
              {text('home.doFollow', { count: open - overdue })}
            </Link>
          </li>
        )}
        {toReview > 0 && (
          <li>
            <Link to="/sync" className="to-do" data-late="true">
              {text('sync.toReview', { count: toReview })}
            </Link>
          </li>
        )}
        {copyLate && (
          <li>
            <Link to="/backups" className="to-do" data-late="true">
              {text('home.doCopy')}
            </Link>
          </li>
        )}
        {quiet > 0 && (
          <li>
            <Link to="/sync" className="to-do">
              {text('home.doExchange', { count: quiet })}
            </Link>
          </li>
        )}
      </ul>
    </HomeCard>
  )
}
