import { Alert, Button, Group, Text, TextInput } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useCall } from '#renderer/api/call.ts'
import { after } from '#renderer/api/clock.ts'
import { useMay } from '#renderer/api/desk.ts'
import { PrintFormDialog } from '#renderer/features/printing/index.ts'
import { MaskedName, RevealPerson } from '#renderer/features/screen/index.ts'
import { formatDay } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { LinkButton } from '#renderer/ui/link-button.tsx'
import { PageHeading } from '#renderer/ui/page-heading.tsx'
import { AskFor } from './assign-case.tsx'
import type { CaseRow } from '#shared/cases/contract.ts'
import { readSearch, searchCharactersMax } from '#shared/search/search-text.ts'
import '#renderer/ui/list-table.css'

const pageRows = 50
const typingPauseMs = 150

/** Everybody the desk received: found by name or number, opened with Enter. */
export function CasesPage() {
  const text = useText()
  const may = useMay()
  const search = useSearch({ strict: false }) as { text?: string; show?: 'incomplete'; erased?: string }
  const show = search.show ?? 'all'
  const [typed, setTyped] = useState(search.text ?? '')
  const [wanted, setWanted] = useState(typed)
  const [limit, setLimit] = useState(pageRows)
  const [printing, setPrinting] = useState(false)
  useEffect(() => setTyped(search.text ?? ''), [search.text])
  useEffect(() => after(typingPauseMs, () => setWanted(typed)), [typed])
  const read = readSearch(wanted)
  const tooLong = readSearch(typed).kind === 'too-long'
  const page = useCall('cases.list', { text: wanted, after: null, limit: Math.min(limit, 100), show }, read.kind !== 'too-long')
  const rows = page.data?.rows ?? []
  const nobody = () => {
    if (read.kind === 'case-number') return text(read.right ? 'shell.searchNumberUnknown' : 'shell.searchNumberWrong')
    if (read.kind !== 'nothing') return text('cases.noMatch')
    return text(show === 'incomplete' ? 'cases.allComplete' : 'cases.empty')
  }
  return (
    <>
      <PageHeading
        title={text(show === 'incomplete' ? 'cases.titleIncomplete' : 'cases.title')}
        turn={`${show} ${search.text ?? ''}`}
        actions={
          <>
            {may('people.decide') && (
              <LinkButton to="/duplicates" variant="default">
                {text('people.duplicatesTitle')}
              </LinkButton>
            )}
            {may('case.create') && (
              <LinkButton to="/cases/import" variant="default">
                {text('submissions.open')}
              </LinkButton>
            )}
            {may('case.create') && (
              <Button variant="default" onClick={() => setPrinting(true)}>
                {text('printing.form.print')}
              </Button>
            )}
            {may('case.create') && <LinkButton to="/cases/new">{text('cases.add')}</LinkButton>}
          </>
        }
      />
      {printing && <PrintFormDialog onClose={() => setPrinting(false)} />}
      {search.erased !== undefined && (
        <Alert color="forest" variant="light" mb="md" role="status">
          {text('erasure.done', { certificate: search.erased })}
        </Alert>
      )}
      <Group mb="sm">
        <TextInput
          type="search"
          aria-label={text('cases.search')}
          placeholder={text('cases.search')}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          className="list-search"
          error={tooLong ? text('shell.searchTooLong', { characters: searchCharactersMax }) : undefined}
          onChange={(e) => setTyped(e.currentTarget.value)}
        />
        <Text role="status">{page.data && text('cases.total', { total: page.data.total })}</Text>
        {show === 'incomplete' && (
          <Link to="/cases" search={{}} className="plain-link">
            {text('cases.seeAll')}
          </Link>
        )}
      </Group>
      <FailureNotice error={page.error} />
      {page.data && rows.length === 0 ? <EmptyState title={nobody()} /> : <CaseTable rows={rows} />}
      {page.data?.next && limit < 100 && (
        <Button variant="default" mt="sm" onClick={() => setLimit(100)}>
          {text('cases.more')}
        </Button>
      )}
    </>
  )
}

/** Cases as a native table; arrows move between rows. Never category, group or threat (H9). */
export function CaseTable({ rows }: { readonly rows: readonly (CaseRow & { readonly byParent?: boolean })[] }) {
  const text = useText()
  const navigate = useNavigate()
  const body = useRef<HTMLTableSectionElement>(null)
  const move = (from: HTMLElement, by: number) => {
    const links = [...(body.current?.querySelectorAll<HTMLElement>('a') ?? [])]
    links[links.indexOf(from) + by]?.focus()
  }
  return (
    <table className="list-table">
      <thead>
        <tr>
          <th scope="col">{text('cases.name')}</th>
          <th scope="col">{text('cases.number')}</th>
          <th scope="col">{text('cases.age')}</th>
          <th scope="col">{text('cases.sex')}</th>
          <th scope="col">{text('cases.completeness')}</th>
          <th scope="col">{text('cases.openReferrals')}</th>
          <th scope="col">{text('cases.registered')}</th>
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map((row) => (
          <tr
            key={row.id}
            {...(row.opens ? { onClick: () => void navigate({ to: '/cases/$caseId', params: { caseId: row.id } }) } : {})}
          >
            <td>
              {row.opens ? (
                <Link
                  to="/cases/$caseId"
                  params={{ caseId: row.id }}
                  onKeyDown={(e) => {
                    if (e.key === 'ArrowDown') move(e.currentTarget, 1)
                    if (e.key === 'ArrowUp') move(e.currentTarget, -1)
                  }}
                >
                  <MaskedName name={row.name} caseId={row.id} unnamed={text('cases.unnamed')} />
                </Link>
              ) : (
                <>
                  <MaskedName name={row.name} caseId={row.id} unnamed={text('cases.unnamed')} /> <AskFor row={row} />
                </>
              )}
              <RevealPerson name={row.name} caseId={row.id} number={row.number} />
              {row.receivedFrom !== null && <small> {text('cases.receivedFrom', { site: row.receivedFrom })}</small>}
              {row.byParent === true && <small> {text('cases.byParent')}</small>}
            </td>
            <td className="number">{row.number}</td>
            <td>
              {row.ageYears === null ? '' : text('cases.years', { age: row.ageYears })}
              {row.ageYears !== null && row.ageYears < 18 && <small className="mark"> {text('cases.minor')}</small>}
            </td>
            <td>{row.sex}</td>
            <td>
              {text(`cases.status.${row.status}`)}{' '}
              <small>({text('cases.filled', { answered: row.answered, asked: row.toAnswer })})</small>
            </td>
            <td>{row.referralsOpen === 0 ? '' : row.referralsOpen}</td>
            <td>{formatDay(row.registeredOn)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
