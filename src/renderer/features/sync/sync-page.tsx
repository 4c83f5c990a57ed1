import { Alert, Button, Title } from '@mantine/core'
import { useState } from 'react'
import { call, useCall } from '#renderer/api/call.ts'
import { useDesk, useMay } from '#renderer/api/desk.ts'
import { Erasures } from '#renderer/features/erasure/index.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { PageHeading } from '#renderer/ui/page-heading.tsx'
import type { CallOutput } from '#shared/contract.ts'
import type { CentreStatus } from '#shared/sync/contract.ts'
import { ArchiveOld } from './archive-old.tsx'
import { CentresTable } from './centres-table.tsx'
import { Conflicts } from './conflicts.tsx'
import { ExchangeNotices } from './exchange-notices.tsx'
import { ExportFile } from './export-file.tsx'
import { FilesList } from './files-list.tsx'
import { ImportFile } from './import-file.tsx'
import { OwnCard } from './own-card.tsx'
import { ReadCard } from './read-card.tsx'

type Doing =
  | { readonly kind: 'export'; readonly centre: CentreStatus }
  | { readonly kind: 'import' }
  | { readonly kind: 'card'; readonly read: CallOutput<'sync.readCard'> }

/** Exchanges with other centres, in words: who, since when, what goes and what came (U20). */
export function SyncPage() {
  const text = useText()
  const may = useMay()
  const { status } = useDesk()
  const [doing, setDoing] = useState<Doing | null>(null)
  const [told, setTold] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const exchange = useCall('sync.centres', {}, may('sync.read'))
  const training = status.mode === 'training'
  const canExchange = may('sync.exchange') && !training
  const begin = (next: Doing) => {
    setTold(null)
    setError(null)
    setDoing(next)
  }
  const finish = (message: string | null) => {
    setDoing(null)
    setTold(message)
  }

  const readCard = async () => {
    setError(null)
    setTold(null)
    try {
      const chosen = await call('files.choose', { purpose: 'card-import', title: text('sync.readCardTitle') })
      if (chosen.file !== null) begin({ kind: 'card', read: await call('sync.readCard', { file: chosen.file }) })
    } catch (thrown) {
      setError(thrown)
    }
  }

  return (
    <>
      <PageHeading
        title={text('sync.title')}
        explanation={training ? text('sync.trainingOff') : text('sync.explanation')}
        actions={
          canExchange && doing === null ? (
            <>
              <Button onClick={() => begin({ kind: 'import' })}>{text('sync.importFile')}</Button>
              <Button variant="default" onClick={() => void readCard()}>
                {text('sync.readCard')}
              </Button>
            </>
          ) : undefined
        }
      />
      <div role="status">
        {told === null ? null : (
          <Alert color="forest" variant="light" mb="md">
            {told}
          </Alert>
        )}
      </div>
      <FailureNotice error={error} />
      {doing?.kind === 'export' ? <ExportFile centre={doing.centre} onDone={() => finish(null)} /> : null}
      {doing?.kind === 'import' ? <ImportFile onDone={() => finish(null)} /> : null}
      {doing?.kind === 'card' ? <ReadCard read={doing.read} onDone={finish} /> : null}
      {doing === null ? (
        <>
          <FailureNotice error={exchange.error} onRetry={() => void exchange.refetch()} />
          {exchange.data === undefined ? null : <ExchangeNotices status={exchange.data} />}
          <section className="page-card" aria-labelledby="peers">
            <Title order={2} size="h4" mb="xs" id="peers">
              {text('sync.peersTitle')}
            </Title>
            {exchange.data === undefined ? null : (
              <CentresTable
                centres={exchange.data.centres}
                canExchange={canExchange}
                onExport={(centre) => begin({ kind: 'export', centre })}
              />
            )}
          </section>
          {may('sync.review') ? <Conflicts /> : null}
          {may('sync.read') ? (
            <section className="page-card" aria-labelledby="files">
              <Title order={2} size="h4" mb="xs" id="files">
                {text('sync.filesTitle')}
              </Title>
              <FilesList canExchange={canExchange} />
            </section>
          ) : null}
          {may('erasure.read') ? <Erasures /> : null}
          <OwnCard canExchange={canExchange} />
          {canExchange ? <ArchiveOld /> : null}
        </>
      ) : null}
    </>
  )
}
