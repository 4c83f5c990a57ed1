import { Alert, Text } from '@mantine/core'
import { useText } from '#renderer/i18n/text.tsx'

/** After several wrong attempts: how long to wait, counted down, and that the wait doubles (H30). Shows nothing for none. */
export function WaitNotice({ secondsLeft }: { readonly secondsLeft: number }) {
  const text = useText()
  if (secondsLeft === 0) return null
  return (
    <Alert color="amber" my="sm" role="group" className="wait-notice">
      <Text fw={700} role="timer">
        {secondsLeft < 120
          ? text('security.waitSeconds', { seconds: secondsLeft })
          : text('security.waitMinutes', { minutes: Math.ceil(secondsLeft / 60) })}
      </Text>
      <Text size="sm">{text('security.waitWhy')}</Text>
    </Alert>
  )
}
