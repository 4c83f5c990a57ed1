import { Button, Group, Text, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import { call } from '#renderer/api/call.ts'
import { useMay } from '#renderer/api/desk.ts'
import { useJob } from '#renderer/api/job.ts'
import { useDoing } from '#renderer/api/use-doing.ts'
import { formatInstant } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { ProgressNotice } from '#renderer/ui/progress-notice.tsx'
import type { ExportRequest } from '#shared/exports/contract.ts'

const kinds = [
  { kind: 'xlsx', purpose: 'rows-xlsx', name: 'exports.writeXlsx' },
  { kind: 'csv', purpose: 'rows-csv', name: 'exports.writeCsv' },
  { kind: 'dictionary', purpose: 'rows-csv', name: 'exports.writeDictionary' },
] as const
type Kind = (typeof kinds)[number]

/** The requests, with what each person here may do about them. */
export function ExportRequests(props: { readonly requests: readonly ExportRequest[]; readonly onChanged: () => void }) {
  const { requests, onChanged } = props
  const text = useText()
  const job = useJob()
  const [told, setTold] = useState('')
  const doing = useDoing()

  const run = async (work: () => Promise<void>) => {
    setTold('')
    await doing.run(work)
    job.end()
    onChanged()
  }
  const write = async (id: string, { kind, purpose }: Kind) => {
    const { file } = await call('files.choose', { purpose, title: text('exports.chooseTitle') })
    if (file === null) return
    const { fileName } = await call('exports.write', { id, file, kind, job: job.begin() })
    setTold(text('exports.written', { file: fileName }))
  }
  const decide = async (id: string, allow: boolean, reason: string) => {
    await call('exports.decide', { id, allow, reason })
  }

  return (
    <section className="page-card" aria-labelledby="export-requests">
      <Title order={2} size="h4" mb="xs" id="export-requests">
        {text('exports.listTitle')}
      </Title>
      {job.progress === null ? null : (
        <ProgressNotice label={text('exports.writing')} progress={job.progress} onCancel={job.cancel} />
      )}
      <FailureNotice error={doing.error} />
      <div role="status">{told === '' ? null : <Text mb="sm">{told}</Text>}</div>
      {requests.length === 0 ? (
        <Text c="dimmed">{text('exports.none')}</Text>
      ) : (
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{text('exports.purposeColumn')}</th>
              <th scope="col">{text('exports.state')}</th>
              <th scope="col">{text('exports.actions')}</th>
            </tr>
          </thead>
          <tbody>
            {requests.map((request) => (
              <RequestRow
                key={request.id}
                request={request}
                isBusy={job.progress !== null}
                onDecide={(allow, reason) => void run(() => decide(request.id, allow, reason))}
                onWrite={(kind) => void run(() => write(request.id, kind))}
              />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function RequestRow(props: {
  readonly request: ExportRequest
  readonly isBusy: boolean
  readonly onDecide: (allow: boolean, reason: string) => void
  readonly onWrite: (kind: Kind) => void
}) {
  const { request, isBusy, onDecide, onWrite } = props
  const text = useText()
  return (
    <tr>
      <td>
        {request.purpose}
        <br />
        <span className="quiet">{text('exports.by', { name: request.askedBy, date: formatInstant(request.askedAt) })}</span>
      </td>
      <td>
        {text(`exports.states.${request.state}`)}
        {request.decidedAt === null ? null : (
          <>
            <br />
            <span className="quiet">
              {text('exports.decidedBy', { name: request.decidedBy ?? '', date: formatInstant(request.decidedAt) })}
            </span>
          </>
        )}
        {request.reason === null ? null : (
          <>
            <br />
            {request.reason}
          </>
        )}
      </td>
      <td>
        {request.state === 'asked' ? <Decision request={request} onDecide={onDecide} /> : null}
        {request.own && (request.state === 'allowed' || request.state === 'written') ? (
          <Group gap="xs">
            {kinds.map((kind) => (
              <Button key={kind.kind} size="xs" variant="default" disabled={isBusy} onClick={() => onWrite(kind)}>
                {text(kind.name)}
              </Button>
            ))}
          </Group>
        ) : null}
      </td>
    </tr>
  )
}

function Decision(props: { readonly request: ExportRequest; readonly onDecide: (allow: boolean, reason: string) => void }) {
  const { request, onDecide } = props
  const text = useText()
  const may = useMay()
  const [reason, setReason] = useState('')
  if (request.own) return <Text c="dimmed">{text('exports.ownRequest')}</Text>
  if (!may('export.allow')) return null
  return (
    <Group gap="xs" align="flex-end">
      <Button size="xs" onClick={() => onDecide(true, '')}>
        {text('exports.allow')}
      </Button>
      <TextInput
        label={text('exports.reason')}
        aria-label={text('exports.reasonFor', { purpose: request.purpose })}
        value={reason}
        maxLength={300}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button size="xs" variant="default" onClick={() => onDecide(false, reason)}>
        {text('exports.refuse')}
      </Button>
    </Group>
  )
}
