import { Button, Group, NativeSelect, Text } from '@mantine/core'
import { useState } from 'react'
import { useCall, useCallMutation } from '#renderer/api/call.ts'
import { useMay } from '#renderer/api/desk.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { CaseRow } from '#shared/cases/contract.ts'

/** Asks for somebody else's case; shown where the case itself may not be opened. */
export function AskFor({ row }: { readonly row: CaseRow }) {
  const text = useText()
  const may = useMay()
  const ask = useCallMutation('cases.askFor')
  if (!may('case.askFor')) return null
  if (ask.isSuccess) return <small role="status">{text('cases.askedFor')}</small>
  return (
    <>
      <Button
        variant="default"
        size="compact-xs"
        loading={ask.isPending}
        aria-label={text('cases.askForOf', { number: row.number })}
        onClick={() => ask.mutate({ caseId: row.id })}
      >
        {text('cases.askFor')}
      </Button>
      <FailureNotice error={ask.error} />
    </>
  )
}

/** Whose case it is, who asks for it, and giving it to somebody. */
export function AssignCase({ row }: { readonly row: CaseRow }) {
  const text = useText()
  const people = useCall('cases.counsellors', {})
  const [chosen, setChosen] = useState('')
  const assign = useCallMutation('cases.assign', () => setChosen(''))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen !== '' && !assign.isPending) assign.mutate({ caseId: row.id, userId: chosen })
      }}
    >
      {row.askedBy !== '' && <Text fw={700}>{text('cases.askedBy', { name: row.askedBy })}</Text>}
      <Group gap="sm" align="flex-end" my="sm">
        <NativeSelect
          label={text('cases.assignTo')}
          value={chosen}
          data={[{ value: '', label: '' }, ...(people.data ?? []).map((p) => ({ value: p.id, label: p.name }))]}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={assign.isPending} disabled={chosen === ''}>
          {text('cases.assign')}
        </Button>
      </Group>
      <FailureNotice error={people.error ?? assign.error} />
    </form>
  )
}
