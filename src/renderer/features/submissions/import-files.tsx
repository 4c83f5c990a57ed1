import { Alert, Button, Group, Text, Title } from '@mantine/core'
import { useEffect, useId, useRef, useState } from 'react'
import { call, queryClient } from '#renderer/api/call.ts'
import { useJob } from '#renderer/api/job.ts'
import { useDoing } from '#renderer/api/use-doing.ts'
import { useProfile } from '#renderer/features/forms/index.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { ProgressNotice } from '#renderer/ui/progress-notice.tsx'
import type { CallOutput } from '#shared/contract.ts'
import type { SubmissionsPreview } from '#shared/submissions/contract.ts'
import { PreviewReport } from './preview-report.tsx'

/** Choose, look, take: nothing changes before the last step, and all or nothing then. */
export function ImportFiles() {
  const text = useText()
  const id = useId()
  const job = useJob()
  const heading = useRef<HTMLHeadingElement>(null)
  // asked for early: the report stands whole at once
  const { form } = useProfile()
  const [working, setWorking] = useState<'reading' | 'taking'>('reading')
  const [preview, setPreview] = useState<SubmissionsPreview>()
  const [done, setDone] = useState<CallOutput<'submissions.take'>>()
  const { error: failure, run } = useDoing()
  // the button that was pressed moves below what was found
  useEffect(() => {
    if (preview) heading.current?.focus()
  }, [preview])
  const attempt = (work: () => Promise<void>) => run(work).finally(job.end)
  const choose = () =>
    attempt(async () => {
      const { file, others } = await call('files.choose', { purpose: 'submissions', title: text('submissions.chooseTitle') })
      if (file === null) return
      setPreview(undefined)
      setDone(undefined)
      setWorking('reading')
      setPreview(await call('submissions.preview', { files: [file, ...others], job: job.begin() }))
    })
  const take = (previewId: string) =>
    attempt(async () => {
      setWorking('taking')
      setDone(await call('submissions.take', { previewId, job: job.begin() }))
      setPreview(undefined)
      await queryClient.invalidateQueries()
    })
  const idle = job.progress === null
  const count = preview?.counts.toMake ?? 0
  return (
    <section className="page-card" aria-labelledby={id}>
      <Title order={2} size="h4" mb="xs" id={id} ref={heading} tabIndex={-1} className="page-heading">
        {text(preview ? 'submissions.foundTitle' : 'submissions.importTitle')}
      </Title>
      {!preview && idle && <Text mb="sm">{text('submissions.how')}</Text>}
      <div role="status">
        {done && (
          <Alert color="forest" variant="light" my="xs">
            {text('submissions.done', { count: done.made })}
          </Alert>
        )}
      </div>
      {!idle && (
        <ProgressNotice
          key={working}
          label={text(working === 'reading' ? 'submissions.reading' : 'submissions.taking')}
          progress={job.progress}
          onCancel={job.cancel}
        />
      )}
      <FailureNotice error={failure} />
      {preview && idle && form && <PreviewReport preview={preview} form={form} />}
      {idle && (
        <Group mt="sm">
          {preview && count > 0 && (
            <Button onClick={() => void take(preview.previewId)}>{text('submissions.take', { count })}</Button>
          )}
          <Button variant={count > 0 ? 'default' : 'filled'} onClick={() => void choose()}>
            {text(preview ? 'submissions.chooseOther' : 'submissions.choose')}
          </Button>
        </Group>
      )}
    </section>
  )
}
