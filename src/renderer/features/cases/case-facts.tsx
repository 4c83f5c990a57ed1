import { formatDay } from '#renderer/i18n/format.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import type { CaseFile } from '#shared/cases/contract.ts'
import type { CompiledForm } from '#shared/forms/compile-form.ts'
import { answerRefused, answerUnknown } from '#shared/forms/form-definition.ts'

/** Answers that one needs before speaking to the person, under the words of the card. */
const told = ['sex', 'interview_language', 'main_language', 'interviewer_sex_pref', 'safe_contact_methods', 'phone_safe'] as const

/** What matters of a person at a glance, in a grid. Never category, group, place or telephone number. */
export function CaseFacts({ form, file }: { readonly form: CompiledForm; readonly file: CaseFile }) {
  const text = useText()
  const language = useLanguage()
  const { row, answers } = file
  const rowOf = (name: string) => form.tree.byName.get(name)?.row
  const shown = (name: string): string => {
    const answer = answers[name]
    if (answer === answerUnknown) return text('forms.unknown')
    if (answer === answerRefused) return text('forms.refused')
    const choices = form.pack.choices[rowOf(name)?.list ?? ''] ?? []
    const codes = Array.isArray(answer) ? answer : [answer]
    return codes.flatMap((code) => choices.find((c) => c.name === code)?.label[language] ?? []).join(', ')
  }
  const age = row.ageYears === null ? text('cases.ageUnknown') : text('cases.years', { age: row.ageYears })
  const facts: readonly (readonly [string, string])[] = [
    [text('cases.age'), age],
    ...told.map((name) => [rowOf(name)?.label?.[language] ?? '', shown(name)] as const),
    [text('cases.registered'), formatDay(row.registeredOn)],
    [text('cases.completeness'), text('cases.filled', { answered: row.answered, asked: row.toAnswer })],
  ]
  return (
    <dl className="case-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value === '' ? text('cases.notSaid') : value}</dd>
        </div>
      ))}
    </dl>
  )
}
