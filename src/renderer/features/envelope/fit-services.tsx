import { Button, Checkbox, Group, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { call } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { CallOutput } from '#shared/contract.ts'
import { wantedServices } from '#shared/envelope/envelope.ts'
import { useDoing } from '#renderer/api/use-doing.ts'

type Row = CallOutput<'envelope.directory'>['rows'][number]

/** Which services of the directory are fit for which wish, from today on for 90 days (H16). */
export function FitServices() {
  const text = useText()
  const { error, busy, run } = useDoing()
  const [words, setWords] = useState('')
  const [rows, setRows] = useState<readonly Row[]>([])
  const search = async () => setRows((await call('envelope.directory', { text: words })).rows)
  return (
    <>
      <Text mb="sm" maw="70ch">
        {text('envelope.fitWhat')}
      </Text>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void run(search)
        }}
      >
        <Group align="flex-end" mb="sm">
          <TextInput
            label={text('envelope.serviceWords')}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            autoComplete="off"
            w="24rem"
          />
          <Button type="submit" variant="default" loading={busy}>
            {text('envelope.search')}
          </Button>
        </Group>
      </form>
      <FailureNotice error={error} />
      {rows.map((row) => (
        <Checkbox.Group
          key={row.serviceId}
          label={`${row.nameFr} — ${row.place}`}
          description={row.checkedOn === null ? undefined : text('envelope.checkedOn', { day: row.checkedOn })}
          value={row.services}
          onChange={(v) =>
            void run(async () => {
              const services = wantedServices.filter((w) => v.includes(w))
              await call('envelope.markService', { serviceId: row.serviceId, services })
              await search()
            })
          }
          mb="md"
        >
          <Group gap="md" mt={4}>
            {wantedServices.map((w) => (
              <Checkbox key={w} value={w} label={text(`envelope.service.${w}`)} />
            ))}
          </Group>
        </Checkbox.Group>
      ))}
    </>
  )
}
