import { Alert, Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { formatInstant } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { ConfirmDialog } from '#renderer/ui/confirm-dialog.tsx'
import type { Draft } from '#shared/cases/contract.ts'

interface DraftNoticeProps {
  readonly draft: Draft
  readonly onTakeUp: () => void
  readonly onDrop: () => void
}

/** Offers what was left in a form. Nothing is filled in by itself: consent is never ticked beforehand (H4). */
export function DraftNotice({ draft, onTakeUp, onDrop }: DraftNoticeProps) {
  const text = useText()
  const [dropping, setDropping] = useState(false)
  const { imported, held } = draft
  return (
    <Alert color="amber" mb="md" role="status" className="draft-notice">
      <Text fw={700}>{text(imported ? 'forms.importedFound' : 'forms.draftFound', { when: formatInstant(draft.at) })}</Text>
      {held > 0 && <Text>{text('forms.importedHeld', { count: held })}</Text>}
      <Group gap="sm" mt="xs">
        <Button size="sm" onClick={onTakeUp}>
          {text(imported ? 'forms.importedTakeUp' : 'forms.draftTakeUp')}
        </Button>
        <Button size="sm" variant="default" onClick={imported ? () => setDropping(true) : onDrop}>
          {text(imported ? 'forms.importedDrop' : 'forms.draftDrop')}
        </Button>
      </Group>
      <ConfirmDialog
        opened={dropping}
        title={text('forms.importedDropTitle')}
        message={text('forms.importedDropMessage')}
        confirmLabel={text('forms.importedDrop')}
        danger
        onConfirm={onDrop}
        onCancel={() => setDropping(false)}
      />
    </Alert>
  )
}
