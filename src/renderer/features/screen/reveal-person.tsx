import { Button, Modal, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { useCallMutation } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { maskedText, revealNoteCharactersMax, RevealReason, revealReasons } from '#shared/screen/contract.ts'

/** A person's name as lists show it; a masked one is followed by the way to reveal it. */
export function MaskedName(props: { readonly name: string; readonly caseId: string; readonly unnamed: string }) {
  const text = useText()
  if (!props.name.endsWith(maskedText)) return <bdi>{props.name === '' ? props.unnamed : props.name}</bdi>
  return <span aria-label={text('screen.masked')}>{props.name}</span>
}

/** Shows one person for the rest of the session, once somebody has said why; nothing at all where the person is not masked. */
export function RevealPerson(props: { readonly name: string; readonly caseId: string; readonly number?: string }) {
  const text = useText()
  const [asking, setAsking] = useState(false)
  if (!props.name.endsWith(maskedText)) return null
  return (
    <>
      <Button
        variant="subtle"
        size="compact-xs"
        onClick={(event) => {
          // the row behind it would open the file
          event.stopPropagation()
          setAsking(true)
        }}
        aria-label={props.number === undefined ? text('screen.reveal') : text('screen.revealOf', { number: props.number })}
      >
        {text('screen.reveal')}
      </Button>
      {asking && <AskReason caseId={props.caseId} onDone={() => setAsking(false)} />}
    </>
  )
}

function AskReason(props: { readonly caseId: string; readonly onDone: () => void }) {
  const text = useText()
  const [reason, setReason] = useState<RevealReason | null>(null)
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const noteField = useRef<HTMLInputElement>(null)
  const reveal = useCallMutation('screen.reveal', props.onDone)
  const noteMissing = reason === 'other' && note.trim() === ''
  return (
    <Modal
      opened
      onClose={props.onDone}
      title={text('screen.revealTitle')}
      centered
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': text('common.close') }}
      onClick={(event) => event.stopPropagation()}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (noteMissing) noteField.current?.focus()
          else if (reason !== null) reveal.mutate({ caseId: props.caseId, reason, note })
        }}
      >
        <Text mb="sm">{text('screen.revealHint')}</Text>
        <Radio.Group
          label={text('screen.why')}
          value={reason ?? ''}
          onChange={(value) => setReason(RevealReason.parse(value))}
          error={tried && reason === null ? text('screen.whyMissing') : undefined}
        >
          <Stack gap={6} my="xs">
            {revealReasons.map((code, index) => (
              <Radio
                key={code}
                value={code}
                label={text(`screen.reasons.${code}`)}
                {...(index === 0 ? { 'data-autofocus': true } : {})}
              />
            ))}
          </Stack>
        </Radio.Group>
        <TextInput
          ref={noteField}
          label={text('screen.note')}
          description={text('screen.noteHint', { characters: revealNoteCharactersMax })}
          maxLength={revealNoteCharactersMax}
          value={note}
          error={tried && noteMissing ? text('screen.noteMissing') : undefined}
          onChange={(event) => setNote(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
        <FailureNotice error={reveal.error} />
        <Button type="submit" mt="md" loading={reveal.isPending}>
          {text('screen.revealDo')}
        </Button>
      </form>
    </Modal>
  )
}
