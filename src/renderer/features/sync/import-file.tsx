import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { call, failureOf, queryClient } from '#renderer/api/call.ts'
import { useJob } from '#renderer/api/job.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { ProgressNotice } from '#renderer/ui/progress-notice.tsx'
import type { ImportPreview, ImportReceipt } from '#shared/sync/contract.ts'
import { FileRefusal } from './file-outcome.tsx'
import { PreviewFacts } from './import-preview.tsx'
import { ReceiptCard } from './receipt-card.tsx'
import { StepCard } from './step-card.tsx'

/** A file received: chosen, wholly verified, shown, and only then taken in. */
export function ImportFile(props: { readonly onDone: () => void }) {
  const text = useText()
  const job = useJob()
  const [working, setWorking] = useState<'check' | 'import' | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [preview, setPreview] = useState<ImportPreview | null>(null)
  const [receipt, setReceipt] = useState<ImportReceipt | null>(null)

  const run = async (what: 'check' | 'import', work: () => Promise<void>) => {
    setError(null)
    try {
      await work()
      if (what === 'import') await queryClient.invalidateQueries()
    } catch (thrown) {
      // a refused file leaves nothing to take in
      setPreview(null)
      setError(thrown)
    }
    job.end()
    setWorking(null)
  }
  const check = () =>
    run('check', async () => {
      const chosen = await call('files.choose', { purpose: 'sync-import', title: text('sync.importChoose') })
      if (chosen.file === null) return
      setWorking('check')
      setPreview(await call('sync.preview', { file: chosen.file, job: job.begin() }))
    })
  const take = (previewId: string) =>
    run('import', async () => {
      setWorking('import')
      setReceipt(await call('sync.import', { previewId, job: job.begin() }))
    })

  if (receipt !== null) return <ReceiptCard receipt={receipt} onDone={props.onDone} />
  const site = preview?.fromSite ?? ''
  return (
    <StepCard
      title={preview === null ? text('sync.importTitle') : text('sync.previewTitle', { site, counter: preview.fileCounter })}
    >
      <FileRefusal error={error} />
      {error === null || failureOf(error).code.startsWith('sync-') ? null : <Text mb="sm">{text('sync.unchanged')}</Text>}
      {preview === null ? null : <PreviewFacts preview={preview} />}
      {working === null ? (
        <Group>
          {preview === null ? (
            <Button onClick={() => void check()}>{text('sync.importChoose')}</Button>
          ) : (
            <Button onClick={() => void take(preview.previewId)}>{text('sync.importNow')}</Button>
          )}
          <Button variant="default" onClick={props.onDone}>
            {text('common.cancel')}
          </Button>
        </Group>
      ) : (
        <ProgressNotice
          label={text(working === 'check' ? 'sync.checkRunning' : 'sync.importRunning')}
          progress={job.progress}
          onCancel={job.cancel}
        />
      )}
    </StepCard>
  )
}
