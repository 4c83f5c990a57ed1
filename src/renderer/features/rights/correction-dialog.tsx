import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useCallMutation } from '#renderer/api/call.ts'
import { today } from '#renderer/api/clock.ts'
import { useTextGuard } from '#renderer/features/forms/index.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { DateField } from '#renderer/ui/date-field.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'

/** What the person says is wrong; the supervisor decides. */
export function CorrectionDialog(props: { readonly caseId: string; readonly onDone: () => void; readonly onCancel: () => void }) {
  const text = useText()
  const [about, setAbout] = useState('')
  const [on, setOn] = useState(today())
  const ask = useCallMutation('rights.ask', props.onDone)
  const { warning, guard } = useTextGuard(props.caseId)
  const ready = about.trim() !== '' && on !== ''
  return (
    <Modal
      opened
      onClose={props.onCancel}
      title={text('rights.correction')}
      centered
      size="lg"
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': text('common.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (ready && !ask.isPending)
            void guard(about, () => ask.mutate({ caseId: props.caseId, kind: 'correction', on, about }))
        }}
      >
        <Stack gap="sm">
          <FailureNotice error={ask.error} />
          <Text>{text('rights.correctionText')}</Text>
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
        </Stack>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={props.onCancel}>
            {text('common.cancel')}
          </Button>
          <Button type="submit" loading={ask.isPending} disabled={!ready}>
            {text('rights.correctionGo')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
