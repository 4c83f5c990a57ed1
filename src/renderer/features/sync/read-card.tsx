import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useCall, useCallMutation } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { CallOutput } from '#shared/contract.ts'
import { SixWords } from './six-words.tsx'
import { StepCard } from './step-card.tsx'

/** Another centre's card: trusted only after six words read aloud were equal. */
export function ReadCard(props: {
  readonly read: CallOutput<'sync.readCard'>
  readonly onDone: (message: string | null) => void
}) {
  const text = useText()
  const own = useCall('sync.ownCard', {})
  const trust = useCallMutation('sync.trustCard')
  const [asking] = useState(props.read)
  const site = asking.card.siteName
  return (
    <StepCard title={text('sync.cardTitle', { site })}>
      {asking.known ? <Text fw={700}>{text('sync.cardKnown')}</Text> : null}
      <Text>{text('sync.compare', { site })}</Text>
      <Text mt="sm">{text('sync.compareFirst')}</Text>
      <SixWords words={asking.card.words} label={text('sync.wordsOf', { site })} />
      <Text>{text('sync.compareOwn')}</Text>
      {own.data === undefined ? null : <SixWords words={own.data.words} label={text('sync.wordsLabel')} />}
      <FailureNotice error={trust.error} />
      <Stack gap="sm" align="flex-start">
        {asking.known ? null : (
          <Button
            loading={trust.isPending}
            onClick={() =>
              trust.mutate({ previewId: asking.previewId }, { onSuccess: () => props.onDone(text('sync.trusted', { site })) })
            }
          >
            {text('sync.same', { site })}
          </Button>
        )}
        <Group>
          {asking.known ? null : (
            <Button variant="default" onClick={() => props.onDone(text('sync.refused'))}>
              {text('sync.different')}
            </Button>
          )}
          <Button variant="subtle" onClick={() => props.onDone(null)}>
            {text('common.close')}
          </Button>
        </Group>
      </Stack>
    </StepCard>
  )
}
