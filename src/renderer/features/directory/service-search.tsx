import { Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useCall } from '#renderer/api/call.ts'
import { after } from '#renderer/api/clock.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { ServiceRow } from '#shared/directory/contract.ts'
import { ServiceDetails } from './service-details.tsx'
import { noFilter, ServiceFilters, type ServiceFilter } from './service-filters.tsx'
import { ServiceTable } from './service-table.tsx'

const rowsShown = 60

/** Search, list and detail of services; used by the directory and by a new referral. */
export function ServiceSearch({
  start,
  chosen,
  onChoose,
}: {
  readonly start?: Partial<ServiceFilter>
  readonly chosen: ServiceRow | undefined
  readonly onChoose: (service: ServiceRow) => void
}) {
  const text = useText()
  const [filter, setFilter] = useState<ServiceFilter>({ ...noFilter, ...start })
  const [wanted, setWanted] = useState(filter)
  useEffect(() => after(150, () => setWanted(filter)), [filter])
  const input = {
    text: wanted.text,
    sector: wanted.sector === '' ? null : wanted.sector,
    pcode: wanted.pcode === '' ? null : wanted.pcode,
    after: null,
    limit: rowsShown,
  }
  const found = useCall('directory.search', input)
  const bare = wanted.text === '' && wanted.sector === '' && wanted.pcode === ''
  return (
    <>
      <ServiceFilters filter={filter} onChange={setFilter} />
      <Text role="status" mb="xs">
        {found.data && text('directory.total', { total: found.data.total })}
      </Text>
      <FailureNotice error={found.error} />
      {found.data?.rows.length === 0 ? (
        <EmptyState title={text(bare ? 'directory.empty' : 'directory.noMatch')} />
      ) : (
        <div className="split">
          <ServiceTable rows={found.data?.rows ?? []} chosen={chosen?.id ?? ''} onChoose={onChoose} />
          {chosen && <ServiceDetails service={chosen} onVerified={onChoose} />}
        </div>
      )}
    </>
  )
}
