import { Textarea } from '@mantine/core'
import { useText } from '#renderer/i18n/text.tsx'
import { readTypedShare, shareGroupCount } from '#shared/sync/paper-share.ts'

/** Two sheets being typed back: which sheet it is, and a wrong letter, are told while one types. */
export function SheetFields(props: {
  readonly sheets: readonly [string, string]
  readonly onChange: (sheets: readonly [string, string]) => void
}) {
  const [first, second] = props.sheets
  return (
    <>
      <SheetField n={1} value={first} onChange={(value) => props.onChange([value, second])} />
      <SheetField n={2} value={second} onChange={(value) => props.onChange([first, value])} />
    </>
  )
}

/** Id of the field of the first or second sheet. */
export const sheetFieldId = (n: number): string => `national-sheet-${n}`

function SheetField(props: { readonly n: number; readonly value: string; readonly onChange: (value: string) => void }) {
  const text = useText()
  const { groups, wrong, sheet, bytes } = readTypedShare(props.value)
  const last = groups.at(-1)?.length ?? 0
  // the group that is being typed is not called wrong before it is finished
  const fault = wrong.find((g) => g < groups.length || last >= 5)
  const told = [
    ...(sheet ? [text('roster.sheetIs', { number: sheet.number, mark: sheet.ceremony })] : []),
    bytes
      ? text('roster.sheetWhole')
      : text('roster.sheetProgress', { done: Math.min(groups.length, shareGroupCount), all: shareGroupCount }),
  ].join(' ')
  return (
    <Textarea
      id={sheetFieldId(props.n)}
      mb="sm"
      label={text('roster.sheetLabel', { n: props.n })}
      description={told}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      error={fault === undefined ? undefined : text('roster.groupWrong', { group: fault, typed: groups[fault - 1] ?? '' })}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      autosize
      minRows={2}
      maxRows={4}
      autoComplete="off"
      spellCheck={false}
      styles={{ input: { fontFamily: 'monospace', textTransform: 'uppercase' } }}
    />
  )
}

/** True when both sheets are typed to their end without a fault. */
export function areWhole(sheets: readonly [string, string]): boolean {
  return sheets.every((s) => readTypedShare(s).bytes !== undefined)
}
