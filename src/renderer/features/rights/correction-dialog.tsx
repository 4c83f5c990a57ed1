import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { useCallMutation } from '#renderer/api/call.ts'
import { today } from '#renderer/api/clock.ts'
import { useTextGuard } from '#renderer/features/forms/index.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { DateField } from '#renderer/ui/date-field.tsx'
import { RightsDialog } from './rights-dialog.tsx'

/** What the person says is wrong; the supervisor decides. */
export function CorrectionDialog(props: { readonly caseId: string; readonly onDone: () => void; readonly onCancel: () => void }) {
  const text = useText()
  const [about, setAbout] = useState('')
  const [on, setOn] = useState(today())
  const ask = useCallMutation('rights.ask', props.onDone)
  const { warning, guard } = useTextGuard(props.caseId)
  const ready = about.trim() !== '' && on !== ''
  return (
    <RightsDialog
      title={text('rights.correction')}
      explanation={text('rights.correctionText')}
      send={text('rights.correctionGo')}
      ready={ready}
      sending={ask}
      onSend={() => void guard(about, () => ask.mutate({ caseId: props.caseId, kind: 'correction', on, about }))}
      onCancel={props.onCancel}
    >
      <Textarea
        label={text('rights.correctionAbout')}
        value={about}
        maxLength={500}
        autosize
        minRows={3}
        required
        data-autofocus
        onChange={(event) => setAbout(event.currentTarget.value)}
      />
      {warning}
      <DateField label={text('rights.correctionOn')} value={on} onChange={setOn} required />
    </RightsDialog>
  )
}
