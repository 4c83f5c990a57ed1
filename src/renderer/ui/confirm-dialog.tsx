import { Button, Group, Modal, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useText } from '#renderer/i18n/text.tsx'

/** Asks before something that cannot be undone; the button says what it does, never "OK". */
export function ConfirmDialog(props: {
  readonly opened: boolean
  readonly title: string
  readonly message: ReactNode
  readonly confirmLabel: string
  readonly danger?: boolean
  readonly busy?: boolean
  readonly onConfirm: () => void
  readonly onCancel: () => void
}) {
  const text = useText()
  return (
    <Modal
      opened={props.opened}
      onClose={props.onCancel}
      title={props.title}
      centered
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': text('common.close') }}
    >
      {typeof props.message === 'string' ? <Text>{props.message}</Text> : props.message}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={props.onCancel} data-autofocus>
          {text('common.cancel')}
        </Button>
        <Button color={props.danger === true ? 'brick' : 'forest'} loading={props.busy === true} onClick={props.onConfirm}>
          {props.confirmLabel}
        </Button>
      </Group>
    </Modal>
  )
}
