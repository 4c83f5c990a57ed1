import { Alert, Button, Group, Paper, SegmentedControl, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { call, queryClient, useCall } from '#renderer/api/call.ts'
import { SlipPreview, usePrinting } from '#renderer/features/printing/index.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { SlipFormat } from '#shared/printing/contract.ts'
import type { ReferralFile } from '#shared/referrals/contract.ts'

const formats = ['a5', 'a4-two'] as const

/** The slip as it will look, and printing it. */
export function SlipStep({ file }: { readonly file: ReferralFile }) {
  const text = useText()
  const [format, setFormat] = useState<SlipFormat>('a5')
  const { busy, told: done, failure, print } = usePrinting(text('referrals.savePdfTitle'))
  const referralId = file.row.id
  const job = useCall('printing.previewSlip', { referralId, format })
  const printTo = (toPdf: boolean) =>
    void print(
      toPdf,
      (to) => call('printing.printSlip', { referralId, format, to }),
      () => queryClient.invalidateQueries(),
    )
  return (
    <Paper withBorder p="md" mb="md" component="section" aria-labelledby="slip-title">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4" id="slip-title">
          {text('referrals.slip')}
        </Title>
        <Group gap="sm">
          <SegmentedControl
            aria-label={text('referrals.slipFormat')}
            value={format}
            onChange={(v) => setFormat(formats.find((f) => f === v) ?? 'a5')}
            data={formats.map((f) => ({ value: f, label: text(`referrals.formats.${f}`) }))}
          />
          <Button loading={busy} onClick={() => printTo(false)}>
            {text('referrals.print')}
          </Button>
          <Button variant="default" disabled={busy} onClick={() => printTo(true)}>
            {text('referrals.savePdf')}
          </Button>
        </Group>
      </Group>
      {file.printedTimes > 0 && <Text size="sm">{text('referrals.reprint', { times: file.printedTimes })}</Text>}
      <FailureNotice error={failure ?? job.error} />
      {done && (
        <Alert color={done === 'notPrinted' ? 'amber' : 'forest'} role="status" mb="sm">
          {text(`referrals.${done}`)}
        </Alert>
      )}
      {job.data && <SlipPreview job={job.data} label={text('referrals.slip')} />}
      <Text size="sm" c="dimmed" mt="xs">
        {text('referrals.printNote')}
      </Text>
    </Paper>
  )
}
