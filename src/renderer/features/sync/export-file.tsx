import { Alert, Button, Group, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { call, queryClient, useCall } from '#renderer/api/call.ts'
import { useJob } from '#renderer/api/job.ts'
import { formatSize } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { ProgressNotice } from '#renderer/ui/progress-notice.tsx'
import type { CallOutput } from '#shared/contract.ts'
import type { CentreStatus } from '#shared/sync/contract.ts'
import { Facts } from '#renderer/ui/facts.tsx'
import { some } from './import-preview.tsx'
import { StepCard } from './step-card.tsx'

/** A file for one centre: what goes and what stays, then where to write it, then the receipt. */
export function ExportFile(props: { readonly centre: CentreStatus; readonly onDone: () => void }) {
  const text = useText()
  const site = props.centre.siteName
  // the file is sealed for every PC of the centre, whichever is named
  const device = props.centre.devices[0]?.card.device ?? ''
  const preview = useCall('sync.exportPreview', { device })
  const job = useJob()
  const [note, setNote] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [receipt, setReceipt] = useState<CallOutput<'sync.export'> | null>(null)

  const write = async () => {
    setError(null)
    try {
      const chosen = await call('files.choose', {
        purpose: 'sync-export',
        title: text('sync.exportChooseTitle', { site }).slice(0, 80),
      })
      if (chosen.file === null) return
      setReceipt(await call('sync.export', { device, file: chosen.file, job: job.begin(), note }))
      await queryClient.invalidateQueries()
    } catch (thrown) {
      setError(thrown)
    }
    job.end()
  }

  if (receipt !== null) {
    return (
      <StepCard title={text('sync.exportDone', { site })}>
        <Facts
          rows={[
            [text('sync.fileName'), receipt.fileName],
            [text('sync.fileNumber'), receipt.counter],
            [text('sync.fileSize'), formatSize(receipt.bytes, text)],
            [text('sync.people'), some(receipt.people)],
            [text('sync.referrals'), some(receipt.referrals)],
          ]}
        />
        {receipt.more ? (
          <Alert color="amber" variant="light" mb="sm">
            {text('sync.exportMore', { site })}
          </Alert>
        ) : null}
        <Alert color="amber" variant="light" mb="md">
          <Text fw={700}>{text('sync.eject')}</Text>
        </Alert>
        <Button onClick={props.onDone}>{text('sync.finish')}</Button>
      </StepCard>
    )
  }
  return (
    <StepCard title={text('sync.exportTitle', { site })}>
      <FailureNotice error={preview.error ?? error} />
      {preview.data === undefined ? null : (
        <>
          <Text fw={700}>{text('sync.exportWhat')}</Text>
          <Facts
            rows={[
              [text('sync.people'), some(preview.data.people)],
              [text('sync.referrals'), some(preview.data.referrals)],
              [text('sync.services'), some(preview.data.services)],
              [text('sync.withheld'), some(preview.data.withheld)],
            ]}
          />
          {preview.data.withheld === 0 ? null : (
            <Text c="dimmed" mb="md">
              {text('sync.withheldWhy')}
            </Text>
          )}
        </>
      )}
      {job.progress === null ? (
        <>
          <Textarea
            label={text('sync.note')}
            description={text('sync.noteHint')}
            value={note}
            maxLength={500}
            autosize
            minRows={2}
            mb="md"
            onChange={(e) => setNote(e.currentTarget.value)}
          />
          <Group>
            <Button disabled={preview.data === undefined} onClick={() => void write()}>
              {text('sync.exportChoose')}
            </Button>
            <Button variant="default" onClick={props.onDone}>
              {text('common.cancel')}
            </Button>
          </Group>
        </>
      ) : (
        <ProgressNotice label={text('sync.exportRunning')} progress={job.progress} onCancel={job.cancel} />
      )}
    </StepCard>
  )
}
