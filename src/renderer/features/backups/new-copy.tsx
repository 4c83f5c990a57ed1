import { Alert, Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { call, queryClient } from '#renderer/api/call.ts'
import { useJob } from '#renderer/api/job.ts'
import { formatSize } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { ProgressNotice } from '#renderer/ui/progress-notice.tsx'

/** A copy on this computer, or the same also on a stick or in a second folder. */
export function NewCopy() {
  const text = useText()
  const job = useJob()
  const [doing, setDoing] = useState<'here' | 'outside' | null>(null)
  const [done, setDone] = useState<'here' | { readonly fileName: string; readonly bytes: number } | null>(null)
  const [error, setError] = useState<unknown>(null)

  const run = async (what: 'here' | 'outside') => {
    setError(null)
    setDone(null)
    try {
      if (what === 'here') {
        setDoing(what)
        await call('backups.make', { job: job.begin() })
        setDone('here')
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
      {doing === 'here' && <ProgressNotice label={text('backups.making')} progress={job.progress} />}
      {doing === 'outside' && (
        <ProgressNotice label={text('backups.copyingOut')} progress={job.progress} unit="bytes" onCancel={job.cancel} />
      )}
      <FailureNotice error={error} />
      <div role="status">
        {done === null ? null : (
          <Alert color="forest" variant="light" mt="sm">
            <Text fw={700}>
              {done === 'here'
                ? text('backups.made')
                : text('backups.copiedOut', { file: done.fileName, size: formatSize(done.bytes, text) })}
            </Text>
            {done === 'here' ? null : (
              <>
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
