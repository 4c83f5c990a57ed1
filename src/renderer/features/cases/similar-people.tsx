import { Alert, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useCall } from '#renderer/api/call.ts'
import { useMay } from '#renderer/api/desk.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { formatDay } from '#renderer/i18n/format.ts'

/** People of this desk with a name like this one's, while the card is filled in. Whether they are the same, a person says. */
export function SimilarPeople({ caseId, number }: { readonly caseId: string; readonly number: string }) {
  const text = useText()
  const may = useMay()
  const found = useCall('people.similar', { caseId })
  if (!found.data || found.data.rows.length === 0) return null
  return (
    <Alert color="amber" mb="md" role="status" title={text('cases.similarTitle')}>
      <Text mb="xs">{text('cases.similarWhat')}</Text>
      <ul>
        {found.data.rows.map((row) => (
          <li key={row.id}>
            {row.opens ? (
              <Link to="/cases/$caseId" params={{ caseId: row.id }}>
                <bdi>{row.name}</bdi>
              </Link>
            ) : (
              <bdi>{row.name}</bdi>
            )}{' '}
            {row.number} {row.ageYears === null ? '' : text('cases.years', { age: row.ageYears })}{' '}
            {row.receivedFrom ?? text('cases.similarSince', { day: formatDay(row.registeredOn) })}
            {may('people.decide') && row.opens && (
              <>
                {' '}
                <Link
                  to="/compare"
                  search={{ first: caseId, second: row.id }}
                  aria-label={text('people.compareThese', { first: number, second: row.number })}
                >
                  {text('people.compare')}
                </Link>
              </>
            )}
          </li>
        ))}
      </ul>
    </Alert>
  )
}
