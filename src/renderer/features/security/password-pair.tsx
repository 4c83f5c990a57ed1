import { PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { useText } from '#renderer/i18n/text.tsx'
import type { Correction } from '#renderer/ui/corrections.tsx'

const charactersMin = 10

export interface TypedPair {
  readonly first: string
  readonly again: string
}

/** What is wrong with a typed pair, as a form lists it; the centre checks the other rules. */
export function usePairCorrections(label: string, pair: TypedPair): readonly Correction[] {
  const text = useText()
  const length = [...pair.first.normalize('NFKC')].length
  if (length < charactersMin) return [{ field: 'password-first', label, message: text('security.passwordShort', { length }) }]
  if (pair.first === pair.again) return []
  return [{ field: 'password-again', label: text('security.passwordAgain'), message: text('security.passwordDifferent') }]
}

/** A new password, twice, with its rules before it is typed and its faults once a field was left. */
export function PasswordPair(props: {
  readonly label: string
  readonly value: TypedPair
  readonly onChange: (pair: TypedPair) => void
  /** The form was sent: what is missing is wrong now. */
  readonly tried: boolean
}) {
  const text = useText()
  const [left, setLeft] = useState({ first: false, again: false })
  const { first, again } = props.value
  const corrections = usePairCorrections(props.label, props.value)
  const faultOf = (field: string, shown: boolean) => (shown ? corrections.find((c) => c.field === field)?.message : undefined)
  return (
    <>
      <PasswordInput
        id="password-first"
        label={props.label}
        description={text('security.passwordRules')}
        value={first}
        error={faultOf('password-first', props.tried || (left.first && first !== ''))}
        onChange={(event) => props.onChange({ first: event.currentTarget.value, again })}
        onBlur={() => setLeft((was) => ({ ...was, first: true }))}
        autoComplete="off"
        spellCheck={false}
        visibilityToggleButtonProps={{ 'aria-label': text('security.passwordShow') }}
        mb="sm"
      />
      <PasswordInput
        id="password-again"
        label={text('security.passwordAgain')}
        value={again}
        error={faultOf('password-again', props.tried || (left.again && again !== ''))}
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
