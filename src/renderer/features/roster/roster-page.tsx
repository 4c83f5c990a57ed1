import { Alert, Button, Group, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { call, useCall, useCallMutation } from '#renderer/api/call.ts'
import { useDesk, useMay } from '#renderer/api/desk.ts'
import { formatInstantDay } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { PageHeading } from '#renderer/ui/page-heading.tsx'
import type { ListedDevice, RosterStatus } from '#shared/roster/contract.ts'
import { Ceremony } from './ceremony.tsx'
import { DevicesTable } from './devices-table.tsx'
import { Enrol } from './enrol.tsx'
import { KeptAside } from './kept-aside.tsx'
import { NationalKey } from './national-key.tsx'
import { OpenKey } from './open-key.tsx'
import { Revoke } from './revoke.tsx'
import { Section } from './section.tsx'
import { TakeList } from './take-list.tsx'

type Doing =
  | { readonly kind: 'ceremony'; readonly renew: boolean }
  | { readonly kind: 'open' | 'enrol' | 'take' }
  | { readonly kind: 'revoke'; readonly device: ListedDevice }

/** The computers of the network: which are known here and why, and how one comes onto the list or off it. */
export function RosterPage() {
  const text = useText()
  const may = useMay()
  const { status: desk } = useDesk()
  const [doing, setDoing] = useState<Doing | null>(null)
  const [told, setTold] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const roster = useCall('roster.status', {})
  const message = useRef<HTMLDivElement>(null)
  // the button that was pressed is gone with its step, and the message stands above what was seen
  useEffect(() => {
    if (told !== null) message.current?.focus()
  }, [told])
  const training = desk.mode === 'training'
  const begin = (next: Doing) => {
    setTold(null)
    setError(null)
    setDoing(next)
  }
  const finish = (message: string | null) => {
    setDoing(null)
    setTold(message)
    void roster.refetch()
  }
  const saveList = async () => {
    setError(null)
    setTold(null)
    try {
      const chosen = await call('files.choose', { purpose: 'card-export', title: text('roster.saveListTitle') })
      if (chosen.file === null) return
      await call('roster.saveList', { file: chosen.file })
      setTold(text('roster.listSaved'))
    } catch (thrown) {
      setError(thrown)
    }
  }
  const { data } = roster
  return (
    <>
      <PageHeading title={text('roster.title')} explanation={text(training ? 'sync.trainingOff' : 'roster.explanation')} />
      <div role="status">
        {told === null ? null : (
          <Alert color="forest" variant="light" mb="md" ref={message} tabIndex={-1}>
            {told}
          </Alert>
        )}
      </div>
      <FailureNotice error={error ?? roster.error} />
      {doing?.kind === 'ceremony' ? <Ceremony renew={doing.renew} onDone={finish} /> : null}
      {doing?.kind === 'open' ? <OpenKey onDone={finish} /> : null}
      {doing?.kind === 'enrol' ? <Enrol onDone={finish} onSaveList={saveList} /> : null}
      {doing?.kind === 'take' ? <TakeList onDone={finish} /> : null}
      {doing?.kind === 'revoke' ? <Revoke device={doing.device} onDone={finish} /> : null}
      {doing === null && data !== undefined ? (
        <>
          <OwnState status={data} />
          <Section title={text('roster.devicesTitle')}>
            <DevicesTable
              devices={data.devices}
              canSign={may('roster.sign') && data.openUntil !== null && !training}
              onRevoke={(device) => begin({ kind: 'revoke', device })}
            />
          </Section>
          {data.setAside > 0 ? <KeptAside count={data.setAside} canLook={may('roster.take')} /> : null}
          {may('roster.take') && !training ? (
            <Section title={text('roster.listTitle')}>
              <Text mb="sm">{text('roster.listHint')}</Text>
              <Group>
                <Button variant="default" onClick={() => begin({ kind: 'take' })}>
                  {text('roster.takeList')}
                </Button>
                {data.national === null ? null : (
                  <Button variant="default" onClick={() => void saveList()}>
                    {text('roster.saveList')}
                  </Button>
                )}
              </Group>
            </Section>
          ) : null}
          {may('roster.take') && !training ? <OwnKey status={data} onDone={finish} /> : null}
          <NationalKey
            status={data}
            canSign={may('roster.sign') && !training}
            onCeremony={(renew) => begin({ kind: 'ceremony', renew })}
            onOpen={() => begin({ kind: 'open' })}
            onEnrol={() => begin({ kind: 'enrol' })}
            onClosed={() => finish(text('roster.keyClosed'))}
          />
        </>
      ) : null}
    </>
  )
}

/** What is wrong with this computer itself, and what to do. */
function OwnState({ status }: { readonly status: RosterStatus }) {
  const text = useText()
  const own = status.devices.find((d) => d.why === 'own')
  if (own?.status === 'revoked')
    return (
      <Alert color="brick" variant="light" role="alert" mb="md">
        <Text fw={700}>{text('roster.ownRevoked', { date: formatInstantDay(own.since) })}</Text>
        <Text>{text('roster.ownRevokedTodo')}</Text>
      </Alert>
    )
  if (status.ownKey.isOld)
    return (
      <Alert color="gray" variant="light" mb="md">
        <Text fw={700}>{text('roster.ownKeyOld', { date: formatInstantDay(status.ownKey.since) })}</Text>
        <Text>{text('roster.ownKeyOldTodo')}</Text>
      </Alert>
    )
  return null
}

/** This computer's own key: since when, and its renewal. */
function OwnKey(props: { readonly status: RosterStatus; readonly onDone: (message: string) => void }) {
  const text = useText()
  const renew = useCallMutation('roster.renewOwnKey')
  return (
    <Section title={text('roster.ownKeyTitle')}>
      <Text mb="sm">{text('roster.ownKeyHint', { date: formatInstantDay(props.status.ownKey.since) })}</Text>
      <FailureNotice error={renew.error} />
      <Button
        variant="default"
        loading={renew.isPending}
        onClick={() => renew.mutate({}, { onSuccess: () => props.onDone(text('roster.ownKeyRenewed')) })}
      >
        {text('roster.renewOwnKey')}
      </Button>
    </Section>
  )
}
