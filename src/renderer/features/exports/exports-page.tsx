import { Button, Text, Textarea, Title } from '@mantine/core'
import { useState } from 'react'
import { call, useCall } from '#renderer/api/call.ts'
import { useMay } from '#renderer/api/desk.ts'
import { useDoing } from '#renderer/api/use-doing.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { PageHeading } from '#renderer/ui/page-heading.tsx'
import { ExportRequests } from './export-requests.tsx'
import '#renderer/ui/list-table.css'

/** Rows without names: what would leave, who asked for them, and who said yes. */
export function ExportsPage() {
  const text = useText()
  const may = useMay()
  const list = useCall('exports.list', {})
  const reload = () => void list.refetch()
  return (
    <>
      <PageHeading title={text('exports.title')} explanation={text('exports.explanation')} />
      <WhatWouldLeave />
      {may('export.ask') ? <AskForExport onAsked={reload} /> : null}
      <FailureNotice error={list.error} onRetry={reload} />
      {list.data === undefined ? null : <ExportRequests requests={list.data} onChanged={reload} />}
    </>
  )
}

function WhatWouldLeave() {
  const text = useText()
  const count = useCall('exports.count', {})
  const shown = (n: number | null) => (n === null ? text('exports.few') : String(n))
  return (
    <section className="page-card" aria-labelledby="would-leave">
      <Title order={2} size="h4" mb="xs" id="would-leave">
        {text('exports.countTitle')}
      </Title>
      <FailureNotice error={count.error} onRetry={() => void count.refetch()} />
      {count.data === undefined ? null : (
        <table className="plain-table">
          <tbody>
            {(['rows', 'columns', 'minors', 'notCounted', 'rare'] as const).map((what) => (
              <tr key={what}>
                <th scope="row">{text(`exports.${what}`)}</th>
                <td>{shown(count.data[what])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function AskForExport({ onAsked }: { readonly onAsked: () => void }) {
  const text = useText()
  const [purpose, setPurpose] = useState('')
  const [isAsked, setAsked] = useState(false)
  const { error, run } = useDoing()
  const ask = () => {
    setAsked(false)
    return run(async () => {
      await call('exports.ask', { purpose })
      setPurpose('')
      setAsked(true)
      onAsked()
    })
  }
  return (
    <section className="page-card" aria-labelledby="ask-export">
      <Title order={2} size="h4" mb="xs" id="ask-export">
        {text('exports.askTitle')}
      </Title>
      <Textarea
        label={text('exports.purpose')}
        value={purpose}
        maxLength={300}
        mb="sm"
        onChange={(event) => setPurpose(event.currentTarget.value)}
      />
      <FailureNotice error={error} />
      <Button onClick={() => void ask()}>{text('exports.ask')}</Button>
      <div role="status">{isAsked ? <Text mt="sm">{text('exports.asked')}</Text> : null}</div>
    </section>
  )
}
