import { Button } from '@mantine/core'
import { useCall, useCallMutation } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'

/** Masks names on every page for this session, or shows them again. */
export function SafeScreenButton() {
  const text = useText()
  const state = useCall('screen.state', {})
  const set = useCallMutation('screen.setSafe')
  const on = state.data?.safe === true
  return (
    <Button
      variant={on ? 'filled' : 'default'}
      size="xs"
      aria-pressed={on}
      title={text('screen.safeHint')}
      loading={set.isPending}
      disabled={!state.isSuccess}
      onClick={() => set.mutate({ on: !on })}
    >
      {text('screen.safe')}
    </Button>
  )
}
