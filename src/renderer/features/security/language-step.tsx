import { Button, Group, Radio, Stack, Text } from '@mantine/core'
import { call } from '#renderer/api/call.ts'
import { useDesk } from '#renderer/api/desk.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import type { Language } from '#shared/security/contract.ts'

/** The first question: which language; the page changes at once. Beside it the way to a desk that was here or elsewhere before. */
export function LanguageStep(props: { readonly onDone: () => void; readonly onRestore: () => void }) {
  const text = useText()
  const language = useLanguage()
  const { setStatus } = useDesk()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        props.onDone()
      }}
    >
      <Text c="dimmed" mb="sm">
        {text('security.languageHint')}
      </Text>
      <Radio.Group
        aria-label={text('security.languageTitle')}
        value={language}
        onChange={(value) => {
          void call('security.setLanguage', { language: value as Language }).then(setStatus, () => undefined)
        }}
      >
        <Stack gap="sm">
          <Radio value="fr" label={text('shell.french')} />
          <Radio value="en" label={text('shell.english')} />
        </Stack>
      </Radio.Group>
      <Group mt="lg">
        <Button type="submit">{text('common.next')}</Button>
        <Button variant="default" onClick={props.onRestore}>
          {text('backups.restore')}
        </Button>
      </Group>
    </form>
  )
}
