import { useState } from 'react'
import { useCall } from '#renderer/api/call.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import type { Suggestion } from '#renderer/ui/suggest-field.tsx'
import type { CallOutput } from '#shared/contract.ts'
import { placeCode, readCodedText } from '#shared/reference/coded-text.ts'

type PlaceRow = CallOutput<'directory.places'>[number]

const shortestSearch = 2
const longestSearch = 60

/** Places for what is typed, with all that is above each; the last list stays until the next one is there. */
export function usePlaces(typed: string): {
  readonly suggestions: readonly Suggestion[]
  readonly at: (key: string) => PlaceRow | undefined
} {
  const language = useLanguage()
  const wanted = typed.trim().slice(0, longestSearch)
  const searches = wanted.length >= shortestSearch
  const found = useCall('directory.places', { text: wanted }, searches)
  const [last, setLast] = useState(found.data)
  if (found.data && found.data !== last) setLast(found.data)
  const rows = searches ? (found.data ?? last ?? []) : []
  const key = (row: PlaceRow) => `${row.pcode}:${row.locality}`
  return {
    suggestions: rows.map((row) => {
      const name = row.name[language]
      const within = row.within[language]
      return row.locality === ''
        ? { key: key(row), label: name, details: within === '' ? [] : [within] }
        : { key: key(row), label: row.locality, details: [`${name}, ${within}`] }
    }),
    at: (wantedKey) => rows.find((row) => key(row) === wantedKey),
  }
}

/** A stored place as one reads it, its unit and what is above: "Mémé / Mora, Mayo-Sava, Extrême-Nord"; undefined until it is known. */
export function usePlaceWords(answer: string): string | undefined {
  const language = useLanguage()
  const text = useText()
  const { code, text: typed } = readCodedText(answer, placeCode)
  const place = useCall('directory.place', { pcode: code }, code !== '')
  if (answer === '') return undefined
  if (code === '') return typed
  if (!place.data) return undefined
  const unit = [place.data.name[language], place.data.within[language]].filter(Boolean).join(', ')
  return typed === '' ? unit : text('pickers.placeInUnit', { place: typed, unit })
}
