import { Alert, Button, Group, PasswordInput, Text, TextInput, Title } from '@mantine/core'
import { useEffect, useState } from 'react'
import { call } from '#renderer/api/call.ts'
import { formatInstant } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { CallOutput } from '#shared/contract.ts'
import { envelopeTextMax, type Envelope } from '#shared/envelope/envelope.ts'
import { useDoing } from '#renderer/api/use-doing.ts'

/** Addresses of other focal points, one's own, and files that they sent. */
export function PrivateFiles({ onShow }: { readonly onShow: (envelope: Envelope) => void }) {
  return (
    <>
      <Receive onShow={onShow} />
      <Addresses />
    </>
  )
}

function Receive({ onShow }: { readonly onShow: (envelope: Envelope) => void }) {
  const text = useText()
  const { error, busy, run } = useDoing()
  const [password, setPassword] = useState('')
  const [found, setFound] = useState<CallOutput<'envelope.readFile'>>()
  return (
    <section aria-labelledby="receive">
      <Title order={2} size="h4" mb="xs" id="receive">
        {text('envelope.receive')}
      </Title>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          setFound(undefined)
          void run(async () => {
            const { file } = await call('files.choose', { purpose: 'sealed-import', title: text('envelope.chooseReceived') })
            if (file === null) return
            setFound(await call('envelope.readFile', { file, password }))
            setPassword('')
          })
        }}
      >
        <Group align="flex-end" mb="sm">
          <PasswordInput
            label={text('envelope.password')}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="off"
            w="20rem"
          />
          <Button type="submit" variant="default" loading={busy} disabled={password === ''}>
            {text('envelope.openReceived')}
          </Button>
        </Group>
      </form>
      <FailureNotice error={error} />
      {found !== undefined && (
        <Alert mb="md">
          <Text mb="xs">
            {text('envelope.received', {
              site: found.site,
              at: formatInstant(found.at),
              code: found.code,
              count: found.consents,
            })}
          </Text>
          {found.isHere ? (
            <Text>{text('envelope.receivedHere')}</Text>
          ) : (
            <Button
              loading={busy}
              onClick={() =>
                void run(async () => onShow((await call('envelope.takeFile', { previewId: found.previewId })).envelope))
              }
            >
              {text('envelope.takeReceived')}
            </Button>
          )}
        </Alert>
      )}
    </section>
  )
}

function Addresses() {
  const text = useText()
  const { error, busy, run } = useDoing()
  const [own, setOwn] = useState<readonly string[]>([])
  const [rows, setRows] = useState<CallOutput<'envelope.addresses'>['rows']>([])
  const [read, setRead] = useState<CallOutput<'envelope.readAddress'>>()
  const [label, setLabel] = useState('')
  const [saved, setSaved] = useState('')
  const load = async () => setRows((await call('envelope.addresses', {})).rows)
  useEffect(
    () =>
      void run(async () => {
        setOwn((await call('envelope.address', {})).words)
        await load()
      }),
    [],
  )
  return (
    <section aria-labelledby="addresses">
      <Title order={2} size="h4" mt="lg" mb="xs" id="addresses">
        {text('envelope.ownAddress')}
      </Title>
      <Text mb="xs" maw="70ch">
        {text('envelope.ownAddressWhat')}
      </Text>
      <Group mb="sm">
        <Text fw={700}>{own.join(' ')}</Text>
        <Button
          variant="default"
          loading={busy}
          onClick={() =>
            void run(async () => {
              const { file, name } = await call('files.choose', {
                purpose: 'address-export',
                title: text('envelope.chooseAddress'),
              })
              if (file === null) return
              await call('envelope.saveAddress', { file })
              setSaved(name)
            })
          }
        >
          {text('envelope.saveAddress')}
        </Button>
        <Text role="status">{saved === '' ? '' : text('envelope.addressSaved', { name: saved })}</Text>
      </Group>
      <Title order={2} size="h4" mt="lg" mb="xs">
        {text('envelope.addresses')}
      </Title>
      <ul>
        {rows.map((a) => (
          <li key={a.id}>
            <bdi>{a.label}</bdi> {a.words.join(' ')}{' '}
            <Button
              size="compact-sm"
              variant="default"
              loading={busy}
              onClick={() =>
                void run(async () => {
                  await call('envelope.dropAddress', { id: a.id })
                  await load()
                })
              }
            >
              {text('envelope.dropAddress')}
            </Button>
          </li>
        ))}
      </ul>
      {read === undefined ? (
        <Button
          variant="default"
          loading={busy}
          onClick={() =>
            void run(async () => {
              const { file } = await call('files.choose', { purpose: 'address-import', title: text('envelope.chooseAddress') })
              if (file !== null) setRead(await call('envelope.readAddress', { file }))
            })
          }
        >
          {text('envelope.readAddress')}
        </Button>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void run(async () => {
              await call('envelope.keepAddress', { previewId: read.previewId, label })
              setRead(undefined)
              setLabel('')
              await load()
            })
          }}
        >
          <Text mb="xs" maw="70ch">
            {text('envelope.compareAddress')}
          </Text>
          <Text fw={700} mb="sm">
            {read.words.join(' ')}
          </Text>
          <Group align="flex-end">
            <TextInput
              label={text('envelope.addressLabel')}
              value={label}
              maxLength={envelopeTextMax}
              onChange={(event) => setLabel(event.currentTarget.value)}
              autoComplete="off"
              w="24rem"
            />
            <Button type="submit" loading={busy} disabled={label.trim() === ''}>
              {text('envelope.keepAddress')}
            </Button>
            <Button variant="default" onClick={() => setRead(undefined)}>
              {text('envelope.otherWords')}
            </Button>
          </Group>
        </form>
      )}
      <FailureNotice error={error} />
    </section>
  )
}
