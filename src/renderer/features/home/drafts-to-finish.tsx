import { Link } from '@tanstack/react-router'
import { useCall } from '#renderer/api/call.ts'
import { MaskedName, RevealPerson } from '#renderer/features/screen/index.ts'
import { formatInstant } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { DraftRow } from '#shared/cases/contract.ts'
import { HomeCard } from './home-card.tsx'

/** Forms that were interrupted, each opened again by one click. Shows nothing when there is none. */
export function DraftsToFinish() {
  const text = useText()
  const list = useCall('cases.drafts', {})
  const rows = list.data?.rows ?? []
  const imported = list.data?.imported ?? 0
  if (rows.length + imported === 0) return <FailureNotice error={list.error} onRetry={() => void list.refetch()} />
  return (
    <HomeCard title={text('home.drafts')} count={text('home.draftCount', { count: rows.length + imported })} tone="amber">
      <ul className="home-list" data-lines="two" id="drafts">
        {imported > 0 && (
          <li>
            <Link to="/cases/import" className="plain-link">
              {text('home.imported', { count: imported })}
            </Link>
          </li>
        )}
        {rows.map((row) => (
          <li key={`${row.form} ${row.subject}`}>
            <DraftLink row={row} />
            <span className="quiet">{formatInstant(row.at)}</span>
            <span className="home-service">
              <MaskedName name={row.name} caseId={row.caseId ?? ''} unnamed={row.caseId === null ? '' : text('home.unnamed')} />{' '}
              {row.number} <RevealPerson name={row.name} caseId={row.caseId ?? ''} number={row.number} />
            </span>
          </li>
        ))}
      </ul>
    </HomeCard>
  )
}

function DraftLink({ row }: { readonly row: DraftRow }) {
  const text = useText()
  const words = text('home.draftTakeUp', { form: text(`home.draftForms.${row.form}`) })
  switch (row.form) {
    case 'quick-card':
      return (
        <Link to="/cases/$caseId" params={{ caseId: row.subject }} className="plain-link">
          {words}
        </Link>
      )
    case 'case-form':
      return (
        <Link
          to="/cases/$caseId/forms/$caseFormId"
          params={{ caseId: row.caseId ?? '', caseFormId: row.subject }}
          className="plain-link"
        >
          {words}
        </Link>
      )
    case 'new-case':
      return (
        <Link to="/cases/new" search={{ draft: row.subject }} className="plain-link">
          {words}
        </Link>
      )
    case 'new-referral':
      return (
        <Link to="/referrals/new" search={{ case: row.subject }} className="plain-link">
          {words}
        </Link>
      )
    default:
      return (
        <Link to="/referrals/$referralId" params={{ referralId: row.subject }} className="plain-link">
          {words}
        </Link>
      )
  }
}
