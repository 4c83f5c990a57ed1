import { Link } from '@tanstack/react-router'
import { Alert, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useCall } from '#renderer/api/call.ts'
import { useJob } from '#renderer/api/job.ts'
import { MaskedName, RevealPerson } from '#renderer/features/screen/index.ts'
import { formatDay } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { PageHeading } from '#renderer/ui/page-heading.tsx'
import { ProgressNotice } from '#renderer/ui/progress-notice.tsx'
import type { CaseRow } from '#shared/cases/contract.ts'
import type { PossiblePair } from '#shared/people/contract.ts'
import '#renderer/ui/list-table.css'

/** Pairs of cases that may be of one person: a person compares them and decides (H40). */
export function DuplicatesPage() {
  const text = useText()
  const { begin, progress, cancel } = useJob()
  const [job, setJob] = useState('')
  useEffect(() => setJob(begin()), [])
  const found = useCall('people.possible', { job }, job !== '')
  const rows = found.data?.rows ?? []
  return (
    <>
      <PageHeading title={text('people.duplicatesTitle')} explanation={text('people.duplicatesWhat')} />
      <FailureNotice error={found.error} onRetry={() => void found.refetch()} />
      {found.isPending && found.error === null && (
        <ProgressNotice label={text('people.searching')} progress={progress} onCancel={cancel} />
      )}
      {found.data && (
        <Text role="status" mb="sm">
          {found.data.total > rows.length
            ? text('people.firstOf', { shown: rows.length, total: found.data.total })
            : text('people.total', { total: found.data.total })}
        </Text>
      )}
      {found.data?.partial === true && (
        <Alert color="amber" mb="md" role="note">
          {text('people.partial')}
        </Alert>
      )}
      {found.data && rows.length === 0 && <EmptyState title={text('people.none')} />}
      {rows.length > 0 && (
        <table className="list-table">
          <thead>
            <tr>
              <th scope="col">{text('people.oneCase')}</th>
              <th scope="col">{text('people.otherCase')}</th>
              <th scope="col">{text('people.inCommon')}</th>
              <th scope="col">{text('people.decision')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((pair) => (
              <PairLine key={`${pair.first.id} ${pair.second.id}`} pair={pair} />
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

function PairLine({ pair: { first, second, common, waits } }: { readonly pair: PossiblePair }) {
  const text = useText()
  return (
    <tr>
      <PersonCell row={first} />
      <PersonCell row={second} />
      <td>{common.map((what) => text(`people.common.${what}`)).join(', ')}</td>
      <td>
        <Link
          to="/compare"
          search={{ first: first.id, second: second.id }}
          aria-label={text('people.compareThese', { first: first.number, second: second.number })}
        >
          {text('people.compare')}
        </Link>
        {waits && (
          <>
            {' '}
            <span className="tag" data-tone="amber">
              {text('people.waits')}
            </span>
          </>
        )}
      </td>
    </tr>
  )
}

function PersonCell({ row }: { readonly row: CaseRow }) {
  const text = useText()
  const about = [
    row.sex,
    row.ageYears === null ? '' : text('cases.years', { age: row.ageYears }),
    row.receivedFrom === null
      ? text('cases.similarSince', { day: formatDay(row.registeredOn) })
      : text('cases.receivedFrom', { site: row.receivedFrom }),
  ]
  return (
    <td>
      <MaskedName name={row.name} caseId={row.id} unnamed={text('cases.unnamed')} />
      <RevealPerson name={row.name} caseId={row.id} number={row.number} />
      <br />
      <span className="number">{row.number}</span> <small>{about.filter(Boolean).join(' · ')}</small>
    </td>
  )
}
