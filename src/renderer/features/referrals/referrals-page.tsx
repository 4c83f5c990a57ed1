import { Button, SegmentedControl, Text } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useCall } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { PageHeading } from '#renderer/ui/page-heading.tsx'
import { ReferralTable } from './referral-table.tsx'

const shows = ['open', 'overdue', 'all'] as const
type Show = (typeof shows)[number]

/** Every referral of the desk; overdue ones are one click away. */
export function ReferralsPage() {
  const text = useText()
  const search = useSearch({ strict: false }) as { show?: Show }
  const [show, setShow] = useState<Show>(search.show ?? 'open')
  const [limit, setLimit] = useState(50)
  const page = useCall('referrals.list', { caseId: null, show, after: null, limit })
  return (
    <>
      <PageHeading title={text('referrals.title')} />
      <SegmentedControl
        mb="sm"
        aria-label={text('referrals.title')}
        value={show}
        onChange={(value) => setShow(shows.find((s) => s === value) ?? 'open')}
        data={shows.map((s) => ({ value: s, label: text(`referrals.${s}`) }))}
      />
      <Text role="status" mb="xs">
        {page.data && text('referrals.counts', { open: page.data.open, overdue: page.data.overdue })}
      </Text>
      <FailureNotice error={page.error} />
      {page.data?.rows.length === 0 ? (
        <EmptyState title={text('referrals.empty')} />
      ) : (
        <ReferralTable rows={page.data?.rows ?? []} withPerson />
      )}
      {page.data?.next && limit < 100 && (
        <Button variant="default" mt="sm" onClick={() => setLimit(100)}>
          {text('cases.more')}
        </Button>
      )}
    </>
  )
}
