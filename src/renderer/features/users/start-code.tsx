import { Button, Group, Modal, Text } from '@mantine/core'
import { formatInstant } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'

export interface GivenCode {
  readonly name: string
  readonly login: string
  readonly code: string
  readonly until: string
  readonly waiting?: boolean
}

/** The one-time code, shown once: read from the screen onto paper. */
export function StartCode({ given, onClose }: { readonly given: GivenCode; readonly onClose: () => void }) {
  const text = useText()
  return (
    <Modal
      opened
      onClose={onClose}
      title={text('users.codeTitle', { name: given.name })}
      centered
      closeOnClickOutside={false}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': text('common.close') }}
    >
      <Text>{text('users.codeText', { when: formatInstant(given.until) })}</Text>
      <output className="recovery-code" aria-label={text('security.startCode')}>
        {given.code.split(' ').map((group) => (
          <span key={group}>{group} </span>
        ))}
      </output>
      <Text>{text('users.codeHow', { login: given.login })}</Text>
      {given.waiting === true && <Text fw={700}>{text('users.codeWaiting')}</Text>}
      <Text c="dimmed">{text('users.codeOnce')}</Text>
      <Group justify="flex-end" mt="md">
        <Button onClick={onClose} data-autofocus>
          {text('users.codeDone')}
        </Button>
      </Group>
    </Modal>
  )
}
