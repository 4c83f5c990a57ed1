import { Alert, Text, Title } from '@mantine/core'
import { useProblemWords } from '#renderer/features/forms/index.ts'
import { formatDay } from '#renderer/i18n/format.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import type { CompiledForm } from '#shared/forms/compile-form.ts'
import { nodeOfPath } from '#shared/forms/filled-form.ts'
import { questionOfRow } from '#shared/forms/quick-card.ts'
import type { PreviewedSubmission, SubmissionsPreview } from '#shared/submissions/contract.ts'
import '#renderer/ui/list-table.css'
import './submissions.css'

/** What the chosen files hold: how many interviews, what becomes of each, what could not be read and what is not taken. */
export function PreviewReport({ preview, form }: { readonly preview: SubmissionsPreview; readonly form: CompiledForm }) {
  const text = useText()
  const { counts, submissions, lost, lostCount } = preview
  const told = submissions.filter(
    (s) => s.state === 'no-consent' || s.state === 'taken-changed' || (s.state === 'new' && s.declined),
  )
  const toCorrect = submissions.filter((s) => s.state === 'new' && s.findings.length > 0)
  const lines: readonly (readonly [number, string])[] = [
    [counts.toMake, text('submissions.counts.toMake')],
    [counts.taken, text('submissions.counts.taken')],
    [counts.takenChanged, text('submissions.counts.takenChanged')],
    [counts.noConsent, text('submissions.counts.noConsent', { count: counts.noConsent })],
  ]
  return (
    <>
      <div role="status">
        <Text>{text('submissions.read', { count: counts.all })}</Text>
        <ul className="submission-counts">
          {lines
            .filter(([count], at) => at === 0 || count > 0)
            .map(([count, words]) => (
              <li key={words}>
                <strong>{count}</strong> {words}
              </li>
            ))}
        </ul>
      </div>
      {told.length > 0 && <ToldTable rows={told} />}
      {toCorrect.length > 0 && <Findings form={form} rows={toCorrect} count={counts.withFindings} />}
      <Columns preview={preview} />
      {lostCount > 0 && (
        <Alert color="brick" variant="light" my="xs">
          {text('submissions.lost', {
            count: lostCount,
            rows: lost.map(({ sheet, row }) => text('submissions.lostRow', { sheet, row })).join(', '),
          })}
        </Alert>
      )}
    </>
  )
}

function usePlace() {
  const text = useText()
  return ({ file, row }: PreviewedSubmission) => (row === null ? file : text('submissions.row', { row, file }))
}

/** Interviews that are not simply taken, and what becomes of them. */
function ToldTable({ rows }: { readonly rows: readonly PreviewedSubmission[] }) {
  const text = useText()
  const place = usePlace()
  return (
    <>
      <Title order={3} size="h5" mt="sm">
        {text('submissions.toldTitle')}
      </Title>
      <table className="list-table plain">
        <thead>
          <tr>
            <th scope="col">{text('submissions.interview')}</th>
            <th scope="col">{text('submissions.sentOn')}</th>
            <th scope="col">{text('submissions.becomes')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={place(one)}>
              <td>{place(one)}</td>
              <td className="number">{one.sentOn === '' ? '' : formatDay(one.sentOn)}</td>
              <td>
                {one.state === 'new'
                  ? text('submissions.declined', { count: one.leftOut })
                  : text(one.state === 'no-consent' ? 'submissions.noConsent' : 'submissions.takenChanged')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** Values that fit no answer: they stay in the draft as they are. */
function Findings(props: { readonly form: CompiledForm; readonly rows: readonly PreviewedSubmission[]; readonly count: number }) {
  const { form, rows, count } = props
  const text = useText()
  const language = useLanguage()
  const place = usePlace()
  const problemWords = useProblemWords()
  const questionOf = (path: string) => {
    const row = nodeOfPath(form, path)?.row
    return row && questionOfRow(row)
  }
  const isCut = rows.length < count || rows.some((one) => one.findings.length < one.findingCount)
  return (
    <>
      <Title order={3} size="h5" mt="sm">
        {text('submissions.findingsTitle', { count })}
      </Title>
      <Text>{text('submissions.findingsHow')}</Text>
      <table className="list-table plain">
        <thead>
          <tr>
            <th scope="col">{text('submissions.interview')}</th>
            <th scope="col">{text('submissions.question')}</th>
            <th scope="col">{text('submissions.value')}</th>
            <th scope="col">{text('submissions.toDo')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.flatMap((one) =>
            one.findings.map((finding) => {
              const question = questionOf(finding.path)
              return (
                <tr key={`${place(one)} ${finding.path}`}>
                  <td>{place(one)}</td>
                  <td>
                    {question?.label[language] ?? finding.path}
                    <br />
                    <small className="submission-column">{finding.column}</small>
                  </td>
                  <td>{finding.value}</td>
                  <td>
                    {finding.problem === 'far-too-long'
                      ? text('submissions.farTooLong')
                      : question && problemWords(question, finding.problem)}
                  </td>
                </tr>
              )
            }),
          )}
        </tbody>
      </table>
      {isCut && <Text>{text('submissions.findingsCut')}</Text>}
    </>
  )
}

/** The columns that are not taken, by why. */
function Columns({ preview }: { readonly preview: SubmissionsPreview }) {
  const text = useText()
  const { unknown, desk, tool } = preview.columns
  const more = (list: typeof unknown) =>
    `${list.names.join(', ')}${list.count > list.names.length ? text('submissions.columnsMore', { count: list.count - list.names.length }) : ''}`
  return (
    <>
      {unknown.count > 0 && (
        <Alert color="amber" variant="light" my="xs" title={text('submissions.columnsUnknown', { count: unknown.count })}>
          {more(unknown)}
        </Alert>
      )}
      {desk.count + tool.count > 0 && (
        <details className="submission-columns">
          <summary>{text('submissions.columnsOthers', { count: desk.count + tool.count })}</summary>
          {desk.count > 0 && <Text>{text('submissions.columnsDesk', { names: more(desk) })}</Text>}
          {tool.count > 0 && <Text>{text('submissions.columnsTool', { names: more(tool) })}</Text>}
        </details>
      )}
    </>
  )
}
