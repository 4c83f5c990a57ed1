import { SegmentedControl } from '@mantine/core'
import { call } from '#renderer/api/call.ts'
import { useDesk } from '#renderer/api/desk.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import type { Language } from '#shared/security/contract.ts'

/** French or English, at once and without losing what was typed (U13). */
export function LanguageSwitch() {
  const text = useText()
  const language = useLanguage()
  const { setStatus } = useDesk()
  return (
    <SegmentedControl
      size="xs"
      aria-label={text('shell.language')}
      value={language}
      transitionDuration={0}
      data={[
        { value: 'fr', label: text('shell.french') },
        { value: 'en', label: text('shell.english') },
      ]}
      onChange={(value) => {
        void call('security.setLanguage', { language: value as Language }).then(setStatus, () => undefined)
      }}
    />
  )
}
