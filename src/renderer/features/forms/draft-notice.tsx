import { Alert, Button, Group, Text } from '@mantine/core'
import { formatInstant } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import type { Draft } from '#shared/cases/contract.ts'

/** Offers what was left in a form. Nothing is filled in by itself: consent is never ticked beforehand (H4). */
export function DraftNotice(props: { readonly draft: Draft; readonly onTakeUp: () => void; readonly onDrop: () => void }) {
  const text = useText()
  return (
    <Alert color="amber" mb="md" role="status" className="draft-notice">
      <Text fw={700}>{text('forms.draftFound', { when: formatInstant(props.draft.at) })}</Text>
      <Group gap="sm" mt="xs">
        <Button size="sm" onClick={props.onTakeUp}>
          {text('forms.draftTakeUp')}
        </Button>
        <Button size="sm" variant="default" onClick={props.onDrop}>
          {text('forms.draftDrop')}
        </Button>
      </Group>
    </Alert>
  )
}
