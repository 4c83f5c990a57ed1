import { Alert, Button, Text } from '@mantine/core'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'

/** How many answers wait for a choice, with the way to the first; and that one was just made. */
export function WaitingSummary(props: {
  /** Of the questions where something waits, in the form's order. */
  readonly paths: readonly string[]
  readonly error: unknown
  readonly isDecided: boolean
  readonly onGo: (path: string) => void
}) {
  const text = useText()
  const [first] = props.paths
  return (
    <>
      <FailureNotice error={props.error} />
      <div role="status">
        {props.isDecided && <Text mb="sm">{text('forms.waiting.decided')}</Text>}
        {first !== undefined && (
          <Alert color="amber" mb="sm" title={text('forms.waiting.count', { count: props.paths.length })}>
            <Button variant="default" size="compact-sm" onClick={() => props.onGo(first)}>
              {text('forms.waiting.first')}
            </Button>
          </Alert>
        )}
      </div>
    </>
  )
}
