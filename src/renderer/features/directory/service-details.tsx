import { Button, Paper, Title } from '@mantine/core'
import { useCallMutation } from '#renderer/api/call.ts'
import { useMay } from '#renderer/api/desk.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { ServiceRow } from '#shared/directory/contract.ts'
import { Freshness } from './service-table.tsx'

const knownCosts = ['free', 'subsidised', 'fee', 'paid', 'membership'] as const

/** What a counsellor must know before choosing a service, and the phone check that makes an old entry good again. */
export function ServiceDetails({
  service,
  onVerified,
}: {
  readonly service: ServiceRow
  readonly onVerified?: (service: ServiceRow) => void
}) {
  const text = useText()
  const language = useLanguage()
  const may = useMay()
  const verify = useCallMutation('directory.verify', onVerified)
  const cost = knownCosts.find((c) => c === service.cost)
  const facts: readonly (readonly [string, string])[] = [
    [
      text('directory.where'),
      [service.place.locality, service.place.arrondissement, service.place.department]
        .filter((x, i, all) => x !== '' && all.indexOf(x) === i)
        .join(', '),
    ],
    [text('directory.hours'), service.hours],
    [text('directory.phone'), service.phone],
    [text('directory.cost'), cost ? text(`directory.costs.${cost}`) : service.cost],
    [text('directory.capacity'), service.capacity ? `${service.capacity.number} ${service.capacity.unit}` : ''],
  ]
  return (
    <Paper withBorder p="md" component="section" aria-label={text('directory.details')}>
      <Title order={2} size="h4">
        {service.name[language]} {service.isSample && <small>({text('directory.sample')})</small>}
      </Title>
      <dl className="facts">
        {facts
          .filter(([, value]) => value !== '')
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        <div>
          <dt>{text('directory.verified')}</dt>
          <dd>
            <Freshness service={service} />
          </dd>
        </div>
      </dl>
      <FailureNotice error={verify.error} />
      {may('directory.edit') && service.freshness !== 'green' && (
        <Button
          variant="default"
          loading={verify.isPending}
          onClick={() => verify.mutate({ serviceId: service.id, how: 'phone' })}
        >
          {text('directory.verify')}
        </Button>
      )}
    </Paper>
  )
}
