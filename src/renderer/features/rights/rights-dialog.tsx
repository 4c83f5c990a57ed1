import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'

/** Asks what is needed for one act on somebody's data; the button says what it does, and waits until all of it is there. */
export function RightsDialog(props: {
  readonly title: string
  readonly explanation: string
  readonly send: string
  readonly ready: boolean
  readonly sending: { readonly error: unknown; readonly isPending: boolean }
  readonly onSend: () => void
  readonly onCancel: () => void
  readonly children: ReactNode
}) {
  const text = useText()
  const { ready, sending } = props
  return (
    <Modal
      opened
      onClose={props.onCancel}
      title={props.title}
      centered
      size="lg"
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': text('common.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (ready && !sending.isPending) props.onSend()
        }}
      >
        <Stack gap="sm">
          <FailureNotice error={sending.error} />
          <Text>{props.explanation}</Text>
          {props.children}
        </Stack>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={props.onCancel}>
            {text('common.cancel')}
          </Button>
          <Button type="submit" loading={sending.isPending} disabled={!ready}>
            {props.send}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
