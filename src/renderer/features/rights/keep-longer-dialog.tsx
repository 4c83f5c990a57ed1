import { Radio, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useCallMutation } from '#renderer/api/call.ts'
import { today } from '#renderer/api/clock.ts'
import { formatDay } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { DateField } from '#renderer/ui/date-field.tsx'
import { keepLongerMax, keepNoteCharactersMax, keepReasons, type KeepReason } from '#shared/cases/keep-longer.ts'
import { RightsDialog } from './rights-dialog.tsx'

/** Until when a closed case is kept instead, and why; nothing is chosen beforehand. */
export function KeepLongerDialog(props: {
  readonly caseId: string
  readonly keepUntil: string
  readonly onDone: () => void
  readonly onCancel: () => void
}) {
  const text = useText()
  const [until, setUntil] = useState('')
  const [reason, setReason] = useState<KeepReason>()
  const [note, setNote] = useState('')
  const keep = useCallMutation('rights.keepLonger', props.onDone)
  const first = props.keepUntil > today() ? props.keepUntil : today()
  const last = keepLongerMax(props.keepUntil, today())
  const wrongDay = until !== '' && (until <= first || until > last)
  const ready = until !== '' && !wrongDay && reason !== undefined && (reason !== 'other' || note.trim() !== '')
  return (
    <RightsDialog
      title={text('rights.keepTitle')}
      explanation={text('rights.keepLongerText')}
      send={text('rights.keepGo')}
      ready={ready}
      sending={keep}
      onSend={() => reason && keep.mutate({ caseId: props.caseId, until, reason, note })}
      onCancel={props.onCancel}
    >
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
    </RightsDialog>
  )
}
