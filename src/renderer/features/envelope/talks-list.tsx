import { Button, Group, TextInput, Title } from '@mantine/core'
import { useEffect, useState } from 'react'
import { call } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { CallOutput } from '#shared/contract.ts'
import type { Envelope } from '#shared/envelope/envelope.ts'
import { useDoing } from '#renderer/api/use-doing.ts'

type Row = CallOutput<'envelope.list'>['rows'][number]
type CaseRow = CallOutput<'cases.list'>['rows'][number]

/** The talks written down, and a new one about a person of the desk. */
export function TalksList({ onShow }: { readonly onShow: (envelope: Envelope) => void }) {
  const text = useText()
  const { error, busy, run } = useDoing()
  const [wanted, setWanted] = useState('')
  const [rows, setRows] = useState<readonly Row[]>()
  const [person, setPerson] = useState('')
  const [cases, setCases] = useState<readonly CaseRow[]>()
  useEffect(() => void run(async () => setRows((await call('envelope.list', { text: wanted })).rows)), [wanted])
  const show = (id: string) => run(async () => onShow((await call('envelope.get', { id })).envelope))
  return (
    <>
      <TextInput
        label={text('envelope.find')}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
        autoComplete="off"
        maw="24rem"
        mb="sm"
      />
      <FailureNotice error={error} />
      {rows?.length === 0 && <p>{text('envelope.none')}</p>}
      {rows !== undefined && rows.length > 0 && (
        <table className="list-table">
          <thead>
            <tr>
              <th scope="col">{text('envelope.code')}</th>
              <th scope="col">{text('envelope.case')}</th>
              <th scope="col">{text('envelope.opened')}</th>
              <th scope="col">{text('envelope.hours')}</th>
              <th scope="col">{text('envelope.nextContact')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td>
                  <Button variant="subtle" size="compact-sm" onClick={() => void show(row.id)}>
                    {row.code}
                  </Button>
                </td>
                <td>{row.caseNumber}</td>
                <td>{row.opened}</td>
                <td>
                  {row.hoursLeft !== null && !row.closed && (
                    <span className="tag" data-tone="red">
                      {text('envelope.hoursLeft', { hours: row.hoursLeft })}
                    </span>
                  )}
                </td>
                <td>{row.nextContact}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void run(async () => setCases((await call('cases.list', { text: person, after: null, limit: 10 })).rows))
        }}
      >
        <Title order={2} size="h4" mt="lg" mb="xs">
          {text('envelope.new')}
        </Title>
        <Group align="flex-end" mb="sm">
          <TextInput
            label={text('envelope.person')}
            value={person}
            onChange={(event) => setPerson(event.currentTarget.value)}
            autoComplete="off"
            w="24rem"
          />
          <Button type="submit" variant="default" disabled={person.trim() === ''} loading={busy}>
            {text('envelope.search')}
          </Button>
        </Group>
      </form>
      {cases?.length === 0 && <p>{text('envelope.nobody')}</p>}
      <ul>
        {cases?.map((c) => (
          <li key={c.id}>
            {c.number}{' '}
            <Button
              size="compact-sm"
              onClick={() => void run(async () => onShow((await call('envelope.create', { caseId: c.id })).envelope))}
            >
              {text('envelope.begin')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}
