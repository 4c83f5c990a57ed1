import { Alert, Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { call, queryClient } from '#renderer/api/call.ts'
import { useJob } from '#renderer/api/job.ts'
import { formatSize } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { ProgressNotice } from '#renderer/ui/progress-notice.tsx'
import type { CallOutput } from '#shared/contract.ts'

/** A copy on this computer and in the remembered folder, or the same also in a file elsewhere. */
export function NewCopy() {
  const text = useText()
  const job = useJob()
  const [doing, setDoing] = useState<'here' | 'outside' | null>(null)
  const [done, setDone] = useState<CallOutput<'backups.make'> | CallOutput<'backups.copyOut'> | null>(null)
  const [error, setError] = useState<unknown>(null)

  const run = async (what: 'here' | 'outside') => {
    setError(null)
    setDone(null)
    try {
      if (what === 'here') {
        setDoing(what)
        setDone(await call('backups.make', { job: job.begin() }))
      } else {
        const { file } = await call('files.choose', { purpose: 'copy-export', title: text('backups.copyOutTitle') })
        if (file === null) return
        setDoing(what)
        setDone(await call('backups.copyOut', { file, job: job.begin() }))
      }
    } catch (thrown) {
      setError(thrown)
    } finally {
      job.end()
      setDoing(null)
      await queryClient.invalidateQueries()
    }
  }
  return (
    <section className="page-card">
      <Group>
        <Button loading={doing === 'outside'} disabled={doing !== null} onClick={() => void run('outside')}>
          {text('backups.copyOut')}
        </Button>
        <Button variant="default" loading={doing === 'here'} disabled={doing !== null} onClick={() => void run('here')}>
          {text('backups.make')}
        </Button>
      </Group>
      {doing === 'here' && (
        <ProgressNotice label={text('backups.making')} progress={job.progress} unit="bytes" onCancel={job.cancel} />
      )}
      {doing === 'outside' && (
        <ProgressNotice label={text('backups.copyingOut')} progress={job.progress} unit="bytes" onCancel={job.cancel} />
      )}
      <FailureNotice error={error} />
      <div role="status">
        {done === null ? null : (
          <Alert color="forest" variant="light" mt="sm">
            {'inFolder' in done ? (
              <>
                <Text fw={700}>{text('backups.made')}</Text>
                {done.inFolder === 'none' ? null : <Text>{text(`backups.inFolder.${done.inFolder}`)}</Text>}
              </>
            ) : (
              <>
                <Text fw={700}>{text('backups.copiedOut', { file: done.fileName, size: formatSize(done.bytes, text) })}</Text>
                <Text>{text('backups.eject')}</Text>
                <Text>{text('backups.keepCode')}</Text>
                <Text>{text('backups.destroyOld')}</Text>
              </>
            )}
          </Alert>
        )}
      </div>
    </section>
  )
}
