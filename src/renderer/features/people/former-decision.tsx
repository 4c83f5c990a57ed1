import { Alert, Button, Text } from '@mantine/core'
import { useCallMutation } from '#renderer/api/call.ts'
import { formatInstant } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { CaseFile } from '#shared/cases/contract.ts'
import type { PairDecision } from '#shared/people/contract.ts'

/** What was decided about two cases before, by whom, and the way back. */
export function FormerDecision(props: {
  readonly pair: { readonly caseId: string; readonly otherId: string }
  readonly decisions: { readonly identity: PairDecision | null; readonly household: PairDecision | null }
  readonly files: readonly [CaseFile, CaseFile]
}) {
  const text = useText()
  const undo = useCallMutation('people.undo')
  const { identity, household } = props.decisions
  const told = useDecisionWords()
  if (identity === null && household === null) return null
  const leading = props.files.find((file) => file.row.id === identity?.leading)?.row.number ?? ''
  return (
    <Alert color="forest" variant="light" mb="md" role="status" title={text('people.decidedTitle')}>
      {identity !== null && (
        <>
          <Text>
            {identity.verdict === 'same' ? text('people.decidedSame', { number: leading }) : text('people.decidedDifferent')}
          </Text>
          <Text size="sm">{told(identity)}</Text>
          {identity.waits && <Text fw={700}>{text('people.waitsHint')}</Text>}
          <Button
            variant="default"
            size="xs"
            mt="xs"
            loading={undo.isPending}
            onClick={() => undo.mutate({ caseId: props.pair.caseId, otherId: props.pair.otherId })}
          >
            {text('people.undo')}
          </Button>
        </>
      )}
      {household?.relation != null && (
        <Text mt="xs">{text('people.decidedHousehold', { relation: text(`people.relations.${household.relation}`) })}</Text>
      )}
      <FailureNotice error={undo.error} />
    </Alert>
  )
}

/** Who decided, when, and why. */
export function useDecisionWords(): (decision: PairDecision) => string {
  const text = useText()
  return ({ by, site, at, reason }) =>
    [
      text('people.decidedBy', {
        by: by === '' ? text('sync.somebodyOf', { site }) : by,
        when: formatInstant(at),
      }),
      reason === '' ? '' : text('people.because', { reason }),
    ]
      .filter(Boolean)
      .join(' · ')
}
