import { Text } from '@mantine/core'
import { formatInstant } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import type { Draft } from '#shared/cases/contract.ts'

/** Says that what was left in a form is filled in again. */
export function TakenUp({ left }: { readonly left: Draft | null }) {
  const text = useText()
  if (!left) return null
  return (
    <Text role="status" mb="sm" className="taken-up">
      {text('forms.takenUp', { when: formatInstant(left.at) })}
    </Text>
  )
}
