import { Button, Checkbox, Paper, Radio, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useCallMutation } from '#renderer/api/call.ts'
import { today } from '#renderer/api/clock.ts'
import { useDraftedFields, WithDraft } from '#renderer/features/forms/index.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { Draft } from '#shared/cases/contract.ts'
import { infoItems, type InfoItem } from '#shared/referrals/referral.ts'

const methods = ['signature', 'thumb', 'verbal'] as const

interface ConsentStepProps {
  readonly referralId: string
  readonly minor: boolean
  readonly renewing?: boolean
}

/** The person's choice about this one referral; what was left unfinished is offered, never filled in by itself. */
export function ConsentStep(props: ConsentStepProps) {
  return (
    <WithDraft of={{ form: 'referral-consent', subject: props.referralId }}>
      {(left) => <ConsentForm {...props} left={left} />}
    </WithDraft>
  )
}

/** Nothing is chosen or ticked beforehand (H2, H4). A no to a renewal withdraws. */
function ConsentForm({ referralId, minor, renewing = false, left }: ConsentStepProps & { readonly left: Draft | null }) {
  const start = left?.texts ?? {}
  const text = useText()
  const [given, setGiven] = useState<'yes' | 'no' | ''>(start['given'] === 'yes' || start['given'] === 'no' ? start['given'] : '')
  const [method, setMethod] = useState<(typeof methods)[number] | ''>(methods.find((m) => m === start['method']) ?? '')
  const [items, setItems] = useState<readonly InfoItem[]>(infoItems.filter((i) => start['items']?.split(' ').includes(i)))
  const [guardian, setGuardian] = useState(start['guardian'] === 'yes')
  const [child, setChild] = useState(start['child'] === 'yes')
  const draft = useDraftedFields({ form: 'referral-consent', subject: referralId }, left, {
    given,
    method,
    items: items.join(' '),
    guardian: guardian ? 'yes' : '',
    child: child ? 'yes' : '',
  })
  const record = useCallMutation('referrals.recordConsent', draft.done)
  const withdraw = useCallMutation('referrals.step', draft.done)
  const ready = given === 'no' || (given === 'yes' && method !== '')
  const save = () => {
    if (renewing && given === 'no')
      return withdraw.mutate({ referralId, to: 'withdrawn', on: today(), toldBy: 'person', reason: '' })
    record.mutate({
      referralId,
      given: given === 'yes',
      method: given === 'yes' && method !== '' ? method : null,
      on: today(),
      items: given === 'yes' ? [...items] : [],
      guardianAgrees: minor && given === 'yes' ? guardian : null,
      childAssents: minor && given === 'yes' ? child : null,
    })
  }
  return (
    <Paper withBorder p="md" mb="md" component="section" aria-labelledby="consent-title">
      <Title order={2} size="h4" id="consent-title">
        {text('referrals.consentTitle')}
      </Title>
      <Text mb="sm">{text('referrals.consentText')}</Text>
      <Radio.Group
        label={text('referrals.agrees')}
        required
        value={given}
        onChange={(v) => setGiven(v === 'yes' ? 'yes' : 'no')}
        mb="sm"
      >
        <Stack gap={6} mt={4}>
          <Radio value="yes" label={text('referrals.agreesYes')} />
          <Radio value="no" label={text('referrals.agreesNo')} />
        </Stack>
      </Radio.Group>
      {given === 'yes' && (
        <>
          <Radio.Group
            label={text('referrals.method')}
            required
            value={method}
            onChange={(v) => setMethod(methods.find((m) => m === v) ?? '')}
            mb="sm"
          >
            <Stack gap={6} mt={4}>
              {methods.map((m) => (
                <Radio key={m} value={m} label={text(`referrals.methods.${m}`)} />
              ))}
            </Stack>
          </Radio.Group>
          <Checkbox.Group
            label={text('referrals.items')}
            value={[...items]}
            onChange={(v) => setItems(infoItems.filter((i) => v.includes(i)))}
            mb="sm"
          >
            <Stack gap={6} mt={4}>
              {infoItems.map((i) => (
                <Checkbox key={i} value={i} label={text(`referrals.itemNames.${i}`)} />
              ))}
            </Stack>
          </Checkbox.Group>
          {minor && (
            <Stack gap={6} mb="sm">
              <Checkbox
                checked={guardian}
                onChange={(e) => setGuardian(e.currentTarget.checked)}
                label={text('referrals.guardian')}
              />
              <Checkbox checked={child} onChange={(e) => setChild(e.currentTarget.checked)} label={text('referrals.child')} />
            </Stack>
          )}
        </>
      )}
      <FailureNotice error={record.error ?? withdraw.error} />
      <Button disabled={!ready} loading={record.isPending || withdraw.isPending} onClick={save}>
        {text('referrals.recordConsent')}
      </Button>
    </Paper>
  )
}
