import '#renderer/ui/list-table.css'
import { Button, Group, Menu, Paper, Text, Title } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { call, useCall } from '#renderer/api/call.ts'
import { useMay } from '#renderer/api/desk.ts'
import { useDoing } from '#renderer/api/use-doing.ts'
import { formatDay } from '#renderer/i18n/format.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { CaseFormRow } from '#shared/case-forms/contract.ts'
import type { CompiledForm } from '#shared/forms/compile-form.ts'
import type { Answers } from '#shared/forms/form-definition.ts'
import { SideBySide } from './side-by-side.tsx'

interface CaseFormsProps {
  readonly caseId: string
  readonly mayBegin: boolean
  /** The profile as this reader sees it, and the day of its last change. */
  readonly profile: { readonly form: CompiledForm; readonly answers: Answers; readonly on: string }
}

/** The plans, sessions and visits of a case, and the way to begin another. */
export function CaseForms({ caseId, mayBegin, profile }: CaseFormsProps) {
  const text = useText()
  const may = useMay()
  const list = useCall('caseForms.list', { caseId }, may('caseForm.read'))
  if (!may('caseForm.read')) return null
  const rows = list.data?.rows ?? []
  return (
    <Paper withBorder px="md" py="xs" mb="md" component="section" aria-labelledby="case-forms">
      <Group justify="space-between">
        <Title order={2} size="h4" id="case-forms">
          {text('caseForms.title')}
        </Title>
        {mayBegin && may('caseForm.fill') && <BeginForm caseId={caseId} />}
      </Group>
      <FailureNotice error={list.error} onRetry={() => void list.refetch()} />
      {rows.length > 0 ? <FormTable caseId={caseId} rows={rows} /> : <Text c="dimmed">{text('caseForms.none')}</Text>}
      <SideBySide rows={rows} {...profile} />
    </Paper>
  )
}

function BeginForm({ caseId }: { readonly caseId: string }) {
  const text = useText()
  const language = useLanguage()
  const navigate = useNavigate()
  const offered = useCall('caseForms.offered', {})
  const { busy, error, run } = useDoing()
  return (
    <div>
      <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <Button variant="default" size="xs" loading={busy}>
            {text('caseForms.add')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {offered.data?.forms.map(({ form, title }) => (
            <Menu.Item
              key={form}
              onClick={() =>
                void run(async () => {
                  const { row } = await call('caseForms.create', { caseId, form })
                  await navigate({ to: '/cases/$caseId/forms/$caseFormId', params: { caseId, caseFormId: row.id } })
                })
              }
            >
              {title[language]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <FailureNotice error={error ?? offered.error} />
    </div>
  )
}

function FormTable({ caseId, rows }: { readonly caseId: string; readonly rows: readonly CaseFormRow[] }) {
  const text = useText()
  const language = useLanguage()
  return (
    <table className="list-table plain">
      <thead>
        <tr>
          <th scope="col">{text('caseForms.form')}</th>
          <th scope="col">{text('caseForms.on')}</th>
          <th scope="col">{text('caseForms.author')}</th>
          <th scope="col">{text('caseForms.state')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              {row.isReadable ? (
                <Link to="/cases/$caseId/forms/$caseFormId" params={{ caseId, caseFormId: row.id }}>
                  {row.title[language]}
                </Link>
              ) : (
                <>
                  {row.title[language]} <small>{text('caseForms.notHere')}</small>
                </>
              )}
            </td>
            <td className="number">{formatDay(row.on)}</td>
            <td>
              <bdi>{row.author}</bdi>
            </td>
            <td>{text(`caseForms.states.${row.state}`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
