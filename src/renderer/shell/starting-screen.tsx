import { Text } from '@mantine/core'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { CallFailure } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'

/** The moment before the centre answers for the first time. */
export function StartingScreen(props: { readonly failed: boolean; readonly onRetry: () => void }) {
  const text = useText()
  return (
    <main className="desk-screen">
      {props.failed ? (
        <FailureNotice error={new CallFailure({ code: 'internal' })} onRetry={props.onRetry} />
      ) : (
        <Text role="status">{text('shell.starting')}</Text>
      )}
    </main>
  )
}
