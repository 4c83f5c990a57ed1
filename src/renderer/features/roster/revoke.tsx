import { Button, Group, List, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useCallMutation } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { ConfirmDialog } from '#renderer/ui/confirm-dialog.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { ListedDevice } from '#shared/roster/contract.ts'
import { RevokedReason } from '#shared/sync/roster.ts'
import { Section } from './section.tsx'

type Why = RevokedReason | 'retired'

/** A computer comes off the list: first what it means, then once more before it is signed. */
export function Revoke(props: { readonly device: ListedDevice; readonly onDone: (message: string | null) => void }) {
  const text = useText()
  const revoke = useCallMutation('roster.revoke')
  const retire = useCallMutation('roster.retire')
  const [why, setWhy] = useState<Why | null>(null)
  const [asking, setAsking] = useState(false)
  const { card } = props.device
  const site = card.siteName
  const isLost = why !== null && why !== 'retired'
  const sign = () => {
    const done = { onSuccess: () => props.onDone(text('roster.takenOff', { site })), onSettled: () => setAsking(false) }
    if (isLost) revoke.mutate({ device: card.device, reason: why }, done)
    else retire.mutate({ device: card.device }, done)
  }
  const meaning = why === null ? [] : isLost ? lostMeans : retiredMeans
  return (
    <Section title={text('roster.takeOff', { site })} isStep>
      <Text mb="sm">{text('roster.takeOffWords', { words: card.words.join(' ') })}</Text>
      <Radio.Group label={text('roster.whyOff')} value={why ?? ''} onChange={(value) => setWhy(value as Why)} mb="sm">
        <Stack gap={6} mt={6}>
          {[...RevokedReason.options, 'retired' as const].map((reason) => (
            <Radio key={reason} value={reason} label={text(`roster.reasons.${reason}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <List mb="sm">
        {meaning.map((key) => (
          <List.Item key={key}>{text(key)}</List.Item>
        ))}
      </List>
      <FailureNotice error={revoke.error ?? retire.error} />
      <Group>
        <Button color="brick" disabled={why === null} onClick={() => setAsking(true)}>
          {text('roster.takeOff', { site })}
        </Button>
        <Button variant="subtle" onClick={() => props.onDone(null)}>
          {text('common.cancel')}
        </Button>
      </Group>
      <ConfirmDialog
        opened={asking}
        title={text('roster.sureTitle', { site })}
        message={text(isLost ? 'roster.sureLost' : 'roster.sureRetired')}
        confirmLabel={text('roster.sureYes')}
        danger
        busy={revoke.isPending || retire.isPending}
        onConfirm={sign}
        onCancel={() => setAsking(false)}
      />
    </Section>
  )
}

const lostMeans = ['roster.lostRead', 'roster.lostWrite', 'roster.lostKept', 'roster.lostStick'] as const
const retiredMeans = ['roster.retiredWrite', 'roster.retiredRead'] as const
