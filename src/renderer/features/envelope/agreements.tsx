import { Button, Group, NativeSelect, Title } from '@mantine/core'
import { useEffect, useState } from 'react'
import { call } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { CallOutput } from '#shared/contract.ts'
import { consentMethods, outcomes, wantedServices, type Envelope } from '#shared/envelope/envelope.ts'
import { useDoing } from '#renderer/api/use-doing.ts'

type Offered = CallOutput<'envelope.services'>['rows'][number]

/** What the person agrees to, service by service; only services found fit are offered (H16). Nothing is chosen beforehand. */
export function Agreements({ envelope, onChange }: { readonly envelope: Envelope; readonly onChange: (e: Envelope) => void }) {
  const text = useText()
  const { error, busy, run } = useDoing()
  const wished = wantedServices.filter((w) => envelope.answers.servicesWanted.includes(w))
  const [service, setService] = useState('')
  const [serviceId, setServiceId] = useState('')
  const [consent, setConsent] = useState('')
  const [method, setMethod] = useState('')
  const [mayCallBack, setMayCallBack] = useState('')
  const [offered, setOffered] = useState<readonly Offered[]>([])
  const chosen = wished.find((w) => w === service)
  useEffect(() => {
    setServiceId('')
    setOffered([])
    if (chosen) void run(async () => setOffered((await call('envelope.services', { service: chosen })).rows))
  }, [chosen])
  const choose = { value: '', label: text('envelope.choose') }
  const yesNo = [choose, ...(['yes', 'no'] as const).map((v) => ({ value: v, label: text(`envelope.choice.${v}`) }))]
  const how = consentMethods.find((m) => m === method)
  const complete = chosen && how && serviceId !== '' && consent !== '' && mayCallBack !== ''
  const id = envelope.id
  return (
    <section aria-labelledby="agreements">
      <Title order={3} size="h5" mt="lg" mb="xs" id="agreements">
        {text('envelope.agreements')}
      </Title>
      {envelope.consents.length > 0 && (
        <table className="list-table">
          <tbody>
            {envelope.consents.map((c) => (
              <tr key={`${c.at}${c.code}`}>
                <td>{text(`envelope.service.${c.service}`)}</td>
                <td>{c.providerFr}</td>
                <td>{text(c.consent === 'yes' ? 'envelope.agreed' : 'envelope.declined')}</td>
                <td>{c.code}</td>
                <td>
                  {c.code !== '' && (
                    <Group gap="xs" wrap="nowrap">
                      <NativeSelect
                        aria-label={text('envelope.outcomeOf', { code: c.code })}
                        value={c.outcome}
                        data={outcomes.map((o) => ({ value: o, label: text(`envelope.outcome.${o}`) }))}
                        onChange={(event) => {
                          const outcome = outcomes.find((o) => o === event.currentTarget.value) ?? 'none'
                          void run(async () => onChange((await call('envelope.outcome', { id, code: c.code, outcome })).envelope))
                        }}
                      />
                      <Button
                        size="compact-sm"
                        variant="default"
                        loading={busy}
                        onClick={() =>
                          void run(async () => {
                            await call('envelope.printSlip', { id, code: c.code, format: 'a5', to: 'printer' })
                          })
                        }
                      >
                        {text('envelope.print')}
                      </Button>
                    </Group>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!complete) return
          void run(async () => {
            const answer = {
              consent: consent === 'yes' ? 'yes' : 'no',
              mayCallBack: mayCallBack === 'yes' ? 'yes' : 'no',
            } as const
            const { envelope: changed } = await call('envelope.consent', {
              id,
              service: chosen,
              serviceId,
              method: how,
              ...answer,
            })
            setService('')
            setConsent('')
            setMethod('')
            setMayCallBack('')
            onChange(changed)
          })
        }}
      >
        <Group align="flex-end" mt="sm">
          <NativeSelect
            label={text('envelope.wish')}
            value={service}
            onChange={(event) => setService(event.currentTarget.value)}
            data={[choose, ...wished.map((w) => ({ value: w, label: text(`envelope.service.${w}`) }))]}
          />
          <NativeSelect
            label={text('envelope.provider')}
            value={serviceId}
            onChange={(event) => setServiceId(event.currentTarget.value)}
            data={[choose, ...offered.map((o) => ({ value: o.serviceId, label: o.nameFr }))]}
          />
          <NativeSelect
            label={text('envelope.consent')}
            value={consent}
            onChange={(event) => setConsent(event.currentTarget.value)}
            data={yesNo}
          />
          <NativeSelect
            label={text('envelope.method')}
            value={method}
            onChange={(event) => setMethod(event.currentTarget.value)}
            data={[choose, ...consentMethods.map((m) => ({ value: m, label: text(`envelope.methods.${m}`) }))]}
          />
          <NativeSelect
            label={text('envelope.mayCallBack')}
            value={mayCallBack}
            onChange={(event) => setMayCallBack(event.currentTarget.value)}
            data={yesNo}
          />
          <Button type="submit" loading={busy} disabled={!complete}>
            {text('envelope.keepConsent')}
          </Button>
        </Group>
        {chosen && offered.length === 0 && <p>{text('envelope.noneFit')}</p>}
        <FailureNotice error={error} />
      </form>
    </section>
  )
}
