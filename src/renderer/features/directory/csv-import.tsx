import { Alert, Button, Group, Paper, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { call, queryClient } from '#renderer/api/call.ts'
import { useJob } from '#renderer/api/job.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { ProgressNotice } from '#renderer/ui/progress-notice.tsx'
import type { CallOutput } from '#shared/contract.ts'
import type { CsvPreview } from '#shared/directory/contract.ts'

/** Choose, check, look, import: nothing changes before the last step, and all or nothing then. */
export function CsvImport({ onClose }: { readonly onClose: () => void }) {
  const text = useText()
  const job = useJob()
  const [preview, setPreview] = useState<CsvPreview>()
  const [done, setDone] = useState<CallOutput<'directory.importCsv'>>()
  const [failure, setFailure] = useState<unknown>()
  const started = useRef(false)
  const running = async (work: (id: string) => Promise<void>) => {
    setFailure(undefined)
    const id = job.begin()
    try {
      await work(id)
    } catch (error) {
      setFailure(error)
    } finally {
      job.end()
    }
  }
  const choose = async () => {
    const { file } = await call('files.choose', { purpose: 'directory-csv', title: text('directory.importTitle') })
    if (file === null) return onClose()
    await running(async (id) => setPreview(await call('directory.previewCsv', { file, job: id })))
  }
  useEffect(() => {
    if (started.current) return
    started.current = true
    void choose()
  })
  const take = (previewId: string) =>
    running(async (id) => {
      setDone(await call('directory.importCsv', { previewId, job: id }))
      await queryClient.invalidateQueries()
    })
  return (
    <Paper withBorder p="md" mb="md" component="section" aria-label={text('directory.import')}>
      {job.progress && <ProgressNotice label={text('directory.import')} progress={job.progress} onCancel={job.cancel} />}
      <FailureNotice error={failure} />
      {preview && !done && !job.progress && (
        <>
          <Text fw={700}>
            {text('directory.importCounts', {
              rows: preview.fileRows,
              add: preview.toAdd,
              update: preview.toUpdate,
              same: preview.unchanged,
            })}
          </Text>
          {preview.encoding === 'windows-1252' && <Alert color="amber">{text('directory.importEncoding1252')}</Alert>}
          <ul>
            {preview.samples.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
          {preview.refusedCount > 0 && <Refused preview={preview} />}
        </>
      )}
      {done && (
        <Alert color="forest" role="status">
          {text('directory.importDone', { added: done.added, updated: done.updated, same: done.unchanged })}
        </Alert>
      )}
      <Group mt="sm">
        {preview && !done && preview.toAdd + preview.toUpdate > 0 && !job.progress && (
          <Button onClick={() => void take(preview.previewId)}>{text('directory.importGo')}</Button>
        )}
        <Button variant="default" onClick={onClose}>
          {text('common.close')}
        </Button>
      </Group>
    </Paper>
  )
}

function Refused({ preview }: { readonly preview: CsvPreview }) {
  const text = useText()
  return (
    <>
      <Text fw={700} mt="sm">
        {text('directory.importRefused', { count: preview.refusedCount })}
      </Text>
      <table className="list-table">
        <thead>
          <tr>
            <th scope="col">{text('directory.line')}</th>
            <th scope="col">{text('directory.column')}</th>
            <th scope="col">{text('directory.problem')}</th>
          </tr>
        </thead>
        <tbody>
          {preview.refused.map((r) => (
            <tr key={`${r.line}/${r.column}`}>
              <td>{r.line}</td>
              <td>{r.column}</td>
              <td>{text(`directory.problems.${r.problem}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
