import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useCallMutation } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { Section } from './section.tsx'
import { areWhole, SheetFields } from '#renderer/ui/sheet-fields.tsx'

/** Opens the national key for ten minutes with two of the three sheets. */
export function OpenKey(props: { readonly onDone: (message: string | null) => void }) {
  const text = useText()
  const open = useCallMutation('roster.open')
  const [sheets, setSheets] = useState<readonly [string, string]>(['', ''])
  return (
    <Section title={text('roster.openKey')} isStep>
      <Text mb="sm">{text('roster.openHint')}</Text>
      <SheetFields sheets={sheets} onChange={setSheets} />
      <FailureNotice error={open.error} />
      <Group>
        <Button
          disabled={!areWhole(sheets)}
          loading={open.isPending}
          onClick={() => open.mutate({ sheets: [...sheets] }, { onSuccess: () => props.onDone(text('roster.opened')) })}
        >
          {text('roster.openKey')}
        </Button>
        <Button variant="subtle" onClick={() => props.onDone(null)}>
          {text('common.cancel')}
        </Button>
      </Group>
    </Section>
  )
}
