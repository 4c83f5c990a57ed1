import { PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { useText } from '#renderer/i18n/text.tsx'

const charactersMin = 10

export interface TypedPair {
  readonly first: string
  readonly again: string
}

/** Whether a typed pair may be sent; the centre checks the other rules. */
export function pairIsUsable(pair: TypedPair): boolean {
  return [...pair.first.normalize('NFKC')].length >= charactersMin && pair.first === pair.again
}

/** A new password, twice, with its rules before it is typed and its faults once a field was left. */
export function PasswordPair(props: {
  readonly label: string
  readonly value: TypedPair
  readonly onChange: (pair: TypedPair) => void
}) {
  const text = useText()
  const [left, setLeft] = useState({ first: false, again: false })
  const { first, again } = props.value
  const length = [...first.normalize('NFKC')].length
  return (
    <>
      <PasswordInput
        label={props.label}
        description={text('security.passwordRules')}
        value={first}
        error={left.first && first !== '' && length < charactersMin ? text('security.passwordShort', { length }) : undefined}
        onChange={(event) => props.onChange({ first: event.currentTarget.value, again })}
        onBlur={() => setLeft((was) => ({ ...was, first: true }))}
        autoComplete="off"
        spellCheck={false}
        visibilityToggleButtonProps={{ 'aria-label': text('security.passwordShow') }}
        mb="sm"
      />
      <PasswordInput
        label={text('security.passwordAgain')}
        value={again}
        error={left.again && again !== '' && first !== again ? text('security.passwordDifferent') : undefined}
        onChange={(event) => props.onChange({ first, again: event.currentTarget.value })}
        onBlur={() => setLeft((was) => ({ ...was, again: true }))}
        autoComplete="off"
        spellCheck={false}
        visibilityToggleButtonProps={{ 'aria-label': text('security.passwordShow') }}
        mb="sm"
      />
    </>
  )
}
