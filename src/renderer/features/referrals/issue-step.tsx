import { Button, Paper, Radio, Stack, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import { useCallMutation } from '#renderer/api/call.ts'
import { useDraftedFields, WithDraft } from '#renderer/features/forms/index.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { Draft } from '#shared/cases/contract.ts'

const languages = ['bi', 'fr', 'en'] as const

/** Gives the code; the slip follows. What was left unfinished is offered. */
export function IssueStep({ referralId }: { readonly referralId: string }) {
  return (
    <WithDraft of={{ form: 'referral-issue', subject: referralId }}>
      {(left) => <IssueForm referralId={referralId} left={left} />}
    </WithDraft>
  )
}

function IssueForm({ referralId, left }: { readonly referralId: string; readonly left: Draft | null }) {
  const text = useText()
  const [slipLanguage, setSlipLanguage] = useState<(typeof languages)[number]>(
    languages.find((l) => l === left?.texts['language']) ?? 'bi',
  )
  const [appointment, setAppointment] = useState(left?.texts['appointment'] ?? '')
  const draft = useDraftedFields({ form: 'referral-issue', subject: referralId }, left, { language: slipLanguage, appointment })
  const issue = useCallMutation('referrals.issue', draft.done)
  return (
    <Paper withBorder p="md" mb="md" component="section" aria-labelledby="issue-title">
      <Title order={2} size="h4" id="issue-title" mb="sm">
        {text('referrals.issueTitle')}
      </Title>
      <Stack gap="sm" align="flex-start">
        <Radio.Group
          label={text('referrals.slipLanguage')}
          value={slipLanguage}
          onChange={(v) => setSlipLanguage(languages.find((l) => l === v) ?? 'bi')}
        >
          <Stack gap={6} mt={4}>
            {languages.map((l) => (
              <Radio key={l} value={l} label={text(`referrals.languages.${l}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <TextInput
          label={text('referrals.appointment')}
          description={text('referrals.appointmentHint')}
          value={appointment}
          maxLength={60}
          autoComplete="off"
          spellCheck={false}
          onChange={(e) => setAppointment(e.currentTarget.value)}
        />
        <FailureNotice error={issue.error} />
        <Button loading={issue.isPending} onClick={() => issue.mutate({ referralId, slipLanguage, appointment })}>
          {text('referrals.issue')}
        </Button>
      </Stack>
    </Paper>
  )
}
