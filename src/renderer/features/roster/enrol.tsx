import { Button, Group, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { call, useCallMutation } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { CallOutput } from '#shared/contract.ts'
import { Section } from './section.tsx'

/** A new computer comes onto the list: its card, and the six words as its user reads them over the phone. */
export function Enrol(props: { readonly onDone: (message: string | null) => void; readonly onSaveList: () => Promise<void> }) {
  const text = useText()
  const enrol = useCallMutation('roster.enrol')
  const [card, setCard] = useState<CallOutput<'roster.readCard'> | null>(null)
  const [words, setWords] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [isDone, setIsDone] = useState(false)
  const choose = async () => {
    setError(null)
    try {
      const chosen = await call('files.choose', { purpose: 'card-import', title: text('roster.chooseCardTitle') })
      if (chosen.file !== null) setCard(await call('roster.readCard', { file: chosen.file }))
    } catch (thrown) {
      setError(thrown)
    }
  }
  if (isDone)
    return (
      <Section title={text('roster.enrolledTitle', { site: card?.siteName ?? '' })} isStep>
        <Text mb="sm">{text('roster.enrolledHint')}</Text>
        <Group>
          <Button onClick={() => void props.onSaveList().then(() => props.onDone(text('roster.listSaved')))}>
            {text('roster.saveList')}
          </Button>
          <Button variant="subtle" onClick={() => props.onDone(null)}>
            {text('common.close')}
          </Button>
        </Group>
      </Section>
    )
  if (card === null)
    return (
      <Section title={text('roster.enrol')} isStep>
        <Text mb="sm">{text('roster.enrolHint')}</Text>
        <FailureNotice error={error} />
        <Group>
          <Button onClick={() => void choose()}>{text('roster.chooseCard')}</Button>
          <Button variant="subtle" onClick={() => props.onDone(null)}>
            {text('common.cancel')}
          </Button>
        </Group>
      </Section>
    )
  return (
    <Section title={text('roster.enrolOf', { site: card.siteName })} isStep>
      <Text mb="sm">{text('roster.hearWords', { site: card.siteName })}</Text>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          enrol.mutate({ previewId: card.previewId, words }, { onSuccess: () => setIsDone(true) })
        }}
      >
        <TextInput
          mb="sm"
          label={text('roster.heardWords')}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
        <FailureNotice error={enrol.error} />
        <Group>
          <Button type="submit" loading={enrol.isPending} disabled={words.trim() === ''}>
            {text('roster.enrolNow')}
          </Button>
          <Button variant="subtle" onClick={() => props.onDone(null)}>
            {text('common.cancel')}
          </Button>
        </Group>
      </form>
    </Section>
  )
}
