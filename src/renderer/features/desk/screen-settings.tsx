import { Button, Checkbox, NativeSelect, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useCall, useCallMutation } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { CallOutput } from '#shared/contract.ts'
import { idleMinutesMax, idleMinutesMin } from '#shared/screen/contract.ts'

const choices = Array.from({ length: idleMinutesMax - idleMinutesMin + 1 }, (_, i) => i + idleMinutesMin)

/** After how long this desk locks by itself, and whether it begins with masked names. */
export function ScreenSettings() {
  const text = useText()
  const state = useCall('screen.state', {})
  return (
    <section className="page-card" aria-labelledby="screen-settings">
      <Title order={2} size="h4" mb="xs" id="screen-settings">
        {text('desk.screenTitle')}
      </Title>
      <FailureNotice error={state.error} onRetry={() => void state.refetch()} />
      {state.data && <SettingsForm key={JSON.stringify(state.data)} kept={state.data} />}
    </section>
  )
}

function SettingsForm({ kept }: { readonly kept: CallOutput<'screen.state'> }) {
  const text = useText()
  const [idleMinutes, setIdleMinutes] = useState(kept.idleMinutes)
  const [safeByDefault, setSafeByDefault] = useState(kept.safeByDefault)
  const keep = useCallMutation('screen.keepSettings')
  const changed = idleMinutes !== kept.idleMinutes || safeByDefault !== kept.safeByDefault
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        keep.mutate({ idleMinutes, safeByDefault })
      }}
    >
      <NativeSelect
        label={text('desk.idle')}
        description={text('desk.idleHint')}
        value={String(idleMinutes)}
        onChange={(event) => setIdleMinutes(Number(event.currentTarget.value))}
        data={choices.map((minutes) => ({ value: String(minutes), label: text('desk.minutes', { minutes }) }))}
        maw="24rem"
        mb="sm"
      />
      <Checkbox
        label={text('desk.safeByDefault')}
        description={text('desk.safeByDefaultHint')}
        checked={safeByDefault}
        onChange={(event) => setSafeByDefault(event.currentTarget.checked)}
        mb="md"
      />
      <FailureNotice error={keep.error} />
      <Button type="submit" disabled={!changed} loading={keep.isPending}>
        {text('desk.keep')}
      </Button>
      <Text role="status" size="sm" component="span" ml="sm">
        {changed ? text('desk.notKept') : ''}
      </Text>
    </form>
  )
}
