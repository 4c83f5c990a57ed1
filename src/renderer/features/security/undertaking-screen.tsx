import { Button, Group, List, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { call } from '#renderer/api/call.ts'
import { useDesk } from '#renderer/api/desk.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { DeskScreen } from './desk-screen.tsx'

const points = ['need', 'desk', 'talk', 'copies', 'words', 'breach', 'after'] as const

/** The confidentiality undertaking, before anything else is shown: accepted by writing one's own name, every year anew (H49). */
export function UndertakingScreen() {
  const text = useText()
  const { status, setStatus } = useDesk()
  const [name, setName] = useState('')
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const send = async (what: () => Promise<Parameters<typeof setStatus>[0]>) => {
    setBusy(true)
    setError(null)
    try {
      setStatus(await what())
    } catch (thrown) {
      setError(thrown)
      setBusy(false)
    }
  }
  return (
    <DeskScreen title={text('undertaking.title')} above={status.user?.name}>
      <Text mb="sm">{text('undertaking.intro')}</Text>
      <List spacing="xs" mb="md">
        {points.map((point) => (
          <List.Item key={point}>{text(`undertaking.points.${point}`)}</List.Item>
        ))}
      </List>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          setMissing(name.trim() === '')
          if (!busy && name.trim() !== '') void send(() => call('security.acceptUndertaking', { name }))
        }}
      >
        <TextInput
          label={text('undertaking.name')}
          description={text('undertaking.nameHint', { name: status.user?.name ?? '' })}
          error={missing && name.trim() === '' ? text('undertaking.nameMissing') : undefined}
          value={name}
          maxLength={80}
          onChange={(event) => setName(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
        <FailureNotice error={error} />
        <Group justify="space-between" mt="md">
          <Button variant="default" onClick={() => void send(() => call('security.lock', { why: 'user' }))}>
            {text('shell.lock')}
          </Button>
          <Button type="submit" loading={busy}>
            {text('undertaking.accept')}
          </Button>
        </Group>
      </form>
    </DeskScreen>
  )
}
