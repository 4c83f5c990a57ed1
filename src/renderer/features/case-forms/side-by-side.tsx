import '#renderer/ui/list-table.css'
import { Button, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '#renderer/api/call.ts'
import { compiledOnce } from '#renderer/features/forms/index.ts'
import { formatDay } from '#renderer/i18n/format.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { CaseFormRow } from '#shared/case-forms/contract.ts'
import { sideBySide, visitForm, type Cell, type Round } from '#shared/case-forms/side-by-side.ts'
import type { CompiledForm } from '#shared/forms/compile-form.ts'
import { answerRefused, answerUnknown, type Answers } from '#shared/forms/form-definition.ts'

/** As many as stand beside each other on a narrow screen. */
const visitsMax = 5

interface StartProps {
  /** The profile as this reader sees it, and the day of its last change. */
  readonly form: CompiledForm
  readonly answers: Answers
  readonly on: string
}

async function roundOf(row: CaseFormRow): Promise<Round> {
  const [file, pack] = await Promise.all([
    call('caseForms.get', { caseFormId: row.id }),
    call('caseForms.pack', { form: row.form, version: row.formVersion }),
  ])
  return { form: compiledOnce(pack), answers: { ...file.answers, ...file.facts }, on: row.on }
}

/** The profile and the finished visits beside each other; read only when it is opened, since reading is audited. */
export function SideBySide({ rows, ...start }: StartProps & { readonly rows: readonly CaseFormRow[] }) {
  const text = useText()
  const [opened, setOpened] = useState(false)
  const visits = rows
    .filter((r) => r.form === visitForm && r.state === 'done' && r.isReadable)
    .slice(0, visitsMax)
    .toReversed()
  const read = useQuery({
    queryKey: ['caseForms.get', visits.map((v) => v.id)],
    queryFn: () => Promise.all(visits.map(roundOf)),
    enabled: opened && visits.length > 0,
  })
  if (visits.length === 0) return null
  return (
    <>
      {!opened && (
        <Button variant="default" size="xs" mt="xs" onClick={() => setOpened(true)}>
          {text('caseForms.compare')}
        </Button>
      )}
      <FailureNotice error={read.error} onRetry={() => void read.refetch()} />
      {opened && read.data && <Measures start={start} visits={read.data} />}
    </>
  )
}

/** One line for each question that was asked again, one column for each day. */
export function Measures({ start, visits }: { readonly start: StartProps; readonly visits: readonly Round[] }) {
  const text = useText()
  const language = useLanguage()
  const rows = sideBySide(start, visits)
  if (rows.length === 0) return <Text c="dimmed">{text('caseForms.nothingToCompare')}</Text>
  return (
    <table className="list-table plain">
      <caption>{text('caseForms.compared')}</caption>
      <thead>
        <tr>
          <th scope="col">{text('caseForms.question')}</th>
          <th scope="col">{text('caseForms.profile')}</th>
          {visits.map((v, n) => (
            <th key={n} scope="col">
              {text('caseForms.visitOn', { day: formatDay(v.on) })}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">{row.label[language]}</th>
            {row.cells.map((cell, n) => (
              <td key={n}>{cell === null ? <Text c="dimmed">{text('caseForms.notAnswered')}</Text> : <Words cell={cell} />}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Words({ cell: { answer, choice, change } }: { readonly cell: Cell }) {
  const text = useText()
  const language = useLanguage()
  const said =
    choice?.[language] ??
    (answer === answerUnknown ? text('forms.unknown') : answer === answerRefused ? text('forms.refused') : String(answer))
  if (change === undefined || change === 0) return said
  return text('caseForms.changedBy', { value: said, change: `${change > 0 ? '+' : '−'}${Math.abs(change)}` })
}
