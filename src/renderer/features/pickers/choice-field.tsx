import { Button } from '@mantine/core'
import { useState } from 'react'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { SuggestField, type FieldParts } from '#renderer/ui/suggest-field.tsx'
import { searchChoices } from '#shared/reference/search-choices.ts'
import { useListFacts } from './list-facts.ts'

/** A choice of a list, in the languages that the form has. */
export interface OfferedChoice {
  readonly name: string
  readonly label: Readonly<Record<string, string>>
}

interface ListParts extends FieldParts {
  /** The name of the form's list: what stands beside its choices. */
  readonly list: string
  readonly choices: readonly OfferedChoice[]
}

/** The choices that a text looks for, as suggestions. */
function useChoices({ list, choices }: Pick<ListParts, 'list' | 'choices'>, typed: string, without: readonly string[]) {
  const language = useLanguage()
  const facts = useListFacts(list)
  const labelOf = (code: string) => choices.find((c) => c.name === code)?.label[language] ?? code
  const found = searchChoices(
    choices
      .filter((c) => !without.includes(c.name))
      .map((c) => ({ code: c.name, names: [...Object.values(c.label), ...facts.names(c.name)] })),
    typed,
  )
  return {
    labelOf,
    inWords: facts.inWords,
    field: {
      ...(facts.headings ? { headings: facts.headings } : {}),
      suggestions: found.map((code) => ({ key: code, label: labelOf(code), details: facts.details(code, labelOf(code)) })),
      opensEmpty: true,
      charactersMax: 60,
    },
  }
}

/** One choice of a list, looked for by any of its names; the whole list is there before anything is typed. `value` '' = none. */
export function ChoiceField(props: ListParts & { readonly value: string; readonly onChange: (code: string) => void }) {
  const { value, onChange, list, choices, ...field } = props
  const text = useText()
  const [typed, setTyped] = useState<string>()
  const [left, setLeft] = useState(false)
  const found = useChoices({ list, choices }, typed ?? '', [])
  const unchosen = left && typed !== undefined && typed.trim() !== ''
  const beside = typed === undefined && value !== '' ? found.inWords(value) : ''
  return (
    <div data-list={list}>
      <SuggestField
        {...field}
        {...found.field}
        error={unchosen ? text('pickers.choiceUnchosen') : field.error}
        text={typed ?? (value === '' ? '' : found.labelOf(value))}
        help={beside === '' ? text('pickers.choiceHelp') : beside}
        onText={(now) => {
          setTyped(now)
          setLeft(false)
          if (value !== '') onChange('')
        }}
        onChoose={(code) => {
          setTyped(undefined)
          onChange(code)
        }}
        onLeave={() => setLeft(true)}
      />
    </div>
  )
}

/** Several choices of a list: those that were chosen, each with a way to take it out, and a field that adds one. */
export function ChoicesField(
  props: ListParts & { readonly value: readonly string[]; readonly onChange: (codes: string[]) => void },
) {
  const { value, onChange, list, choices, ...field } = props
  const text = useText()
  const [typed, setTyped] = useState('')
  const [left, setLeft] = useState(false)
  const found = useChoices({ list, choices }, typed, value)
  return (
    <div data-list={list}>
      <SuggestField
        {...field}
        {...found.field}
        error={left && typed.trim() !== '' ? text('pickers.choiceUnchosen') : field.error}
        text={typed}
        help={text('pickers.choicesHelp')}
        onText={(now) => {
          setTyped(now)
          setLeft(false)
        }}
        onChoose={(code) => {
          setTyped('')
          onChange([...value, code])
        }}
        onLeave={() => setLeft(true)}
      />
      {value.length > 0 && (
        <ul className="chosen-list" aria-label={text('pickers.chosen', { label: field.label })}>
          {value.map((code) => (
            <li key={code}>
              <bdi>{found.labelOf(code)}</bdi>
              <Button
                variant="subtle"
                size="compact-sm"
                disabled={field.disabled ?? false}
                aria-label={text('pickers.takeOutOf', { name: found.labelOf(code) })}
                onClick={() => onChange(value.filter((c) => c !== code))}
              >
                {text('pickers.takeOut')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
