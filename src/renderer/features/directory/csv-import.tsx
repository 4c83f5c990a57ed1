import { Button, Group, Paper, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { call, queryClient } from '#renderer/api/call.ts'
import { useJob } from '#renderer/api/job.ts'
import { useDoing } from '#renderer/api/use-doing.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { ProgressNotice } from '#renderer/ui/progress-notice.tsx'
import type { CallOutput } from '#shared/contract.ts'
import type { CsvPreview } from '#shared/directory/contract.ts'
import { CsvColumns } from './csv-columns.tsx'
import { CsvReport } from './csv-report.tsx'

/** Read what is needed, choose, look, import: nothing changes before the last step, and all or nothing then. */
export function CsvImport({ onClose }: { readonly onClose: () => void }) {
  const text = useText()
  const job = useJob()
  const [working, setWorking] = useState<'check' | 'import'>('check')
  const [preview, setPreview] = useState<CsvPreview>()
  const [done, setDone] = useState<CallOutput<'directory.importCsv'>>()
  const [saved, setSaved] = useState('')
  const { error: failure, run } = useDoing()
  const attempt = (work: () => Promise<void>) => run(work).finally(job.end)
  const save = (what: 'model' | 'codes') =>
    attempt(async () => {
      const { file, name } = await call('files.choose', {
        purpose: what === 'model' ? 'directory-model' : 'directory-codes',
        title: text(what === 'model' ? 'directory.importModel' : 'directory.importCodes'),
      })
      if (file === null) return
      await call('directory.saveModel', { file, what })
      setSaved(name)
    })
  const choose = () =>
    attempt(async () => {
      const { file } = await call('files.choose', { purpose: 'directory-csv', title: text('directory.importTitle') })
      if (file === null) return
      setPreview(undefined)
      setDone(undefined)
      setSaved('')
      setWorking('check')
      setPreview(await call('directory.previewCsv', { file, job: job.begin() }))
    })
  const take = (previewId: string) =>
    attempt(async () => {
      setWorking('import')
      setDone(await call('directory.importCsv', { previewId, job: job.begin() }))
      await queryClient.invalidateQueries()
    })
  const idle = job.progress === null
  const canTake = preview !== undefined && !done && preview.toAdd + preview.toUpdate > 0
  return (
    <Paper withBorder p="md" mb="md" component="section" aria-label={text('directory.import')}>
      <Title order={2} size="h4">
        {text('directory.import')}
      </Title>
      {!preview && idle && (
        <>
          <Text my="xs">{text('directory.importHow')}</Text>
          <Group gap="sm" mb="xs">
            <Button variant="default" onClick={() => void save('model')}>
              {text('directory.importModel')}
            </Button>
            <Button variant="default" onClick={() => void save('codes')}>
              {text('directory.importCodes')}
            </Button>
          </Group>
          {saved !== '' && <Text role="status">{text('directory.importSaved', { name: saved })}</Text>}
          <CsvColumns />
        </>
      )}
      {!idle && (
        <ProgressNotice
          key={working}
          label={text(working === 'check' ? 'directory.importReading' : 'directory.importRunning')}
          progress={job.progress}
          onCancel={job.cancel}
        />
      )}
      <FailureNotice error={failure} />
      {preview && idle && <CsvReport preview={preview} done={done} />}
      {idle && (
        <Group mt="sm">
          {canTake && <Button onClick={() => void take(preview.previewId)}>{text('directory.importGo')}</Button>}
          <Button variant={preview ? 'default' : 'filled'} onClick={() => void choose()}>
            {text(preview ? 'directory.importOther' : 'directory.importChoose')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {text('common.close')}
          </Button>
        </Group>
      )}
    </Paper>
  )
}
