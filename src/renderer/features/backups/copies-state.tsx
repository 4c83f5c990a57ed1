import { Alert, Text, Title } from '@mantine/core'
import { Fragment } from 'react'
import { CallFailure } from '#renderer/api/call.ts'
import { formatAge, formatInstant, formatInstantDay } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { CallOutput } from '#shared/contract.ts'
import { hereTone, outsideTone } from './copy-age.ts'

/** In words: when the last copies were made, here and outside, and what would be lost if the disk broke now. */
export function CopiesState({ state }: { readonly state: CallOutput<'backups.state'> }) {
  const text = useText()
  const { here, outside, failed } = state
  const told = (made: { readonly at: string }) => ({ at: formatInstant(made.at), age: formatAge(made.at, text) })
  const places = [
    {
      name: text('backups.here'),
      tone: hereTone(here),
      said: here === null ? text('backups.hereNone') : text('backups.hereAt', told(here)),
    },
    {
      name: text('backups.outside'),
      tone: outsideTone(outside),
      said: outside === null ? text('backups.outsideNone') : text('backups.outsideAt', told(outside)),
    },
  ]
  return (
    <section className="page-card" aria-labelledby="copies-state">
      <Title order={2} size="h4" mb="sm" id="copies-state">
        {text('backups.stateTitle')}
      </Title>
      <dl className="key-list">
        {places.map(({ name, tone, said }) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>
              <span className="tag" data-tone={tone}>
                {text(`backups.tones.${tone}`)}
              </span>{' '}
              {said}
            </dd>
          </Fragment>
        ))}
        <dt>{text('backups.lost')}</dt>
        <dd>{outside === null ? text('backups.lostAll') : text('backups.lostSome', { count: outside.changesSince })}</dd>
      </dl>
      {failed === null ? null : (
        <Alert color="brick" variant="light" mb="sm">
          <Text fw={700}>{text('backups.failed', { at: formatInstantDay(failed.at) })}</Text>
          <FailureNotice error={new CallFailure({ code: failed.code, details: failed.details })} />
        </Alert>
      )}
    </section>
  )
}
