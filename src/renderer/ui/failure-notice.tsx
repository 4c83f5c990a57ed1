import { Alert, Button, Text } from '@mantine/core'
import { failureOf } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { failureWords } from './failure-words.ts'

/** What happened and what to do about it, read aloud at once. `error` is whatever a call threw; nothing is shown for none. */
export function FailureNotice(props: { readonly error: unknown; readonly onRetry?: () => void }) {
  const text = useText()
  if (props.error === null || props.error === undefined) return null
  const failure = failureOf(props.error)
  const words = failureWords(failure, text)
  return (
    <Alert color="brick" variant="light" role="alert" my="sm" data-code={failure.code}>
      <Text fw={700}>{words.what}</Text>
      <Text>{words.todo}</Text>
      {props.onRetry === undefined ? null : (
        <Button variant="default" size="xs" mt="xs" onClick={props.onRetry}>
          {text('common.tryAgain')}
        </Button>
      )}
    </Alert>
  )
}
