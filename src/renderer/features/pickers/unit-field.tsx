import { useState } from 'react'
import { useCall } from '#renderer/api/call.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { SuggestField, type FieldParts } from '#renderer/ui/suggest-field.tsx'
import { usePlaces } from './use-places.ts'

/** A region, department or arrondissement, looked for by its name or by that of a village in it. `pcode` '' = none. */
export function UnitField(props: FieldParts & { readonly pcode: string; readonly onChange: (pcode: string) => void }) {
  const { pcode, onChange, ...field } = props
  const text = useText()
  const language = useLanguage()
  const [typed, setTyped] = useState<string>()
  const [left, setLeft] = useState(false)
  const chosen = useCall('directory.place', { pcode }, pcode !== '')
  const places = usePlaces(typed ?? '')
  const unchosen = left && typed !== undefined && typed.trim() !== ''
  return (
    <SuggestField
      {...field}
      error={unchosen ? text('pickers.unitUnchosen') : field.error}
      text={typed ?? (pcode === '' ? '' : (chosen.data?.name[language] ?? pcode))}
      help={typed === undefined && chosen.data && pcode !== '' ? chosen.data.within[language] : text('pickers.unitHelp')}
      charactersMax={60}
      suggestions={places.suggestions}
      onText={(now) => {
        setTyped(now)
        setLeft(false)
        if (pcode !== '') onChange('')
      }}
      onChoose={(key) => {
        setTyped(undefined)
        onChange(places.at(key)?.pcode ?? '')
      }}
      onLeave={() => setLeft(true)}
    />
  )
}
