import { Group, NativeSelect, TextInput } from '@mantine/core'
import { useCall } from '#renderer/api/call.ts'
import { UnitField } from '#renderer/features/pickers/index.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'

export interface ServiceFilter {
  readonly text: string
  readonly sector: string
  readonly pcode: string
}
export const noFilter: ServiceFilter = { text: '', sector: '', pcode: '' }

/** Words, sector and place of a service search. */
export function ServiceFilters({
  filter,
  onChange,
}: {
  readonly filter: ServiceFilter
  readonly onChange: (filter: ServiceFilter) => void
}) {
  const text = useText()
  const language = useLanguage()
  const taxonomy = useCall('directory.taxonomy', {})
  const sectors = (taxonomy.data ?? []).filter((t) => t.parent === null)
  return (
    <Group align="flex-start" mb="sm">
      <TextInput
        label={text('directory.search')}
        type="search"
        value={filter.text}
        autoComplete="off"
        spellCheck={false}
        onChange={(e) => onChange({ ...filter, text: e.currentTarget.value })}
      />
      <NativeSelect
        label={text('directory.sector')}
        value={filter.sector}
        onChange={(e) => onChange({ ...filter, sector: e.currentTarget.value })}
        data={[
          { value: '', label: text('directory.allSectors') },
          ...sectors.map((s) => ({ value: s.code, label: s.label[language] })),
        ]}
      />
      <UnitField label={text('directory.place')} pcode={filter.pcode} onChange={(pcode) => onChange({ ...filter, pcode })} />
    </Group>
  )
}
