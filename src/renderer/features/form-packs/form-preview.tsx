import { SegmentedControl, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { isAsked, type FormPack, type SurveyRow } from '#shared/forms/form-pack.ts'
import './form-packs.css'

/** A form as those who fill it in will read it, section by section, in either language; nothing can be typed. */
export function FormPreview({ pack }: { readonly pack: FormPack }) {
  const text = useText()
  const [language, setLanguage] = useState<string>(useLanguage())
  return (
    <>
      <SegmentedControl
        mb="sm"
        aria-label={text('formPacks.previewLanguage')}
        value={language}
        onChange={setLanguage}
        data={pack.languages.map((l) => ({ value: l.code, label: l.name }))}
      />
      <div className="form-preview" lang={language}>
        {pack.survey.map((row, i) => (
          // a row has no other name than its place: groups end without one
          // eslint-disable-next-line react/no-array-index-key
          <Row key={i} row={row} pack={pack} language={language} />
        ))}
      </div>
    </>
  )
}

function Row(props: { readonly row: SurveyRow; readonly pack: FormPack; readonly language: string }) {
  const text = useText()
  const { row, pack, language } = props
  const said = row.label?.[language] ?? row.name
  const rule = row.relevant === undefined ? null : <Text size="sm">{text('formPacks.askedWhen', { rule: row.relevant })}</Text>
  if (row.type === 'end_group' || row.type === 'end_repeat' || row.type === 'hidden') return null
  if (row.type === 'begin_group' || row.type === 'begin_repeat')
    return (
      <>
        <Title order={3} size="h5" mt="md">
          {said}
          {row.type === 'begin_repeat' ? ` (${text('formPacks.repeats')})` : ''}
        </Title>
        {rule}
      </>
    )
  const choices = pack.choices[row.list ?? '']?.map((c) => c.label[language] ?? c.name)
  return (
    <div className="form-preview-question">
      <Text fw={isAsked(row) ? 700 : 400}>
        {said}
        {row.required === 'yes' ? ` (${text('formPacks.required')})` : ''}
      </Text>
      {row.hint?.[language] === undefined ? null : <Text size="sm">{row.hint[language]}</Text>}
      {row.calculation === undefined ? null : <Text size="sm">{text('formPacks.computed')}</Text>}
      {rule}
      {choices === undefined ? null : <Text size="sm">{choices.join(' · ')}</Text>}
    </div>
  )
}
