import { Button, NativeSelect, Paper, Radio, Stack, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import { useCallMutation } from '#renderer/api/call.ts'
import { today } from '#renderer/api/clock.ts'
import { useDesk } from '#renderer/api/desk.ts'
import { useDraftedFields, useTextGuard, WithDraft } from '#renderer/features/forms/index.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { DateField } from '#renderer/ui/date-field.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { Draft } from '#shared/cases/contract.ts'
import { needsCoupon, stepRules, type ToldBy } from '#shared/referrals/referral-steps.ts'
import type { ReferralState } from '#shared/referrals/referral.ts'

const allTellers = ['provider', 'person', 'staff'] as const

interface FollowStepProps {
  readonly caseId: string
  readonly referralId: string
  readonly next: readonly ReferralState[]
}

/** What happened next, told by hand; what was left unfinished is offered. */
export function FollowStep(props: FollowStepProps) {
  return (
    <WithDraft of={{ form: 'referral-step', subject: props.referralId }}>
      {(left) => <FollowForm {...props} left={left} />}
    </WithDraft>
  )
}

/** Only the steps that are possible are offered. */
function FollowForm({ caseId, referralId, next, left }: FollowStepProps & { readonly left: Draft | null }) {
  const start = left?.texts ?? {}
  const text = useText()
  const [to, setTo] = useState(start['to'] ?? '')
  const [on, setOn] = useState(start['on'] ?? today())
  const [toldBy, setToldBy] = useState<ToldBy | ''>(allTellers.find((t) => t === start['told_by']) ?? '')
  const [reason, setReason] = useState(start['reason'] ?? '')
  const draft = useDraftedFields({ form: 'referral-step', subject: referralId }, left, { to, on, told_by: toldBy, reason })
  const [couponCode, setCouponCode] = useState('')
  const byCoupon = needsCoupon(useDesk().status.user?.roles ?? [])
  const step = useCallMutation('referrals.step', () => {
    draft.done()
    setTo('')
    setReason('')
    setToldBy('')
    setCouponCode('')
  })
  const { warning, guard } = useTextGuard(caseId)
  const state = next.find((s) => s === to)
  const rule = state && stepRules[state]
  const needsReason = rule?.reasonNeeded === true
  const tellers = byCoupon ? (['provider'] as const) : (rule?.tellers ?? [])
  const missing = toldBy === '' || !tellers.some((t) => t === toldBy) || (byCoupon && couponCode.trim() === '')
  return (
    <Paper withBorder p="md" mb="md" component="section" aria-labelledby="follow-title">
      <Title order={2} size="h4" id="follow-title" mb="sm">
        {text('referrals.step')}
      </Title>
      <Stack gap="sm" align="flex-start">
        <NativeSelect
          label={text('referrals.stepTo')}
          value={to}
          onChange={(e) => {
            setTo(e.currentTarget.value)
            setToldBy('')
          }}
          data={[
            { value: '', label: text('forms.choose') },
            ...next.map((s) => ({ value: s, label: text(`referrals.states.${s}`) })),
          ]}
        />
        {state && (
          <>
            <DateField label={text('referrals.stepOn')} value={on} onChange={setOn} required />
            <Radio.Group
              label={text('referrals.toldBy')}
              required
              value={toldBy}
              onChange={(v) => setToldBy(tellers.find((t) => t === v) ?? '')}
            >
              <Stack gap={6} mt={4}>
                {tellers.map((t) => (
                  <Radio key={t} value={t} label={text(`referrals.tellers.${t}`)} />
                ))}
              </Stack>
            </Radio.Group>
            {byCoupon && (
              <TextInput
                label={text('referrals.couponCode')}
                description={text('referrals.couponCodeHint')}
                required
                value={couponCode}
                maxLength={20}
                autoComplete="off"
                spellCheck={false}
                onChange={(e) => setCouponCode(e.currentTarget.value)}
              />
            )}
            <TextInput
              label={text('referrals.reason')}
              required={needsReason}
              error={needsReason && reason.trim() === '' ? text('referrals.reasonNeeded') : undefined}
              value={reason}
              maxLength={200}
              autoComplete="off"
              spellCheck={false}
              onChange={(e) => setReason(e.currentTarget.value)}
            />
            {warning}
            <FailureNotice error={step.error} />
            <Button
              disabled={missing || on === '' || (needsReason && reason.trim() === '')}
              loading={step.isPending}
              onClick={() =>
                toldBy !== '' && void guard(reason, () => step.mutate({ referralId, to: state, on, toldBy, reason, couponCode }))
              }
            >
              {text('referrals.stepGo')}
            </Button>
          </>
        )}
      </Stack>
    </Paper>
  )
}
