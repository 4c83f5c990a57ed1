import { Text } from '@mantine/core'
import { useText } from '#renderer/i18n/text.tsx'
import { csvColumns, neededCsvColumns } from '#shared/directory/csv-columns.ts'
import '#renderer/ui/list-table.css'
import './directory.css'

/** What the columns of a directory file are called and hold, those that are needed first; folded away until it is asked for. */
export function CsvColumns() {
  const text = useText()
  const needed: readonly string[] = neededCsvColumns
  const ordered = [...neededCsvColumns, ...csvColumns.filter((c) => !needed.includes(c))]
  return (
    <details>
      <summary>{text('directory.importColumns', { needed: neededCsvColumns.join(', ') })}</summary>
      <Text size="sm" my="xs">
        {text('directory.importMany')}
      </Text>
      <table className="list-table plain csv-columns">
        <tbody>
          {ordered.map((c) => (
            <tr key={c}>
              <th scope="row">{c}</th>
              <td>{needed.includes(c) && <strong>{text('directory.importNeeded')}</strong>}</td>
              <td>{text(`directory.columns.${c}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
