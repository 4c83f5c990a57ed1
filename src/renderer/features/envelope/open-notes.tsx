import { Alert, Button, Checkbox, Group, PasswordInput, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { call, failureOf, useCall } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { NotesState } from './use-open-notes.ts'
import { useDoing } from '#renderer/api/use-doing.ts'

/** The password again; where it opens nothing, the paper code, or giving up what was there. */
export function OpenNotes({ onOpen }: { readonly onOpen: (state: NotesState) => void }) {
  const text = useText()
  const { error, busy, run } = useDoing()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [givesUp, setGivesUp] = useState(false)
  const state = useCall('envelope.state', {})
  const noKey = error !== null && ['private-no-key', 'wrong-recovery-code'].includes(failureOf(error).code)
  const open = (name: 'envelope.open' | 'envelope.beginAnew') => run(async () => onOpen(await call(name, { password })))
  return (
    <form
      className="page-card"
      onSubmit={(event) => {
        event.preventDefault()
        void (code.trim() === ''
          ? open('envelope.open')
          : run(async () => onOpen(await call('envelope.openWithPaper', { code, password }))))
      }}
    >
      <PasswordInput
        label={text('envelope.password')}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoComplete="off"
        maw="24rem"
        mb="sm"
        visibilityToggleButtonProps={{ 'aria-label': text('security.passwordShow') }}
      />
      {noKey && (
        <>
          <Text mb="sm">{text('envelope.ownWords', { words: state.data?.words.join(' ') ?? '' })}</Text>
          <TextInput
            label={text('envelope.paperCode')}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            maw="36rem"
            mb="sm"
          />
        </>
      )}
      <FailureNotice error={error} />
      <Button type="submit" loading={busy} disabled={password === ''}>
        {text('envelope.open')}
      </Button>
      {noKey && (
        <Alert color="amber" mt="lg" title={text('envelope.anewTitle')}>
          <Text mb="sm">{text('envelope.anewWhat')}</Text>
          <Group>
            <Checkbox
              label={text('envelope.anewSure')}
              checked={givesUp}
              onChange={(event) => setGivesUp(event.currentTarget.checked)}
            />
            <Button
              color="brick"
              disabled={!givesUp || password === ''}
              loading={busy}
              onClick={() => void open('envelope.beginAnew')}
            >
              {text('envelope.anew')}
            </Button>
          </Group>
        </Alert>
      )}
      <Text mt="md" maw="70ch">
        {text('envelope.lostWhat')}
      </Text>
    </form>
  )
}
