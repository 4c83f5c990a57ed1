import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import { call } from '#renderer/api/call.ts'
import { useJob } from '#renderer/api/job.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { ProgressNotice } from '#renderer/ui/progress-notice.tsx'

/** Moves what is older than a year, and what everybody has, out of the journal: the desk stays fast. */
export function ArchiveOld() {
  const text = useText()
  const job = useJob()
  const [moved, setMoved] = useState<number | null>(null)
  const [error, setError] = useState<unknown>(null)
  const archive = async () => {
    setError(null)
    setMoved(null)
    try {
      setMoved((await call('sync.compact', { job: job.begin() })).entries)
    } catch (thrown) {
      setError(thrown)
    }
    job.end()
  }
  return (
    <div>
      <Button variant="default" loading={job.progress !== null} onClick={() => void archive()}>
        {text('sync.archiveOld')}
      </Button>
      <Text size="sm" c="dimmed">
        {text('sync.archiveHint')}
      </Text>
      {job.progress === null ? null : (
        <ProgressNotice label={text('sync.archiveRunning')} progress={job.progress} onCancel={job.cancel} />
      )}
      <FailureNotice error={error} />
      <Text role="status">{moved === null ? '' : text('sync.archived', { count: moved })}</Text>
    </div>
  )
}
