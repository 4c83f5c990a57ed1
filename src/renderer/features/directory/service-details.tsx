import { Alert, Group, Button, Paper, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useCall, useCallMutation } from '#renderer/api/call.ts'
import { today } from '#renderer/api/clock.ts'
import { useMay } from '#renderer/api/desk.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { Facts } from '#renderer/ui/facts.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { ServiceRow } from '#shared/directory/contract.ts'
import { openingHours } from './opening-hours.ts'
import { Freshness } from './service-table.tsx'
import {
  accessInWords,
  capacityInWords,
  costInWords,
  groupsInWords,
  languagesInWords,
  phoneInGroups,
  placeInWords,
} from './service-words.ts'

/** What a counsellor must know before choosing a service, what is not known included, and the check that makes an old entry good again. */
export function ServiceDetails({
  service,
  onVerified,
}: {
  readonly service: ServiceRow
  readonly onVerified?: (service: ServiceRow) => void
}) {
  const text = useText()
  const language = useLanguage()
  const taxonomy = useCall('directory.taxonomy', {})
  const labels = new Map((taxonomy.data ?? []).map((t) => [t.code, t.label[language]]))
  const codes = service.types.length > 0 ? service.types : service.sectors
  const offers = codes.flatMap((c) => labels.get(c) ?? [])
  const hours = openingHours(service.hours, text)
  // what is not told must be asked on the telephone, so it is not left out
  const orAsk = (value: string) => (value === '' ? text('directory.unknown') : value)
  const orNone = (value: string) => (value === '' ? undefined : value)
  return (
    <Paper withBorder p="md" component="section" aria-label={text('directory.details')} className="service-details" tabIndex={0}>
      <Title order={2} size="h4">
        {service.name[language]} {service.isSample && <small>({text('directory.sample')})</small>}
      </Title>
      {service.status !== 'active' && <Alert color="amber">{text(`directory.state.${service.status}`)}</Alert>}
      {service.securityActor && <Alert color="amber">{text('directory.security')}</Alert>}
      <VerifiedLine service={service} {...(onVerified ? { onVerified } : {})} />
      <Facts
        rows={[
          [text('directory.phone'), orAsk(phoneInGroups(service.phone))],
          [text('directory.hours'), orAsk(hours.join(' · '))],
          [text('directory.where'), orAsk(placeInWords(service.place, text))],
          [text('directory.groupsLabel'), orAsk(groupsInWords(service.targetGroups, text))],
          [text('directory.cost'), orAsk(costInWords(service.cost, text))],
          [text('directory.offers'), orNone(offers.join(' · '))],
          [text('directory.capacity'), orNone(capacityInWords(service.capacity, text))],
          [text('directory.languages'), orNone(languagesInWords(service.languages, text))],
          [text('directory.accessLabel'), orNone(accessInWords(service.accessibility, text))],
        ]}
      />
    </Paper>
  )
}

/** When, how and by whom it was verified, and the buttons that record a new check. */
function VerifiedLine({
  service,
  onVerified,
}: {
  readonly service: ServiceRow
  readonly onVerified?: (service: ServiceRow) => void
}) {
  const text = useText()
  const may = useMay()
  const [doneFor, setDoneFor] = useState('')
  const verify = useCallMutation('directory.verify', (verified) => {
    setDoneFor(verified.id)
    onVerified?.(verified)
  })
  const how = [
    service.verifiedHow === null ? '' : text(`directory.how.${service.verifiedHow}`),
    service.verifiedBy === '' ? '' : text('directory.verifiedBy', { name: service.verifiedBy }),
  ].filter(Boolean)
  const mayVerify = may('directory.verify')
  return (
    <div className="verified-line">
      <Freshness service={service} />
      {service.verifiedOn === null && <Text size="sm">{text('directory.never')}</Text>}
      {service.verifiedOn !== null && how.length > 0 && (
        <Text size="sm">{text('directory.verifiedHow', { how: how.join(' ') })}</Text>
      )}
      <FailureNotice error={verify.error} />
      {doneFor === service.id && <Text role="status">{text('directory.verifyDone')}</Text>}
      {mayVerify && service.verifiedOn !== today() && (
        <Group gap="xs" mt="xs">
          {(['phone', 'visit'] as const).map((by) => (
            <Button
              key={by}
              variant="default"
              size="xs"
              disabled={verify.isPending}
              onClick={() => verify.mutate({ serviceId: service.id, how: by })}
            >
              {text(by === 'phone' ? 'directory.verify' : 'directory.verifyVisit')}
            </Button>
          ))}
        </Group>
      )}
      {!mayVerify && service.freshness === 'red' && <Text size="sm">{text('directory.verifyAsk')}</Text>}
    </div>
  )
}
