import { Button, Group, Text } from '@mantine/core'
import { useCallMutation } from '#renderer/api/call.ts'
import { formatInstantDay } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { RosterStatus } from '#shared/roster/contract.ts'
import { Section } from './section.tsx'
import { WordsList } from './words-list.tsx'

/** The national key that is believed here, and what the national office does with it. */
export function NationalKey(props: {
  readonly status: RosterStatus
  readonly canSign: boolean
  readonly onCeremony: (renew: boolean) => void
  readonly onOpen: () => void
  readonly onEnrol: () => void
  readonly onClosed: () => void
}) {
  const text = useText()
  const close = useCallMutation('roster.close')
  const { national, openUntil } = props.status
  return (
    <Section title={text('roster.nationalTitle')}>
      {national === null ? (
        <Text mb="sm">{text('roster.nationalNone')}</Text>
      ) : (
        <>
          <Text>{text('roster.nationalWords')}</Text>
          <WordsList words={national.words} label={text('roster.nationalTitle')} />
          <Text size="sm" mb="sm">
            {text(national.how === 'ceremony' ? 'roster.madeHere' : 'roster.takenHere', {
              date: formatInstantDay(national.since),
            })}{' '}
            {national.renewedAt === null ? '' : text('roster.nationalRenewed', { date: formatInstantDay(national.renewedAt) })}
          </Text>
        </>
      )}
      <FailureNotice error={close.error} />
      {props.canSign ? (
        <>
          {openUntil === null ? null : <Text mb="sm">{text('roster.isOpen')}</Text>}
          <Group>
            {national === null ? (
              <Button variant="default" onClick={() => props.onCeremony(false)}>
                {text('roster.makeKey')}
              </Button>
            ) : openUntil === null ? (
              <Button onClick={props.onOpen}>{text('roster.openKey')}</Button>
            ) : (
              <>
                <Button onClick={props.onEnrol}>{text('roster.enrol')}</Button>
                <Button variant="default" onClick={() => props.onCeremony(true)}>
                  {text('roster.renewNational')}
                </Button>
                <Button
                  variant="default"
                  loading={close.isPending}
                  onClick={() => close.mutate({}, { onSuccess: props.onClosed })}
                >
                  {text('roster.closeKey')}
                </Button>
              </>
            )}
          </Group>
        </>
      ) : null}
    </Section>
  )
}
