import { Alert } from '@mantine/core'
import { useText } from '#renderer/i18n/text.tsx'
import type { TextWarning } from '#shared/cases/contract.ts'

/** Saved texts that hold what should not stand there, each a way into its field; nothing is refused. */
export function TextWarnings(props: {
  readonly warnings: readonly TextWarning[]
  readonly labelOf: (question: string) => string
  readonly onGo: (question: string) => void
}) {
  const { warnings } = props
  const text = useText()
  return (
    <div role="status">
      {warnings.length > 0 && (
        <Alert color="amber" mb="sm" title={text('forms.guardTitle')}>
          <ul>
            {warnings.map(({ question, findings }) => (
              <li key={question}>
                <a
                  href="#warnings"
                  onClick={(event) => {
                    event.preventDefault()
                    props.onGo(question)
                  }}
                >
                  {text('common.labelled', {
                    label: props.labelOf(question),
                    words: findings.map((f) => text(`forms.findings.${f}`)).join(', '),
                  })}
                </a>
              </li>
            ))}
          </ul>
          {text('forms.guardHint')}
        </Alert>
      )}
    </div>
  )
}
