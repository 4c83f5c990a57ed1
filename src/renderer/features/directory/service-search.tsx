import { Button, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useCall } from '#renderer/api/call.ts'
import { after } from '#renderer/api/clock.ts'
import { useMay } from '#renderer/api/desk.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { ServiceRow } from '#shared/directory/contract.ts'
import { ServiceDetails } from './service-details.tsx'
import { noFilter, ServiceFilters, type ServiceFilter } from './service-filters.tsx'
import { ServiceTable } from './service-table.tsx'

const typingPauseMs = 150
const rowsAtFirst = 50
const rowsMax = 100

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
  const [limit, setLimit] = useState(rowsAtFirst)
  useEffect(() => after(typingPauseMs, () => setWanted(filter)), [filter])
  const input = {
    text: wanted.text,
    sector: wanted.sector === '' ? null : wanted.sector,
    pcode: wanted.pcode === '' ? null : wanted.pcode,
    after: null,
    limit,
  }
  const found = useCall('directory.search', input)
  // what is on screen answers what is in the fields, or says that it does not and cannot be chosen
  const searching = filter !== wanted || found.isFetching
  const [last, setLast] = useState(found.data)
  if (found.data && found.data !== last) setLast(found.data)
  const page = found.data ?? (found.error ? undefined : last)
  const rows = page?.rows ?? []
  const shown = chosen && (rows.find((r) => r.id === chosen.id) ?? chosen)
  return (
    <>
      <ServiceFilters filter={filter} onChange={setFilter} />
      <Text role="status" mb="xs">
        {searching ? text('directory.searching') : page && text('directory.total', { total: page.total })}
      </Text>
      <FailureNotice error={found.error} />
      <div className="split">
        <div className="service-list" data-searching={searching} aria-busy={searching} inert={searching}>
          {page && rows.length > 0 && <ServiceTable rows={rows} chosen={chosen?.id ?? ''} onChoose={onChoose} />}
          {page && rows.length === 0 && <NothingFound filter={wanted} onClear={() => setFilter(noFilter)} />}
          {page?.next && (
            <>
              <Text size="sm" mt="xs">
                {text('directory.firstOf', { shown: rows.length, total: page.total })}
              </Text>
              {limit < rowsMax && (
                <Button variant="default" mt="xs" onClick={() => setLimit(rowsMax)}>
                  {text('directory.more')}
                </Button>
              )}
            </>
          )}
        </div>
        {shown && <ServiceDetails service={shown} onVerified={onChoose} />}
      </div>
    </>
  )
}

/** Says what to do: loosen the search, or have the directory imported. */
function NothingFound({ filter, onClear }: { readonly filter: ServiceFilter; readonly onClear: () => void }) {
  const text = useText()
  const may = useMay()
  if (filter.text.trim() === '' && filter.sector === '' && filter.pcode === '')
    return (
      <EmptyState
        title={text('directory.empty')}
        explanation={text(may('directory.edit') ? 'directory.emptyMay' : 'directory.emptyAsk')}
      />
    )
  return (
    <EmptyState
      title={text('directory.noMatch')}
      explanation={text('directory.noMatchTodo')}
      action={
        <Button variant="default" onClick={onClear}>
          {text('directory.clearFilters')}
        </Button>
      }
    />
  )
}
