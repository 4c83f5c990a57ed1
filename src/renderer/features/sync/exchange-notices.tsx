import { Alert, Button, Text } from '@mantine/core'
import { useMay } from '#renderer/api/desk.ts'
import { formatInstantDay } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import type { CallOutput } from '#shared/contract.ts'

/** Id of the heading of the conflicts, which the notice leads to. */
export const conflictsHeading = 'conflicts'

/** What has to be done before anything else: this PC goes on from a copy, or values wait for a decision. */
export function ExchangeNotices({ status }: { readonly status: CallOutput<'sync.centres'> }) {
  const text = useText()
  const may = useMay()
  const { renewed, toReview } = status
  return (
    <>
      {renewed === null ? null : (
        <Alert color="amber" variant="light" mb="md">
          <Text fw={700}>{text(`sync.renewed.${renewed.reason}.what`, { date: formatInstantDay(renewed.at) })}</Text>
          <Text>{text(`sync.renewed.${renewed.reason}.todo`)}</Text>
        </Alert>
      )}
      {toReview === 0 ? null : (
        <Alert color="amber" variant="light" mb="md">
          <Text fw={700}>{text('sync.toReview', { count: toReview })}</Text>
          {may('sync.review') ? (
            <Button
              variant="default"
              size="xs"
              mt="xs"
              onClick={() => {
                const heading = document.getElementById(conflictsHeading)
                heading?.scrollIntoView({ block: 'start' })
                heading?.focus({ preventScroll: true })
              }}
            >
              {text('sync.seeConflicts')}
            </Button>
          ) : (
            <Text>{text('sync.toReviewAsk')}</Text>
          )}
        </Alert>
      )}
    </>
  )
}
