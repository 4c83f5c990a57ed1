import { Button, Checkbox, Group, Radio, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import { call } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { ConfirmDialog } from '#renderer/ui/confirm-dialog.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import {
  closedReasons,
  envelopeTextMax,
  safeAnswers,
  wantedServices,
  withinAnswers,
  type Envelope,
  type EnvelopeAnswers,
} from '#shared/envelope/envelope.ts'
import { Agreements } from './agreements.tsx'
import { HandOver } from './hand-over.tsx'
import { useDoing } from '#renderer/api/use-doing.ts'

const yesNo = ['yes', 'no'] as const

/** One talk: closed questions and two short texts (H19). */
export function TalkCard(props: {
  readonly envelope: Envelope
  readonly onChange: (envelope: Envelope) => void
  readonly onBack: () => void
}) {
  const text = useText()
  const { error, busy, run } = useDoing()
  const { envelope, onChange, onBack } = props
  const [a, setA] = useState(envelope.answers)
  const [erasing, setErasing] = useState(false)
  const put = (changes: Partial<EnvelopeAnswers>) => setA({ ...a, ...changes })
  const choice = <K extends 'listenedOnly' | 'reportingInformed' | 'safeNow' | 'within72h' | 'isMinor' | 'closedReason'>(
    field: K,
    values: readonly NonNullable<EnvelopeAnswers[K]>[],
  ) => (
    <Radio.Group
      label={text(`envelope.field.${field}`)}
      value={a[field] ?? ''}
      onChange={(v) => put({ [field]: values.find((x) => x === v) ?? null })}
      mb="sm"
    >
      <Group gap="md" mt={4}>
        {values.map((v) => (
          <Radio key={v} value={v} label={text(`envelope.choice.${v}` as 'envelope.choice.yes')} />
        ))}
      </Group>
    </Radio.Group>
  )
  const more = a.listenedOnly === 'no'
  return (
    <section className="page-card" aria-labelledby="talk">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4" id="talk">
          {text('envelope.talk', { code: envelope.code })}
        </Title>
        <Group gap="sm">
          <Button variant="default" onClick={onBack}>
            {text('envelope.back')}
          </Button>
          <Button variant="default" color="brick" onClick={() => setErasing(true)}>
            {text('envelope.erase')}
          </Button>
        </Group>
      </Group>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void run(async () => onChange((await call('envelope.save', { id: envelope.id, answers: a })).envelope))
        }}
      >
        {choice('reportingInformed', yesNo)}
        {choice('listenedOnly', yesNo)}
        {more && (
          <>
            {choice('safeNow', safeAnswers)}
            {choice('within72h', withinAnswers)}
            {choice('isMinor', yesNo)}
            <Checkbox.Group
              label={text('envelope.field.servicesWanted')}
              value={a.servicesWanted}
              onChange={(v) => put({ servicesWanted: [...wantedServices, 'none' as const].filter((w) => v.includes(w)) })}
              mb="sm"
            >
              <Group gap="md" mt={4}>
                {[...wantedServices, 'none' as const].map((w) => (
                  <Checkbox key={w} value={w} label={text(`envelope.service.${w}`)} />
                ))}
              </Group>
            </Checkbox.Group>
          </>
        )}
        <Group align="flex-start">
          <TextInput
            label={text('envelope.field.providerCaseRef')}
            value={a.providerCaseRef}
            maxLength={envelopeTextMax}
            onChange={(event) => put({ providerCaseRef: event.currentTarget.value })}
            autoComplete="off"
            w="24rem"
            mb="sm"
          />
          <TextInput
            label={text('envelope.field.nextContact')}
            type="date"
            value={a.nextContact}
            onChange={(event) => put({ nextContact: event.currentTarget.value })}
            mb="sm"
          />
        </Group>
        {choice('closedReason', closedReasons)}
        <FailureNotice error={error} />
        <Button type="submit" loading={busy}>
          {text('envelope.save')}
        </Button>
      </form>
      {more && <Agreements envelope={envelope} onChange={onChange} />}
      <HandOver envelopeId={envelope.id} />
      <ConfirmDialog
        opened={erasing}
        title={text('envelope.erase')}
        message={text('envelope.eraseWhat')}
        confirmLabel={text('envelope.eraseDo')}
        danger
        busy={busy}
        onConfirm={() =>
          void run(async () => {
            await call('envelope.erase', { id: envelope.id })
            onBack()
          })
        }
        onCancel={() => setErasing(false)}
      />
    </section>
  )
}
