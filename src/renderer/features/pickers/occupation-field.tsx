import { startTransition, useDeferredValue, useState } from 'react'
import { useCall } from '#renderer/api/call.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { SuggestField, type FieldParts } from '#renderer/ui/suggest-field.tsx'
import { codedTextCharactersMax, occupationCode, readCodedText, retyped, writeCodedText } from '#shared/reference/coded-text.ts'

/**
 * A trade as the person says it, with the unit group of ISCO-08 where one fits.
 *
 * `value` is the stored occupation (`7212:Soudeur`, or the text alone), '' for none; every keystroke is given out to `onType`, a choice to `onChange`.
 */
export function OccupationField(
  props: FieldParts & {
    readonly value: string
    readonly onChange: (value: string) => void
    readonly onType: (value: string) => void
  },
) {
  const { value, onChange, onType, ...field } = props
  const text = useText()
  const language = useLanguage()
  const [typed, setTyped] = useState<string>()
  const stored = readCodedText(value, occupationCode)
  // the answer as it was before this typing: letter by letter every other text would be near to the one before it
  const [before, setBefore] = useState(stored)
  const group = useCall('forms.occupation', { code: stored.code }, stored.code !== '')
  // what is found may follow a key
  const wanted = useDeferredValue((typed ?? '').trim())
  const found = useCall('forms.occupations', { text: wanted }, wanted.length > 1)
  const [last, setLast] = useState(found.data)
  if (found.data && found.data !== last) setLast(found.data)
  const rows = wanted.length > 1 ? (found.data ?? last ?? []) : []
  return (
    <SuggestField
      {...field}
      text={typed ?? (stored.text === '' ? (group.data?.label[language] ?? stored.code) : stored.text)}
      help={
        value === ''
          ? text('pickers.occupationHelp')
          : stored.code === ''
            ? text('pickers.occupationAsTyped')
            : text('pickers.occupationGroup', { title: group.data?.label[language] ?? '', code: stored.code })
      }
      charactersMax={codedTextCharactersMax}
      suggestions={rows.map((row) => ({
        key: row.code,
        label: row.word === '' ? row.label[language] : row.word,
        details: row.word === '' ? [] : [row.label[language]],
      }))}
      onText={(now) => {
        const was = typed === undefined ? stored : before
        setBefore(was)
        setTyped(now)
        onType(writeCodedText(retyped(was, now)))
      }}
      onChoose={(code) => {
        const row = rows.find((r) => r.code === code)
        setTyped(undefined)
        if (row) onChange(writeCodedText({ code, text: row.word === '' ? row.label[language] : row.word }))
      }}
      onLeave={() => startTransition(() => setTyped(undefined))}
    />
  )
}
