import { Alert, Button, Text } from '@mantine/core'
import { formatInstant } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import type { ImportReceipt } from '#shared/sync/contract.ts'
import { Facts } from '#renderer/ui/facts.tsx'
import { StepCard } from './step-card.tsx'

/** What a received file brought. */
export function ReceiptCard(props: { readonly receipt: ImportReceipt; readonly onDone: () => void }) {
  const text = useText()
  const { receipt } = props
  return (
    <StepCard title={text('sync.receiptTitle', { site: receipt.fromSite, counter: receipt.fileCounter })}>
      <Facts
        rows={[
          [text('sync.newPeople'), receipt.newPeople],
          [text('sync.changedPeople'), receipt.changedPeople],
          [text('sync.newReferrals'), receipt.newReferrals],
          [text('sync.changedReferrals'), receipt.changedReferrals],
          [text('sync.services'), receipt.services],
          [text('sync.theyHave'), receipt.theyHaveOursUntil === null ? undefined : formatInstant(receipt.theyHaveOursUntil)],
        ]}
      />
      <Alert color="amber" variant="light" mb="md">
        <Text fw={700}>{text('sync.ejectRead')}</Text>
      </Alert>
      <Button onClick={props.onDone}>{text('sync.finish')}</Button>
    </StepCard>
  )
}
