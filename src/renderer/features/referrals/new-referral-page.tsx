import { Button, NativeSelect, Radio, Stack, Title } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useCall, useCallMutation } from '#renderer/api/call.ts'
import { ServiceSearch } from '#renderer/features/directory/index.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { PageHeading } from '#renderer/ui/page-heading.tsx'
import type { ServiceRow } from '#shared/directory/contract.ts'
import { priorities, type Priority } from '#shared/referrals/referral.ts'

/** A need, an urgency and a service that can take the person; consent comes next. */
export function NewReferralPage() {
  const text = useText()
  const language = useLanguage()
  const navigate = useNavigate()
  const { case: caseId = '' } = useSearch({ strict: false }) as { case?: string }
  const file = useCall('cases.get', { caseId }, caseId !== '')
  const taxonomy = useCall('directory.taxonomy', {})
  const [need, setNeed] = useState('')
  const [priority, setPriority] = useState<Priority | ''>('')
  const [service, setService] = useState<ServiceRow>()
  const create = useCallMutation(
    'referrals.create',
    ({ row }) => void navigate({ to: '/referrals/$referralId', params: { referralId: row.id } }),
  )
  const sectors = (taxonomy.data ?? []).filter((t) => t.parent === null)
  if (!file.data) return <FailureNotice error={file.error} />
  return (
    <>
      <PageHeading title={text('referrals.newTitle')} explanation={text('referrals.forPerson', { name: file.data.row.name })} />
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
