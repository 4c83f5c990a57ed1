import { useState } from 'react'
import { useCall } from '#renderer/api/call.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { SuggestField, type FieldParts } from '#renderer/ui/suggest-field.tsx'
import { codedTextCharactersMax, placeCode, readCodedText, retyped, writeCodedText } from '#shared/reference/coded-text.ts'
import { UnitField } from './unit-field.tsx'
import { usePlaceWords, usePlaces } from './use-places.ts'

/**
 * Where something is: a unit of the gazetteer, a village or quarter beside its unit, or what was typed.
 *
 * `value` is the stored place (`CM004005002`, `CM004005002:Mémé`, `Mémé`), '' for none; every keystroke is given out, so that a place that
 * nobody knows is kept as it was typed.
 */
export function PlaceField(props: FieldParts & { readonly value: string; readonly onChange: (value: string) => void }) {
  const { value, onChange, ...field } = props
  const text = useText()
  const language = useLanguage()
  const [typed, setTyped] = useState<string>()
  const places = usePlaces(typed ?? '')
  const stored = readCodedText(value, placeCode)
  const unit = useCall('directory.place', { pcode: stored.code }, stored.code !== '' && stored.text === '')
  const words = usePlaceWords(value)
  const shown = stored.text === '' && stored.code !== '' ? (unit.data?.name[language] ?? stored.code) : stored.text
  return (
    <div>
      <SuggestField
        {...field}
        text={typed ?? shown}
        help={
          value === ''
            ? text('pickers.placeHelp')
            : stored.code === ''
              ? text('pickers.placeAsTyped')
              : (words ?? text('pickers.placeHelp'))
        }
        charactersMax={codedTextCharactersMax}
        suggestions={places.suggestions}
        onText={(now) => {
          setTyped(now)
          onChange(writeCodedText(retyped(stored, now)))
        }}
        onChoose={(key) => {
          const row = places.at(key)
          setTyped(undefined)
          if (row) onChange(writeCodedText({ code: row.pcode, text: row.locality }))
        }}
        onLeave={() => setTyped(undefined)}
      />
      {stored.text !== '' && (
        <div className="nearest-unit">
          <UnitField
            label={text('pickers.nearestUnit')}
            disabled={field.disabled ?? false}
            pcode={stored.code}
            onChange={(code) => onChange(writeCodedText({ ...stored, code }))}
          />
        </div>
      )}
    </div>
  )
}
