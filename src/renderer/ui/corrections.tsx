import { Alert, Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useText } from '#renderer/i18n/text.tsx'

export interface Correction {
  readonly field: string
  /** The field's name on screen. */
  readonly label: string
  /** What is wrong and what to do. */
  readonly message: string
}

/**
 * The fields to correct, at the top of a form, each a link that puts the focus into its field.
 *
 * `takeFocus` changes when the form was refused: then the list takes the focus, so that it is read first. Shows nothing for none.
 */
export function Corrections(props: {
  readonly title: string
  readonly corrections: readonly Correction[]
  readonly onGo: (field: string) => void
  readonly takeFocus?: number
}) {
  const text = useText()
  const box = useRef<HTMLDivElement>(null)
  const { takeFocus = 0 } = props
  useEffect(() => {
    if (takeFocus > 0) box.current?.focus()
  }, [takeFocus])
  if (props.corrections.length === 0) return null
  return (
    <Alert color="brick" role="alert" mb="md" ref={box} tabIndex={-1} className="corrections">
      <Text fw={700}>{props.title}</Text>
      <ul>
        {props.corrections.map(({ field, label, message }) => (
          <li key={field}>
            <a
              href="#corrections"
              onClick={(event) => {
                event.preventDefault()
                props.onGo(field)
              }}
            >
              {text('common.labelled', { label, words: message })}
            </a>
          </li>
        ))}
      </ul>
    </Alert>
  )
}
