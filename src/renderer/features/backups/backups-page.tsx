import { Text, Title } from '@mantine/core'
import { useCall } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { PageHeading } from '#renderer/ui/page-heading.tsx'
import { CheckCopy } from './check-copy.tsx'
import { CopyFolder } from './copy-folder.tsx'
import { CopiesState } from './copies-state.tsx'
import { KeptCopies } from './kept-copies.tsx'
import { NewCopy } from './new-copy.tsx'

/** Copies of this desk: how they stand, a new one, the check of one, those that are kept. */
export function BackupsPage() {
  const text = useText()
  const state = useCall('backups.state', {})
  return (
    <>
      <PageHeading title={text('backups.title')} explanation={text('backups.explanation')} />
      <FailureNotice error={state.error} onRetry={() => void state.refetch()} />
      {state.data && <CopiesState state={state.data} />}
      <NewCopy />
      {state.data && (
        <>
          <CopyFolder folder={state.data.folder} />
          <CheckCopy copies={state.data.copies} />
          <KeptCopies copies={state.data.copies} />
        </>
      )}
      <section className="page-card" aria-labelledby="restore-copy">
        <Title order={2} size="h4" mb="xs" id="restore-copy">
          {text('backups.restoreTitle')}
        </Title>
        <Text maw="70ch">{text('backups.restoreHow')}</Text>
      </section>
    </>
  )
}
