import { Alert, Button, Checkbox, Group, NativeSelect, Title } from '@mantine/core'
import { useEffect, useState } from 'react'
import { call } from '#renderer/api/call.ts'
import { formatInstant } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { CallOutput } from '#shared/contract.ts'
import { consentMethods } from '#shared/envelope/envelope.ts'
import { useDoing } from '#renderer/api/use-doing.ts'

/** This talk as a sealed file for another focal point, with the person's agreement (H18). Nothing is chosen beforehand. */
export function HandOver({ envelopeId }: { readonly envelopeId: string }) {
  const text = useText()
  const { error, busy, run } = useDoing()
  const [addresses, setAddresses] = useState<CallOutput<'envelope.addresses'>['rows']>([])
  const [handed, setHanded] = useState<CallOutput<'envelope.handed'>['rows']>([])
  const [addressId, setAddressId] = useState('')
  const [method, setMethod] = useState('')
  const [agrees, setAgrees] = useState(false)
  const [written, setWritten] = useState('')
  const load = async () => {
    setAddresses((await call('envelope.addresses', {})).rows)
    setHanded((await call('envelope.handed', { id: envelopeId })).rows)
  }
  useEffect(() => void run(load), [envelopeId])
  const how = consentMethods.find((m) => m === method)
  const choose = { value: '', label: text('envelope.choose') }
  return (
    <section aria-labelledby="hand-over">
      <Title order={3} size="h5" mt="lg" mb="xs" id="hand-over">
        {text('envelope.handOver')}
      </Title>
      {handed.length > 0 && (
        <ul>
          {handed.map((h) => (
            <li key={h.at}>
              {formatInstant(h.at)} <bdi>{h.label}</bdi> ({text(`envelope.methods.${h.method}`)})
            </li>
          ))}
        </ul>
      )}
      {addresses.length === 0 ? (
        <p>{text('envelope.noAddress')}</p>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (!how || !agrees || addressId === '') return
            setWritten('')
            void run(async () => {
              const { file, name } = await call('files.choose', {
                purpose: 'sealed-export',
                title: text('envelope.chooseSealed'),
              })
              if (file === null) return
              await call('envelope.handOver', { id: envelopeId, addressId, personAgrees: 'yes', method: how, file })
              setWritten(name)
              setAddressId('')
              setMethod('')
              setAgrees(false)
              await load()
            })
          }}
        >
          <Group align="flex-end">
            <NativeSelect
              label={text('envelope.toWhom')}
              value={addressId}
              onChange={(event) => setAddressId(event.currentTarget.value)}
              data={[choose, ...addresses.map((a) => ({ value: a.id, label: a.label }))]}
            />
            <NativeSelect
              label={text('envelope.method')}
              value={method}
              onChange={(event) => setMethod(event.currentTarget.value)}
              data={[choose, ...consentMethods.map((m) => ({ value: m, label: text(`envelope.methods.${m}`) }))]}
            />
            <Checkbox
              label={text('envelope.agreesToHandOver')}
              checked={agrees}
              onChange={(event) => setAgrees(event.currentTarget.checked)}
              mb={8}
            />
            <Button type="submit" variant="default" loading={busy} disabled={!how || !agrees || addressId === ''}>
              {text('envelope.writeSealed')}
            </Button>
          </Group>
        </form>
      )}
      <FailureNotice error={error} />
      {written !== '' && (
        <Alert mt="sm" role="status">
          {text('envelope.sealedWritten', { name: written })}
        </Alert>
      )}
    </section>
  )
}
