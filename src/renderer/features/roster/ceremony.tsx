import { Button, Group, List, Text } from '@mantine/core'
import { useState } from 'react'
import { call, useCallMutation } from '#renderer/api/call.ts'
import { useDesk } from '#renderer/api/desk.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { PaperSheet } from '#shared/roster/contract.ts'
import { Section } from './section.tsx'
import { areWhole, SheetFields } from '#renderer/ui/sheet-fields.tsx'

/** The ceremony: three sheets are printed for three people, two are typed back, and only then the key counts. */
export function Ceremony(props: { readonly renew: boolean; readonly onDone: (message: string | null) => void }) {
  const text = useText()
  const begin = useCallMutation('roster.beginCeremony')
  const [sheets, setSheets] = useState<readonly PaperSheet[] | null>(null)
  const [isPrinted, setIsPrinted] = useState(false)
  if (sheets === null)
    return (
      <Section title={text(props.renew ? 'roster.renewNational' : 'roster.makeKey')} isStep>
        <List mb="sm">
          <List.Item>{text('roster.ceremonyThree')}</List.Item>
          <List.Item>{text('roster.ceremonyTwo')}</List.Item>
          <List.Item>{text('roster.ceremonyPaper')}</List.Item>
          {props.renew ? <List.Item>{text('roster.ceremonyFormer')}</List.Item> : null}
        </List>
        <FailureNotice error={begin.error} />
        <Group>
          <Button
            loading={begin.isPending}
            onClick={() => begin.mutate({ renew: props.renew }, { onSuccess: (made) => setSheets(made.sheets) })}
          >
            {text('roster.ceremonyBegin')}
          </Button>
          <Button variant="subtle" onClick={() => props.onDone(null)}>
            {text('common.cancel')}
          </Button>
        </Group>
      </Section>
    )
  if (!isPrinted) return <PrintSheets sheets={sheets} onDone={() => setIsPrinted(true)} />
  return <TypeBack onDone={props.onDone} onBack={() => setIsPrinted(false)} />
}

function PrintSheets(props: { readonly sheets: readonly PaperSheet[]; readonly onDone: () => void }) {
  const text = useText()
  const [error, setError] = useState<unknown>(null)
  const { status } = useDesk()
  const [shown, setShown] = useState<number | null>(null)
  const print = async (number: number) => {
    setError(null)
    try {
      await call('printing.printSheet', { number, language: status.language })
    } catch (thrown) {
      setError(thrown)
    }
  }
  const sheet = props.sheets.find((s) => s.number === shown)
  return (
    <Section title={text('roster.printTitle')} isStep>
      <Text mb="sm">{text('roster.printHint')}</Text>
      <Group mb="sm">
        {props.sheets.map((s) => (
          <Button key={s.number} variant="default" onClick={() => void print(s.number)}>
            {text('roster.printSheet', { number: s.number })}
          </Button>
        ))}
      </Group>
      <FailureNotice error={error} />
      <Text mb="xs">{text('roster.noPrinter')}</Text>
      <Group mb="sm">
        {props.sheets.map((s) => (
          <Button key={s.number} variant="subtle" onClick={() => setShown(shown === s.number ? null : s.number)}>
            {text(shown === s.number ? 'roster.hideSheet' : 'roster.showSheet', { number: s.number })}
          </Button>
        ))}
      </Group>
      {sheet === undefined ? null : (
        <output className="recovery-code" aria-label={text('roster.showSheet', { number: sheet.number })}>
          {sheet.groups.map((group, index) => (
            <span key={`${index} ${group}`}>{group} </span>
          ))}
        </output>
      )}
      <Button mt="md" onClick={props.onDone}>
        {text('roster.sheetsReady')}
      </Button>
    </Section>
  )
}

function TypeBack(props: { readonly onDone: (message: string | null) => void; readonly onBack: () => void }) {
  const text = useText()
  const confirm = useCallMutation('roster.confirmCeremony')
  const [sheets, setSheets] = useState<readonly [string, string]>(['', ''])
  return (
    <Section title={text('roster.typeBackTitle')} isStep>
      <Text mb="sm">{text('roster.typeBackHint')}</Text>
      <SheetFields sheets={sheets} onChange={setSheets} />
      <FailureNotice error={confirm.error} />
      <Group>
        <Button
          disabled={!areWhole(sheets)}
          loading={confirm.isPending}
          onClick={() => confirm.mutate({ sheets: [...sheets] }, { onSuccess: () => props.onDone(text('roster.keyMade')) })}
        >
          {text('roster.typeBackDone')}
        </Button>
        <Button variant="default" onClick={props.onBack}>
          {text('common.back')}
        </Button>
      </Group>
    </Section>
  )
}
