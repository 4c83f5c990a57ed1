import { Group, NativeSelect, Text, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import { call } from '#renderer/api/call.ts'
import { today } from '#renderer/api/clock.ts'
import { PrintButtons } from '#renderer/features/printing/index.ts'
import { formatMonth } from '#renderer/i18n/format.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { monthAfter, paperDigitsMin, typedHash, type PaperHead, type PaperVerdict } from '#shared/audit/month-report.ts'

const monthsOffered = 13

/** This month and those before it, the newest first. */
function months(): string[] {
  const now = today().slice(0, 7)
  return Array.from({ length: monthsOffered }, (_, back) => monthAfter(now, -back))
}

/** What somebody typed from a printed report. */
export interface TypedPaper {
  readonly events: string
  readonly hash: string
}
export const noPaper: TypedPaper = { events: '', hash: '' }

/** The head that was typed; undefined as long as it is none. */
export function paperOf({ events, hash }: TypedPaper): PaperHead | undefined {
  const digits = typedHash(hash)
  return /^[1-9]\d{0,9}$/.test(events.trim()) && digits !== '' ? { events: Number(events), hash: digits } : undefined
}

/** Prints the register's report of a month, and takes the head of an earlier one to be held against a register. */
export function MonthReports(props: { readonly typed: TypedPaper; readonly onTyped: (typed: TypedPaper) => void }) {
  const text = useText()
  const language = useLanguage()
  const offered = months()
  const [month, setMonth] = useState(offered[0] ?? '')
  const { typed } = props
  const isWrong = (typed.events !== '' || typed.hash !== '') && paperOf(typed) === undefined
  return (
    <section className="page-card" aria-labelledby="month-report">
      <Title order={2} size="h4" mb="xs" id="month-report">
        {text('audit.monthTitle')}
      </Title>
      <Text mb="sm">{text('audit.monthWhat')}</Text>
      <NativeSelect
        label={text('audit.month')}
        value={month}
        onChange={(event) => setMonth(event.currentTarget.value)}
        data={offered.map((value) => ({ value, label: formatMonth(value) }))}
        maw="16rem"
      />
      <PrintButtons
        printLabel={text('audit.monthPrint')}
        saveLabel={text('audit.monthSave')}
        print={(to) => call('printing.printMonthReport', { month, language, to })}
      />
      <Text mt="md" mb="xs">
        {text('audit.paperWhat', { groups: paperDigitsMin / 4 })}
      </Text>
      <Group align="flex-start">
        <TextInput
          label={text('audit.paperNumber')}
          value={typed.events}
          onChange={(event) => props.onTyped({ ...typed, events: event.currentTarget.value })}
          inputMode="numeric"
          autoComplete="off"
          maxLength={10}
          w="10rem"
        />
        <TextInput
          label={text('audit.paperHash')}
          value={typed.hash}
          onChange={(event) => props.onTyped({ ...typed, hash: event.currentTarget.value })}
          error={isWrong ? text('audit.paperWrong', { groups: paperDigitsMin / 4 }) : undefined}
          autoComplete="off"
          spellCheck={false}
          maxLength={90}
          style={{ flex: 1 }}
        />
      </Group>
    </section>
  )
}

/** What the register said of the paper, in words; nothing without one. */
export function PaperSaid({ verdict }: { readonly verdict: PaperVerdict | null }) {
  const text = useText()
  return verdict === null ? null : (
    <Text fw={verdict === 'fits' ? undefined : 700} data-paper={verdict}>
      {text(`audit.paperVerdicts.${verdict}`)}
    </Text>
  )
}
