import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import { useCall } from '#renderer/api/call.ts'
import { formatInstant, formatInstantDay } from '#renderer/i18n/format.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { HistoryEntry } from '#shared/history/contract.ts'
import { ChangedValue } from './changed-value.tsx'
import { isReadable, useChangeWords } from './change-words.ts'

const partSize = 20

/** Who changed what of a case, its referrals and forms, newest first; read only when it is opened, since reading is audited. */
export function CaseHistory({ caseId }: { readonly caseId: string }) {
  const text = useText()
  const [parts, setParts] = useState(0)
  const newest = useCall('history.ofCase', { caseId, skip: 0, limit: partSize }, parts > 0)
  const total = newest.data?.total ?? 0
  const shown = Math.min(parts * partSize, total)
  return (
    <>
      <FailureNotice error={newest.error} onRetry={() => void newest.refetch()} />
      {newest.data !== undefined && total === 0 ? <Text c="dimmed">{text('sync.historyNone')}</Text> : null}
      {Array.from({ length: parts }, (_, part) => (
        <Part key={part} caseId={caseId} skip={part * partSize} />
      ))}
      {newest.data?.archivedUntil != null && shown >= total ? (
        <Text c="dimmed">{text('sync.historyArchived', { date: formatInstantDay(newest.data.archivedUntil) })}</Text>
      ) : null}
      {parts === 0 || shown < total ? (
        <Button variant="default" onClick={() => setParts(parts + 1)}>
          {parts === 0 ? text('sync.historyOpen') : text('sync.historyMore', { shown, total })}
        </Button>
      ) : null}
    </>
  )
}

/** One step of the list. */
function Part({ caseId, skip }: { readonly caseId: string; readonly skip: number }) {
  const { data } = useCall('history.ofCase', { caseId, skip, limit: partSize })
  if (data === undefined || data.entries.length === 0) return null
  return (
    <ol className="change-list" start={skip + 1}>
      {data.entries.map((entry, index) => (
        <li key={`${index} ${entry.row}`}>
          <Entry entry={entry} />
        </li>
      ))}
    </ol>
  )
}

/** What an entry is about, as the catalogues name it. */
const whats = { case: 'case', referral: 'referral', case_form: 'caseForm' } as const

function Entry({ entry }: { readonly entry: HistoryEntry }) {
  const text = useText()
  const language = useLanguage()
  const words = useChangeWords(entry.form)
  if (words === undefined) return null
  const changes = entry.changes.filter((c) => isReadable(c.register))
  const who = entry.by === '' ? text('sync.somebodyOf', { site: entry.site }) : `${entry.by}, ${entry.site}`
  return (
    <>
      <Text fw={700}>
        {entry.at === null ? text('sync.clockWrong') : formatInstant(entry.at)} — <bdi>{who}</bdi>
      </Text>
      <Text>
        {text(`sync.${whats[entry.kind]}${entry.created ? 'Created' : 'Changed'}`, { form: entry.form?.title[language] ?? '' })}
      </Text>
      {entry.withheld ? <Text c="dimmed">{text('sync.historyWithheld')}</Text> : null}
      {changes.length === 0 ? null : (
        <ul>
          {changes.map((c) => (
            <li key={c.register}>
              {words.label(entry.kind, c.register)}
              {' — '}
              {c.from === null ? null : (
                <>
                  <ChangedValue words={words} kind={entry.kind} register={c.register} value={c.from} />
                  {' → '}
                </>
              )}
              <ChangedValue words={words} kind={entry.kind} register={c.register} value={c.to} />
              {c.state === 'shown' ? null : (
                <>
                  {' '}
                  <span className="tag" data-tone={c.state === 'waiting' ? 'amber' : undefined}>
                    {text(`sync.changeState.${c.state}`)}
                  </span>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
