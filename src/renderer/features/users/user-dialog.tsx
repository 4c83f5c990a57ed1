import { Button, Group, Modal, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'

/** One act on a user: explained, filled in, sent; what is refused is told in place and nothing typed is lost. */
export function UserDialog(props: {
  readonly title: string
  readonly explanation: string
  readonly send: string
  readonly danger?: boolean
  readonly busy: boolean
  readonly error: unknown
  readonly onSend: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const text = useText()
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.title}
      centered
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': text('common.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!props.busy) props.onSend()
        }}
      >
        <Text mb="sm">{props.explanation}</Text>
        {props.children}
        <FailureNotice error={props.error} />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={props.onClose}>
            {text('common.cancel')}
          </Button>
          <Button type="submit" color={props.danger === true ? 'brick' : 'forest'} loading={props.busy}>
            {props.send}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
