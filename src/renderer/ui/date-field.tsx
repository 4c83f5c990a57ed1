import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { today } from '#renderer/api/clock.ts'
import { formatDay, parseTypedDay } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'

/**
 * A day typed as dd/mm/yyyy whatever the computer's settings (U14).
 *
 * `value` is YYYY-MM-DD or ''. `onChange` gets the day once it is a real one and '' when emptied; a wrong date stays as typed,
 * with a message, and is not given out.
 */
export function DateField(props: {
  readonly label: string
  readonly value: string
  readonly onChange: (day: string) => void
  readonly description?: string
  readonly required?: boolean
  readonly disabled?: boolean
  readonly error?: string | undefined
  readonly allowFuture?: boolean
}) {
  const text = useText()
  const [typed, setTyped] = useState<string | null>(null)
  const [left, setLeft] = useState(false)
  const shown = typed ?? formatDay(props.value)
  const parsed = parseTypedDay(shown)
  const future = parsed !== undefined && props.allowFuture !== true && parsed > today()
  const fault =
    shown.trim() === ''
      ? undefined
      : parsed === undefined
        ? text('common.dayInvalid')
        : future
          ? text('common.dayInFuture')
          : undefined
  return (
    <TextInput
      label={props.label}
      description={props.description ?? text('common.dayHint')}
      placeholder={text('common.dayPlaceholder')}
      value={shown}
      required={props.required ?? false}
      disabled={props.disabled ?? false}
      error={(left ? fault : undefined) ?? props.error}
      inputMode="numeric"
      autoComplete="off"
      spellCheck={false}
      maw="16rem"
      onChange={(event) => {
        const now = event.currentTarget.value
        setTyped(now)
        const day = parseTypedDay(now)
        if (now.trim() === '') props.onChange('')
        else if (day !== undefined && (props.allowFuture === true || day <= today())) props.onChange(day)
      }}
      onBlur={() => {
        setLeft(true)
        if (fault === undefined) setTyped(null)
      }}
    />
  )
}
