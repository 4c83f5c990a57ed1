import { Button, Group, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { call, useCallMutation } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { CallOutput } from '#shared/contract.ts'
import { Section } from './section.tsx'

/** The national office's reply: the list, believed once the six words of the national key were heard and typed. */
export function TakeList(props: { readonly onDone: (message: string | null) => void }) {
  const text = useText()
  const take = useCallMutation('roster.takeList')
  const [list, setList] = useState<CallOutput<'roster.readList'> | null>(null)
  const [words, setWords] = useState('')
  const [error, setError] = useState<unknown>(null)
  const choose = async () => {
    setError(null)
    try {
      const chosen = await call('files.choose', { purpose: 'card-import', title: text('roster.chooseListTitle') })
      if (chosen.file !== null) setList(await call('roster.readList', { file: chosen.file }))
    } catch (thrown) {
      setError(thrown)
    }
  }
  return (
    <Section title={text('roster.takeList')} isStep>
      {list === null ? (
        <Text mb="sm">{text('roster.takeHint')}</Text>
      ) : (
        <>
          <Text>{text('roster.listHolds', { count: list.devices })}</Text>
          <Text mb="sm" fw={list.namesUs ? 400 : 700}>
            {text(list.namesUs ? 'roster.listNamesUs' : 'roster.listWithoutUs')}
          </Text>
        </>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (list === null) void choose()
          else take.mutate({ previewId: list.previewId, words }, { onSuccess: () => props.onDone(text('roster.listTaken')) })
        }}
      >
        {list?.needsWords === true ? (
          <>
            <Text mb="sm">{text('roster.hearNational')}</Text>
            <TextInput
              mb="sm"
              label={text('roster.heardWords')}
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
              autoComplete="off"
              spellCheck={false}
            />
          </>
        ) : null}
        <FailureNotice error={take.error ?? error} />
        <Group>
          <Button type="submit" loading={take.isPending} disabled={list?.needsWords === true && words.trim() === ''}>
            {text(list === null ? 'roster.chooseList' : 'roster.takeNow')}
          </Button>
          <Button variant="subtle" onClick={() => props.onDone(null)}>
            {text('common.cancel')}
          </Button>
        </Group>
      </form>
    </Section>
  )
}
