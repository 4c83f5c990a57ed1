import { useCall } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { PageHeading } from '#renderer/ui/page-heading.tsx'
import { CopiesState } from './copies-state.tsx'
import { KeptCopies } from './kept-copies.tsx'
import { NewCopy } from './new-copy.tsx'

/** Copies of this desk: how they stand, a new one, those that are kept. */
export function BackupsPage() {
  const text = useText()
  const state = useCall('backups.state', {})
  return (
    <>
      <PageHeading title={text('backups.title')} explanation={text('backups.explanation')} />
      <FailureNotice error={state.error} onRetry={() => void state.refetch()} />
      {state.data && <CopiesState state={state.data} />}
      <NewCopy />
      {state.data && <KeptCopies copies={state.data.copies} />}
    </>
  )
}
