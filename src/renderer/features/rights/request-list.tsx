import { Button, Group, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useCallMutation } from '#renderer/api/call.ts'
import { useMay } from '#renderer/api/desk.ts'
import { formatDay } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { RequestShown } from '#shared/rights/contract.ts'

/** What the person asked, until when it is answered, and who has to do something now. */
export function RequestList(props: {
  readonly caseId: string
  readonly rows: readonly RequestShown[]
  readonly editable: boolean
}) {
  return (
    <ul className="request-list">
      {props.rows.map((row) => (
        <li key={row.id}>
          <Request {...props} row={row} />
        </li>
      ))}
    </ul>
  )
}

function Request({ caseId, row, editable }: { readonly caseId: string; readonly row: RequestShown; readonly editable: boolean }) {
  const text = useText()
  const may = useMay()
  const decide = useCallMutation('rights.decide')
  const finish = useCallMutation('rights.finish')
  const [refusing, setRefusing] = useState(false)
  const [reason, setReason] = useState('')
  const on = formatDay(row.on)
  const state =
    row.doneOn === null
      ? text('rights.requestDue', { on, due: formatDay(row.dueOn) })
      : row.decision === 'refused'
        ? text('rights.requestRefused', { on, day: formatDay(row.doneOn), reason: row.reason })
        : text('rights.requestDone', { on, day: formatDay(row.doneOn) })
  const open = row.doneOn === null
  const waits = open && row.kind === 'correction' && row.decision === null
  return (
    <>
      <Text component="div">
        <strong>{text(`rights.requestKinds.${row.kind}`)}</strong> — {state}
        {row.about !== '' && <div className="quoted">{row.about}</div>}
        {waits && <div>{text('rights.requestWaits')}</div>}
        {open && row.decision === 'accepted' && <div>{text('rights.requestAccepted')}</div>}
      </Text>
      <FailureNotice error={decide.error ?? finish.error} />
      {editable && (
        <Group gap="sm" my={4}>
          {waits && may('request.decide') && !refusing && (
            <>
              <Button
                size="compact-sm"
                loading={decide.isPending}
                onClick={() => decide.mutate({ caseId, request: row.id, accept: true, reason: '' })}
              >
                {text('rights.requestAccept')}
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => setRefusing(true)}>
                {text('rights.requestRefuse')}
              </Button>
            </>
          )}
          {open && !waits && may('request.finish') && (
            <Button
              size="compact-sm"
              variant="default"
              loading={finish.isPending}
              onClick={() => finish.mutate({ caseId, request: row.id })}
            >
              {text('rights.requestFinish')}
            </Button>
          )}
        </Group>
      )}
      {refusing && waits && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (reason.trim() !== '') decide.mutate({ caseId, request: row.id, accept: false, reason })
          }}
        >
          <Group align="flex-end" gap="sm">
            <TextInput
              label={text('rights.requestReason')}
              value={reason}
              maxLength={200}
              autoFocus
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <Button type="submit" variant="default" loading={decide.isPending} disabled={reason.trim() === ''}>
              {text('rights.requestRefuseGo')}
            </Button>
          </Group>
        </form>
      )}
    </>
  )
}
