import { Alert, Button, Text } from '@mantine/core'
import { formatInstant } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import type { ImportReceipt } from '#shared/sync/contract.ts'
import { Facts } from '#renderer/ui/facts.tsx'
import { some } from './import-preview.tsx'
import { StepCard } from './step-card.tsx'

/** What a received file brought. */
export function ReceiptCard(props: { readonly receipt: ImportReceipt; readonly onDone: () => void }) {
  const text = useText()
  const { receipt } = props
  const { newPeople, changedPeople, newReferrals, changedReferrals, services } = receipt
  const nothing = newPeople + changedPeople + newReferrals + changedReferrals + services === 0
  return (
    <StepCard title={text('sync.receiptTitle', { site: receipt.fromSite, counter: receipt.fileCounter })}>
      {nothing ? <Text fw={700}>{text('sync.nothingNew')}</Text> : null}
      <Facts
        rows={[
          [text('sync.newPeople'), some(receipt.newPeople)],
          [text('sync.changedPeople'), some(receipt.changedPeople)],
          [text('sync.newReferrals'), some(receipt.newReferrals)],
          [text('sync.changedReferrals'), some(receipt.changedReferrals)],
          [text('sync.services'), some(receipt.services)],
          [text('sync.theyHave'), receipt.theyHaveOursUntil === null ? undefined : formatInstant(receipt.theyHaveOursUntil)],
        ]}
      />
      {receipt.toReview === 0 ? null : (
        <Alert color="amber" variant="light" mb="sm">
          {text('sync.receiptToReview', { count: receipt.toReview })}
        </Alert>
      )}
      {receipt.twoHistories ? (
        <Alert color="amber" variant="light" mb="sm">
          {text('sync.previewTwoHistories')}
        </Alert>
      ) : null}
      {receipt.registerFault === null ? null : (
        <Alert color="amber" variant="light" mb="sm">
          {text(`sync.registerFault.${receipt.registerFault}`)}
        </Alert>
      )}
      {receipt.setAside === 0 ? null : (
        <Alert color="amber" variant="light" mb="sm">
          {text('sync.previewSetAside', { count: receipt.setAside })}
        </Alert>
      )}
      {receipt.toFormerKey ? (
        <Alert color="amber" variant="light" mb="sm">
          {text('sync.toFormerKey', { site: receipt.fromSite })}
        </Alert>
      ) : null}
      <Alert color="amber" variant="light" mb="md">
        <Text fw={700}>{text('sync.ejectRead')}</Text>
      </Alert>
      <Button onClick={props.onDone}>{text('sync.finish')}</Button>
    </StepCard>
  )
}
