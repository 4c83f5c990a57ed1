import { Alert, Text } from '@mantine/core'
import { useText } from '#renderer/i18n/text.tsx'
import type { CallOutput } from '#shared/contract.ts'
import type { CsvPreview } from '#shared/directory/contract.ts'
import '#renderer/ui/list-table.css'
import './directory.css'

/** What a file would do, or did: how many added, changed, left alone, refused, and why the refused ones were. */
export function CsvReport({
  preview,
  done,
}: {
  readonly preview: CsvPreview
  readonly done: CallOutput<'directory.importCsv'> | undefined
}) {
  const text = useText()
  const nothing = preview.toAdd + preview.toUpdate === 0
  const counts: readonly (readonly [number, string])[] = done
    ? [
        [done.added, text('directory.importAdded')],
        [done.updated, text('directory.importUpdated')],
        [done.unchanged, text('directory.importUnchanged')],
        [done.refused, text('directory.importBad')],
      ]
    : [
        [preview.toAdd, text('directory.importAdd')],
        [preview.toUpdate, text('directory.importUpdate')],
        [preview.unchanged, text('directory.importSame')],
        [preview.refusedCount, text('directory.importBad')],
      ]
  return (
    <>
      <div role="status">
        {done ? (
          <Alert color="forest" my="xs">
            {text('directory.importDone')}
          </Alert>
        ) : (
          <Text mt="xs">{text('directory.importRead', { rows: preview.fileRows })}</Text>
        )}
        <ul className="csv-counts">
          {counts.map(([count, label]) => (
            <li key={label}>
              <strong>{text('directory.importCount', { count })}</strong> {label}
            </li>
          ))}
        </ul>
        {!done && nothing && (
          <Text fw={700}>{text(preview.unchanged > 0 ? 'directory.importNothing' : 'directory.importNothingGood')}</Text>
        )}
      </div>
      {preview.unknownColumns.length > 0 && (
        <Alert color="amber" my="xs">
          {text('directory.importUnknownColumns', { names: preview.unknownColumns.join(', ') })}
        </Alert>
      )}
      {!done && preview.encoding === 'windows-1252' && (
        <Alert color="amber" my="xs">
          {text('directory.importEncoding1252')}
        </Alert>
      )}
      {!done && preview.samples.length > 0 && (
        <>
          <Text>{text('directory.importSamples')}</Text>
          <ul>
            {preview.samples.map((name, i) => (
              // two services may bear the same name
              // eslint-disable-next-line react/no-array-index-key
              <li key={i}>{name}</li>
            ))}
          </ul>
        </>
      )}
      {preview.refusedCount > 0 && <RefusedLines preview={preview} />}
    </>
  )
}

function RefusedLines({ preview }: { readonly preview: CsvPreview }) {
  const text = useText()
  const { refused, refusedCount } = preview
  return (
    <>
      <Text fw={700} mt="sm">
        {text('directory.importRefused', { count: refusedCount })}
      </Text>
      <Text>
        {refusedCount > refused.length
          ? text('directory.importRefusedFirst', { shown: refused.length })
          : text('directory.importRefusedAll')}
      </Text>
      <table className="list-table plain">
        <thead>
          <tr>
            <th scope="col">{text('directory.line')}</th>
            <th scope="col">{text('directory.column')}</th>
            <th scope="col">{text('directory.problem')}</th>
          </tr>
        </thead>
        <tbody>
          {refused.map((r) => (
            <tr key={r.line}>
              <td className="number">{r.line}</td>
              <td>{r.column}</td>
              <td>{text(`directory.problems.${r.problem}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
