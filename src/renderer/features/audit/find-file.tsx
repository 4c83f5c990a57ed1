import { Button, Group, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState, type SubmitEvent } from 'react'
import { call, failureOf } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'

/** Asks for a case number and shows the register of that file; whoever reads registers may have no other way to a file. */
export function FindFile({ onFound }: { readonly onFound: () => void }) {
  const text = useText()
  const navigate = useNavigate()
  const [number, setNumber] = useState('')
  const [error, setError] = useState<unknown>(null)
  const isUnknown = error !== null && failureOf(error).code === 'not-found'
  const find = async (event: SubmitEvent) => {
    event.preventDefault()
    setError(null)
    try {
      const { caseId } = await call('audit.findFile', { number })
      onFound()
      void navigate({ to: '/register', search: { case: caseId } })
    } catch (thrown) {
      setError(thrown)
    }
  }
  return (
    <form onSubmit={(event) => void find(event)}>
      <Group align="flex-start" mb="md">
        <TextInput
          label={text('audit.fileNumber')}
          description={text('audit.fileNumberHint')}
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
          error={isUnknown ? text('audit.fileUnknown') : undefined}
          maxLength={40}
          w={320}
        />
        <Button type="submit" variant="default" mt={46} disabled={number.trim() === ''}>
          {text('audit.findFile')}
        </Button>
      </Group>
      {isUnknown ? null : <FailureNotice error={error} />}
    </form>
  )
}
