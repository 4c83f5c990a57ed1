import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useCallMutation } from '#renderer/api/call.ts'
import { today } from '#renderer/api/clock.ts'
import { formatDay } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { DateField } from '#renderer/ui/date-field.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { keepLongerMax, keepNoteCharactersMax, keepReasons } from '#shared/cases/keep-longer.ts'

/** Until when a closed case is kept instead, and why; nothing is chosen beforehand. */
export function KeepLongerDialog(props: {
  readonly caseId: string
  readonly keepUntil: string
  readonly onDone: () => void
  readonly onCancel: () => void
}) {
  const text = useText()
  const [until, setUntil] = useState('')
  const [reason, setReason] = useState<(typeof keepReasons)[number]>()
  const [note, setNote] = useState('')
  const keep = useCallMutation('rights.keepLonger', props.onDone)
  const first = props.keepUntil > today() ? props.keepUntil : today()
  const last = keepLongerMax(props.keepUntil, today())
  const wrongDay = until !== '' && (until <= first || until > last)
  const ready = until !== '' && !wrongDay && reason !== undefined && (reason !== 'other' || note.trim() !== '')
  return (
    <Modal
      opened
      onClose={props.onCancel}
      title={text('rights.keepTitle')}
      centered
      size="lg"
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': text('common.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (ready && !keep.isPending) keep.mutate({ caseId: props.caseId, until, reason, note })
        }}
      >
        <Stack gap="sm">
          <FailureNotice error={keep.error} />
          <Text>{text('rights.keepLongerText')}</Text>
          <DateField
            label={text('rights.keepUntil')}
            description={text('rights.keepLimits', { after: formatDay(first), last: formatDay(last) })}
            value={until}
            onChange={setUntil}
            error={wrongDay ? text('rights.keepWrongDay') : undefined}
            allowFuture
            required
          />
          <Radio.Group
            label={text('rights.keepReason')}
            value={reason ?? null}
            onChange={(chosen) => setReason(keepReasons.find((r) => r === chosen))}
          >
            <Stack gap="xs" mt="xs">
              {keepReasons.map((code) => (
                <Radio key={code} value={code} label={text(`rights.keepReasons.${code}`)} />
              ))}
            </Stack>
          </Radio.Group>
          <TextInput
            label={text('rights.keepNote')}
            description={text('rights.keepNoteHint', { characters: keepNoteCharactersMax })}
            value={note}
            maxLength={keepNoteCharactersMax}
            required={reason === 'other'}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        </Stack>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={props.onCancel}>
            {text('common.cancel')}
          </Button>
          <Button type="submit" loading={keep.isPending} disabled={!ready}>
            {text('rights.keepGo')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
