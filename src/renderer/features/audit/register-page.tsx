import { Button, Group, NativeSelect, Text } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useCall } from '#renderer/api/call.ts'
import { useDesk, useMay } from '#renderer/api/desk.ts'
import { formatInstant } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { DateField } from '#renderer/ui/date-field.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { PageHeading } from '#renderer/ui/page-heading.tsx'
import { auditKindOf, auditKinds, type AuditKind } from '#shared/audit/actions.ts'
import type { AuditEntry } from '#shared/audit/contract.ts'
import { useAuditWords } from './audit-sentence.ts'
import { CarryRegister } from './carry-register.tsx'
import { FileVisitors } from './file-visitors.tsx'
import { FindFile } from './find-file.tsx'
import { MonthReports, noPaper, paperOf } from './month-reports.tsx'
import { VerifyRegister } from './verify-register.tsx'
import '#renderer/ui/list-table.css'

const pageRows = 50

/** Who did what, when and why: of the desk, or of one file and its referrals. */
export function RegisterPage() {
  const text = useText()
  const search = useSearch({ strict: false }) as { case?: string }
  const caseId = search.case ?? null
  const navigate = useNavigate()
  const [day, setDay] = useState('')
  const [user, setUser] = useState('')
  const [kind, setKind] = useState<AuditKind | ''>('')
  /** Where each page so far began; null for the newest. */
  const [begins, setBegins] = useState<readonly (number | null)[]>([null])
  const [paper, setPaper] = useState(noPaper)
  const users = useCall('audit.users', {})
  const page = useCall('audit.list', {
    caseId,
    day: day === '' ? null : day,
    user: user === '' ? null : user,
    kind: kind === '' ? null : kind,
    before: begins.at(-1) ?? null,
    limit: pageRows,
  })
  const first = () => setBegins([null])
  // an administrator reads the technical part alone, in which there are no files
  const may = useMay()
  const seesPeople = useDesk().status.user?.roles.some((role) => role === 'SUP' || role === 'DPO') ?? false
  const entries = page.data?.entries ?? []
  const next = page.data?.next ?? null
  const file = page.data?.file ?? null
  return (
    <>
      <PageHeading
        title={
          caseId === null
            ? text('audit.title')
            : file === null || file.number === ''
              ? text('audit.titleCase')
              : text('audit.titleFile', { number: file.number })
        }
        explanation={text(caseId === null ? 'audit.explanation' : 'audit.explanationCase')}
        turn={caseId ?? ''}
        actions={
          caseId === null ? undefined : (
            <Button
              variant="default"
              onClick={() => {
                first()
                void navigate({ to: '/register', search: {} })
              }}
            >
              {text('audit.whole')}
            </Button>
          )
        }
      />
      {caseId === null && seesPeople ? <FindFile onFound={first} /> : null}
      {file === null ? null : <FileVisitors visitors={file.visitors} />}
      <Group align="flex-end" mb="md">
        <DateField
          label={text('audit.day')}
          value={day}
          onChange={(chosen) => {
            setDay(chosen)
            first()
          }}
        />
        <NativeSelect
          label={text('audit.user')}
          value={user}
          onChange={(event) => {
            setUser(event.currentTarget.value)
            first()
          }}
          data={[
            { value: '', label: text('audit.everybody') },
            ...(users.data ?? []).map((u) => ({ value: u.id, label: u.name })),
          ]}
        />
        <NativeSelect
          label={text('audit.kind')}
          value={kind}
          onChange={(event) => {
            setKind(auditKinds.find((k) => k === event.currentTarget.value) ?? '')
            first()
          }}
          data={[
            { value: '', label: text('audit.everything') },
            ...auditKinds.map((k) => ({ value: k, label: text(`audit.kinds.${k}`) })),
          ]}
        />
      </Group>
      <FailureNotice error={page.error} onRetry={() => void page.refetch()} />
      {page.isSuccess && entries.length === 0 ? (
        <EmptyState title={text('audit.nothing')} />
      ) : (
        <RegisterTable entries={entries} />
      )}
      <Group my="sm">
        {begins.length > 1 && (
          <Button variant="default" onClick={() => setBegins(begins.slice(0, -1))}>
            {text('audit.newer')}
          </Button>
        )}
        {next !== null && (
          <Button variant="default" onClick={() => setBegins([...begins, next])}>
            {text('audit.older')}
          </Button>
        )}
      </Group>
      {caseId === null && may('audit.carry') ? <MonthReports typed={paper} onTyped={setPaper} /> : null}
      {caseId === null ? <VerifyRegister paper={paperOf(paper)} /> : null}
      {caseId === null && may('audit.carry') ? <CarryRegister paper={paperOf(paper)} /> : null}
    </>
  )
}

interface Line {
  readonly entry: AuditEntry
  readonly sentence: string
  readonly details: string
}

/** The same person doing the same thing to the same object again and again, as a form that saves itself does, is one line. */
function repeats(lines: readonly Line[]): (Line & { times: number; since: string })[] {
  const rows: (Line & { times: number; since: string })[] = []
  for (const line of lines) {
    const last = rows.at(-1)
    const isSame = last?.entry.by === line.entry.by && last.sentence === line.sentence && last.details === line.details
    if (isSame) Object.assign(last, { times: last.times + 1, since: line.entry.at })
    else rows.push({ ...line, times: 1, since: line.entry.at })
  }
  return rows
}

function RegisterTable({ entries }: { readonly entries: readonly AuditEntry[] }) {
  const text = useText()
  const may = useMay()
  const words = useAuditWords()
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{text('audit.when')}</th>
          <th scope="col">{text('audit.who')}</th>
          <th scope="col">{text('audit.sort')}</th>
          <th scope="col">{text('audit.what')}</th>
          <th scope="col">{text('audit.why')}</th>
        </tr>
      </thead>
      <tbody>
        {repeats(entries.map((entry) => ({ entry, ...words(entry) }))).map(({ entry, sentence, details, times, since }) => {
          const kind = auditKindOf(entry.action)
          return (
            <tr key={entry.seq}>
              <td>{formatInstant(entry.at)}</td>
              <td>{entry.by === '' ? text('audit.unknown') : entry.by}</td>
              <td>
                {kind === undefined ? null : (
                  <span className="tag" data-tone={kind === 'change' ? 'green' : kind === 'refused' ? 'red' : undefined}>
                    {text(`audit.kindOf.${kind}`)}
                  </span>
                )}
              </td>
              <td>
                {entry.object.kind === 'case' && may('case.read') ? (
                  <Link to="/cases/$caseId" params={{ caseId: entry.object.id }}>
                    {sentence}
                  </Link>
                ) : (
                  sentence
                )}
              </td>
              <td>
                <Text size="sm" component="span">
                  {times === 1
                    ? details
                    : [details, text('audit.times', { times, since: formatInstant(since) })].filter(Boolean).join(' · ')}
                </Text>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
