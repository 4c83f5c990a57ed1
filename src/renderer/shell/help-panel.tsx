import { Modal, Text } from '@mantine/core'
import { Fragment } from 'react'
import { useText } from '#renderer/i18n/text.tsx'

const lines = ['search', 'pages', 'lock', 'hide', 'help', 'next', 'enter', 'choose', 'parts', 'undo', 'rows', 'escape'] as const

/** The keys that do something, on every page: F1 or ? opens it, Esc closes it. */
export function HelpPanel(props: { readonly opened: boolean; readonly onClose: () => void }) {
  const text = useText()
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={text('shell.helpTitle')}
      size="lg"
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': text('common.close') }}
    >
      <dl className="key-list">
        {lines.map((line) => (
          <Fragment key={line}>
            <dt>
              <kbd>{text(`shell.keys.${line}`)}</kbd>
            </dt>
            <dd>{text(`shell.keysDo.${line}`)}</dd>
          </Fragment>
        ))}
      </dl>
      <Text size="sm">{text('shell.helpSaved')}</Text>
    </Modal>
  )
}
