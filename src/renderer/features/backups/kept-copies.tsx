import { Text, Title } from '@mantine/core'
import { formatDay, formatSize } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import type { KeptCopy } from '#shared/backups/contract.ts'
import { copyNumber } from './copy-age.ts'

/** The copies on this computer, and why each was made. */
export function KeptCopies({ copies }: { readonly copies: readonly KeptCopy[] }) {
  const text = useText()
  return (
    <section className="page-card" aria-labelledby="kept-copies">
      <Title order={2} size="h4" mb="xs" id="kept-copies">
        {text('backups.keptTitle')}
      </Title>
      <Text c="dimmed" mb="sm">
        {text('backups.keptWhat')}
      </Text>
      {copies.length === 0 ? (
        <Text>{text('backups.keptNone')}</Text>
      ) : (
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{text('backups.number')}</th>
              <th scope="col">{text('backups.day')}</th>
              <th scope="col">{text('backups.reason')}</th>
              <th scope="col">{text('backups.size')}</th>
            </tr>
          </thead>
          <tbody>
            {copies.map((copy) => (
              <tr key={copy.id}>
                <td>{copyNumber(copy)}</td>
                <td>{formatDay(copy.day)}</td>
                <td>{text(`backups.reasons.${copy.reason}`)}</td>
                <td>{formatSize(copy.bytes, text)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
