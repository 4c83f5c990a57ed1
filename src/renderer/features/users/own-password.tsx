import { PasswordInput } from '@mantine/core'
import { useText } from '#renderer/i18n/text.tsx'

/** The signed-in user's password, asked again where keys are changed. */
export function OwnPassword(props: {
  readonly value: string
  readonly onChange: (password: string) => void
  /** The form was sent: what is missing is wrong now. */
  readonly tried: boolean
  readonly label?: string
}) {
  const text = useText()
  return (
    <PasswordInput
      label={props.label ?? text('users.ownPassword')}
      value={props.value}
      error={props.tried && props.value === '' ? text('users.ownPasswordMissing') : undefined}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      autoComplete="off"
      spellCheck={false}
      visibilityToggleButtonProps={{ 'aria-label': text('security.passwordShow') }}
      mb="sm"
    />
  )
}
