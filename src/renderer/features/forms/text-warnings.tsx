import { Alert } from '@mantine/core'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import type { TextWarning } from '#shared/cases/contract.ts'
import { findQuestion } from '#shared/forms/check-answers.ts'
import type { FormDefinition } from '#shared/forms/form-definition.ts'
import { focusQuestion } from './focus-question.ts'

/** Saved texts that hold what should not stand there, each a way into its field; nothing is refused. */
export function TextWarnings({ form, warnings }: { readonly form: FormDefinition; readonly warnings: readonly TextWarning[] }) {
  const text = useText()
  const language = useLanguage()
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
                    focusQuestion(question)
                  }}
                >
                  {text('common.labelled', {
                    label: findQuestion(form, question)?.question.label[language] ?? '',
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
