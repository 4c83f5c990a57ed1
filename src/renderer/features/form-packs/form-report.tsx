import { Alert, Text, Title } from '@mantine/core'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import '#renderer/ui/list-table.css'
import type { FormPreview } from '#shared/forms/contract.ts'
import './form-packs.css'

/** What a file holds: its faults with their place in Excel, and what changes from the newest version. */
export function FormReport({ found }: { readonly found: FormPreview }) {
  const text = useText()
  const language = useLanguage()
  const { pack, errorCount, warningCount, faults, against } = found
  const title = pack?.title[language] ?? pack?.id ?? ''
  const changes = found.changes[language]
  return (
    <>
      <div role="status">
        <Text fw={700}>
          {pack === null ? text('formPacks.noForm') : text('formPacks.isForm', { title, version: pack.version })}
        </Text>
        {errorCount > 0 ? (
          <Alert color="brick" variant="light" my="xs">
            {text('formPacks.errors', { count: errorCount })}
          </Alert>
        ) : (
          <Alert color="forest" variant="light" my="xs">
            {text('formPacks.good')}
          </Alert>
        )}
        {warningCount > 0 ? <Text>{text('formPacks.warnings', { count: warningCount })}</Text> : null}
      </div>
      {faults.length > 0 ? <FaultsTable found={found} /> : null}
      {against === null ? null : (
        <>
          <Title order={3} size="h5" mt="md">
            {text('formPacks.changesTitle', { version: against })}
          </Title>
          {changes.length === 0 ? (
            <Text>{text('formPacks.changesNone')}</Text>
          ) : (
            <ul className="form-changes">
              {changes.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          )}
        </>
      )}
    </>
  )
}

function FaultsTable({ found }: { readonly found: FormPreview }) {
  const text = useText()
  const language = useLanguage()
  const { faults, errorCount, warningCount } = found
  return (
    <>
      <Title order={3} size="h5" mt="md">
        {text('formPacks.faultsTitle')}
      </Title>
      {errorCount + warningCount > faults.length ? <Text>{text('formPacks.faultsFirst', { count: faults.length })}</Text> : null}
      <table className="list-table plain">
        <thead>
          <tr>
            <th scope="col">{text('formPacks.weight')}</th>
            <th scope="col">{text('formPacks.sheet')}</th>
            <th scope="col">{text('formPacks.row')}</th>
            <th scope="col">{text('formPacks.column')}</th>
            <th scope="col">{text('formPacks.what')}</th>
          </tr>
        </thead>
        <tbody>
          {faults.map((f) => (
            <tr key={`${f.sheet} ${f.row} ${f.column} ${f.words.fr}`}>
              <td className={f.weight === 'error' ? 'mark' : ''}>
                {text(f.weight === 'error' ? 'formPacks.isError' : 'formPacks.isWarning')}
              </td>
              <td>{f.sheet}</td>
              <td className="number">{f.row === 0 ? '' : f.row}</td>
              <td>{f.column}</td>
              <td>{f.words[language]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
