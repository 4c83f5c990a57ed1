import { Button, Group, Text, TextInput } from '@mantine/core'
import { useId, useState } from 'react'
import { useCall } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'

/** A place of the gazetteer, found by its name; what is above it tells homonyms apart (Mémé, Meme). `pcode` '' = none yet. */
export function PlaceField(props: {
  readonly label: string
  readonly pcode: string
  readonly onChange: (pcode: string) => void
  readonly error?: string | undefined
  readonly required?: boolean
  readonly disabled?: boolean
}) {
  const { label, pcode, onChange } = props
  const text = useText()
  const [typed, setTyped] = useState('')
  const listId = useId()
  const chosen = useCall('directory.place', { pcode }, pcode !== '')
  const found = useCall('directory.places', { text: typed }, pcode === '' && typed.trim().length >= 2)
  if (pcode !== '') {
    return (
      <div>
        <Text fw={500}>{label}</Text>
        <Group gap="sm">
          <Text>{chosen.data ? `${chosen.data.name} (${chosen.data.within})` : pcode}</Text>
          {props.disabled !== true && (
            <Button
              variant="subtle"
              size="compact-sm"
              aria-label={`${label} — ${text('forms.placeChange')}`}
              onClick={() => {
                setTyped('')
                onChange('')
              }}
            >
              {text('forms.placeChange')}
            </Button>
          )}
        </Group>
      </div>
    )
  }
  const rows = found.data ?? []
  return (
    <div>
      <TextInput
        label={label}
        description={text('forms.placeSearch')}
        required={props.required ?? false}
        disabled={props.disabled ?? false}
        error={props.error}
        value={typed}
        autoComplete="off"
        spellCheck={false}
        aria-controls={listId}
        onChange={(e) => setTyped(e.currentTarget.value)}
        onKeyDown={(e) => {
          const first = rows[0]
          if (e.key === 'Enter' && first) {
            e.preventDefault()
            onChange(first.pcode)
          }
        }}
      />
      <ul id={listId} className="place-list">
        {rows.slice(0, 8).map((p) => (
          <li key={p.pcode}>
            <button type="button" className="place-choice" onClick={() => onChange(p.pcode)}>
              <strong>{p.name}</strong> <span>{p.within}</span>
            </button>
          </li>
        ))}
      </ul>
      {typed.trim().length >= 2 && found.data?.length === 0 && (
        <Text size="sm" role="status">
          {text('forms.placeNone')}
        </Text>
      )}
    </div>
  )
}
