import { Button, NativeSelect, Radio, Stack, Title } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { call, useCall, useCallMutation } from '#renderer/api/call.ts'
import { ServiceSearch } from '#renderer/features/directory/index.ts'
import { useDraftedFields, WithDraft } from '#renderer/features/forms/index.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { PageHeading } from '#renderer/ui/page-heading.tsx'
import type { Draft } from '#shared/cases/contract.ts'
import type { ServiceRow } from '#shared/directory/contract.ts'
import { priorities, type Priority } from '#shared/referrals/referral.ts'

/** A need, an urgency and a service that can take the person; consent comes next. What was left unfinished is offered. */
export function NewReferralPage() {
  const text = useText()
  const { case: caseId = '' } = useSearch({ strict: false }) as { case?: string }
  const file = useCall('cases.get', { caseId }, caseId !== '')
  if (!file.data) return <FailureNotice error={file.error} />
  return (
    <>
      <PageHeading
        title={text('referrals.newTitle')}
        explanation={text('referrals.forPerson', { name: file.data.masked ? file.data.row.number : file.data.row.name })}
      />
      <WithDraft key={caseId} of={{ form: 'new-referral', subject: caseId }}>
        {(left) => <NewReferralForm caseId={caseId} left={left} />}
      </WithDraft>
    </>
  )
}

function NewReferralForm({ caseId, left }: { readonly caseId: string; readonly left: Draft | null }) {
  const text = useText()
  const language = useLanguage()
  const navigate = useNavigate()
  const taxonomy = useCall('directory.taxonomy', {})
  const start = left?.texts ?? {}
  const [need, setNeed] = useState(start['need'] ?? '')
  const [priority, setPriority] = useState<Priority | ''>(priorities.find((p) => p === start['priority']) ?? '')
  const [service, setService] = useState<ServiceRow>()
  const draft = useDraftedFields({ form: 'new-referral', subject: caseId }, left, { need, priority, service: service?.id ?? '' })
  const former = start['service']
  useEffect(() => {
    if (former !== undefined) void call('directory.get', { serviceId: former }).then(setService, () => undefined)
  }, [former])
  const create = useCallMutation('referrals.create', ({ row }) => {
    draft.done()
    void navigate({ to: '/referrals/$referralId', params: { referralId: row.id } })
  })
  const sectors = (taxonomy.data ?? []).filter((t) => t.parent === null)
  return (
    <>
      <Stack gap="sm" mb="md">
        <NativeSelect
          label={text('referrals.need')}
          required
          value={need}
          onChange={(e) => setNeed(e.currentTarget.value)}
          data={[
            { value: '', label: text('forms.choose') },
            ...sectors.map((s) => ({ value: s.code, label: s.label[language] })),
          ]}
          className="short-select"
        />
        <Radio.Group
          label={text('referrals.priority')}
          required
          value={priority}
          onChange={(p) => setPriority(priorities.find((x) => x === p) ?? '')}
        >
          <Stack gap={6} mt={4}>
            {priorities.map((p) => (
              <Radio key={p} value={p} label={text(`referrals.priorities.${p}`)} />
            ))}
          </Stack>
        </Radio.Group>
      </Stack>
      {need !== '' && (
        <section aria-labelledby="choose-service">
          <Title order={2} size="h4" id="choose-service">
            {text('referrals.chooseService')}
          </Title>
          <ServiceSearch key={need} start={{ sector: need }} chosen={service} onChoose={setService} />
        </section>
      )}
      <FailureNotice error={create.error} />
      <Button
        mt="md"
        mb="xl"
        size="md"
        disabled={!service || need === '' || priority === ''}
        loading={create.isPending}
        onClick={() => service && priority !== '' && create.mutate({ caseId, serviceId: service.id, need, priority })}
      >
        {text('referrals.create')}
      </Button>
    </>
  )
}
