import { Alert, Button, Group, Text, TextInput, Title } from '@mantine/core'
import { useEffect, useState } from 'react'
import { call } from '#renderer/api/call.ts'
import { formatInstant } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { CallOutput } from '#shared/contract.ts'
import { useDoing } from '#renderer/api/use-doing.ts'
import type { NotesState } from './use-open-notes.ts'

/** Who else can open the notes, the paper code, and what was done with them. */
export function Access({ paperDue, onState }: { readonly paperDue: boolean; readonly onState: (s: NotesState) => void }) {
  const text = useText()
  const { error, busy, run } = useDoing()
  const [holders, setHolders] = useState<CallOutput<'envelope.holders'>['rows']>([])
  const [audit, setAudit] = useState<CallOutput<'envelope.audit'>>()
  const [code, setCode] = useState('')
  const [typed, setTyped] = useState('')
  const load = async () => {
    setHolders((await call('envelope.holders', {})).rows)
    setAudit(await call('envelope.audit', {}))
  }
  useEffect(() => void run(load), [])
  return (
    <div>
      <FailureNotice error={error} />
      <Title order={2} size="h4" mb="xs">
        {text('envelope.paper')}
      </Title>
      <Text mb="sm" maw="70ch">
        {text('envelope.lostWhat')}
      </Text>
      {code === '' ? (
        <Button
          variant={paperDue ? 'filled' : 'default'}
          loading={busy}
          onClick={() => void run(async () => setCode((await call('envelope.newPaper', {})).code))}
        >
          {text(paperDue ? 'envelope.makePaper' : 'envelope.newPaper')}
        </Button>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void run(async () => {
              onState(await call('envelope.keepPaper', { code: typed }))
              setCode('')
              setTyped('')
            })
          }}
        >
          <Text mb="xs">{text('envelope.writePaper')}</Text>
          <Text fw={700} ff="monospace" mb="sm" data-paper-code>
            {code}
          </Text>
          <Group align="flex-end">
            <TextInput
              label={text('envelope.typePaper')}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              autoComplete="off"
              spellCheck={false}
              w="28rem"
            />
            <Button type="submit" loading={busy} disabled={typed.trim() === ''}>
              {text('envelope.keepPaper')}
            </Button>
          </Group>
        </form>
      )}
      <Title order={2} size="h4" mt="lg" mb="xs">
        {text('envelope.holders')}
      </Title>
      <ul>
        {holders.map((h) => (
          <li key={h.id}>
            <bdi>{h.name}</bdi> {h.words.join(' ')}{' '}
            {h.hasAccess ? (
              text(h.self ? 'envelope.you' : 'envelope.hasAccess')
            ) : (
              <Button
                size="compact-sm"
                loading={busy}
                onClick={() =>
                  void run(async () => {
                    await call('envelope.giveAccess', { userId: h.id })
                    await load()
                  })
                }
              >
                {text('envelope.giveAccess')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Text maw="70ch">{text('envelope.compareWords')}</Text>
      <Title order={2} size="h4" mt="lg" mb="xs">
        {text('envelope.acts')}
      </Title>
      {audit?.whole === false && <Alert color="brick">{text('envelope.notWhole')}</Alert>}
      <ul>
        {audit?.rows.slice(0, 20).map((r, i) => (
          <li key={`${r.at}${i}`}>
            {formatInstant(r.at)} {text(`envelope.act.${r.action}` as 'envelope.act.read')}
          </li>
        ))}
      </ul>
    </div>
  )
}
