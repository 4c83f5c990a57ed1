import { Alert, Button, Group, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { call, useCall } from '#renderer/api/call.ts'
import { useDesk } from '#renderer/api/desk.ts'
import { useJob } from '#renderer/api/job.ts'
import { DeskScreen, focusField } from '#renderer/features/security/index.ts'
import { formatInstant } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { ConfirmDialog } from '#renderer/ui/confirm-dialog.tsx'
import { Corrections } from '#renderer/ui/corrections.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { ProgressNotice } from '#renderer/ui/progress-notice.tsx'
import type { CallOutput } from '#shared/contract.ts'
import type { AppStatus } from '#shared/security/contract.ts'
import { ChooseCopy } from './choose-copy.tsx'
import { choiceCorrections, keyOf, noChoice, sourceOf } from './copy-choice.ts'

type Read = CallOutput<'backups.prepareRestore'>

/** Puts a copy back, while nobody is signed in: which copy and what opens it, then what it would mean, then twice more whether to do it. */
export function RestoreScreen(props: { readonly onClose: () => void }) {
  const text = useText()
  const { setStatus } = useDesk()
  const [read, setRead] = useState<Read | null>(null)
  const [done, setDone] = useState<AppStatus | null>(null)
  const leave = () => {
    void call('backups.dropRestore', {}).catch(() => undefined)
    props.onClose()
  }
  if (done !== null)
    return (
      <DeskScreen title={text('backups.restore')}>
        <Text mb="md" role="status">
          {text('backups.restoreDone')}
        </Text>
        <Button
          onClick={() => {
            setStatus(done)
            props.onClose()
          }}
        >
          {text('backups.restoreSignIn')}
        </Button>
      </DeskScreen>
    )
  if (read !== null) return <ConfirmStep read={read} onBack={leave} onDone={setDone} />
  return <ChooseStep onBack={leave} onRead={setRead} />
}

function ChooseStep(props: { readonly onBack: () => void; readonly onRead: (read: Read) => void }) {
  const text = useText()
  const job = useJob()
  const copies = useCall('backups.restorable', {})
  const [choice, setChoice] = useState(noChoice)
  const [refusals, setRefusals] = useState(0)
  const [error, setError] = useState<unknown>(null)
  const corrections = choiceCorrections(choice, text)
  const read = async () => {
    const source = sourceOf(choice)
    const key = keyOf(choice)
    setError(null)
    if (corrections.length > 0 || source === undefined || key === null) return setRefusals(refusals + 1)
    try {
      props.onRead(await call('backups.prepareRestore', { source, key, job: job.begin() }))
    } catch (thrown) {
      setError(thrown)
      job.end()
    }
  }
  return (
    <DeskScreen title={text('backups.restore')}>
      <Text mb="sm">{text('backups.restoreChoose')}</Text>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (job.progress === null) void read()
        }}
      >
        {refusals > 0 && corrections.length > 0 && (
          <Corrections
            title={text('forms.toCorrect', { count: corrections.length })}
            corrections={corrections}
            onGo={focusField}
            takeFocus={refusals}
          />
        )}
        <FailureNotice error={copies.error} />
        <ChooseCopy
          copies={copies.data ?? []}
          ways={['password', 'paper']}
          choice={choice}
          onChange={(part) => setChoice((before) => ({ ...before, ...part }))}
          faultOf={(field) => (refusals > 0 ? corrections.find((c) => c.field === field)?.message : undefined)}
        />
        <FailureNotice error={error} />
        {job.progress === null ? (
          <Group justify="space-between" mt="md">
            <Button variant="default" onClick={props.onBack}>
              {text('backups.restoreBack')}
            </Button>
            <Button type="submit">{text('backups.restoreLook')}</Button>
          </Group>
        ) : (
          <ProgressNotice label={text('backups.restoreReading')} progress={job.progress} unit="bytes" onCancel={job.cancel} />
        )}
      </form>
    </DeskScreen>
  )
}

function ConfirmStep(props: { readonly read: Read; readonly onBack: () => void; readonly onDone: (status: AppStatus) => void }) {
  const text = useText()
  const { siteName, desk } = props.read
  const until = formatInstant(props.read.until)
  const [typed, setTyped] = useState('')
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const restore = async () => {
    setBusy(true)
    setError(null)
    try {
      props.onDone(await call('backups.restore', { siteName: typed }))
    } catch (thrown) {
      setError(thrown)
      setBusy(false)
      setAsking(false)
    }
  }
  return (
    <DeskScreen title={text('backups.restoreReadTitle')} above={text('security.lockPlace', { site: siteName })}>
      {desk === 'other' && (
        <Alert color="brick" variant="light" mb="sm">
          {text('backups.restoreOther')}
        </Alert>
      )}
      <Text mb="xs">{text('backups.restoreComesBack', { until })}</Text>
      <Text mb="xs">{text('backups.restoreMissing')}</Text>
      <Text mb="xs">{text('backups.restoreErased')}</Text>
      <Text mb="xs">{text('backups.restoreNew')}</Text>
      {desk === 'none' ? null : <Text mb="xs">{text('backups.restoreAside')}</Text>}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (typed.trim() !== '') setAsking(true)
        }}
      >
        <TextInput
          label={text('backups.restoreSite', { site: siteName })}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          my="sm"
        />
        <FailureNotice error={error} />
        <Group justify="space-between" mt="md">
          <Button variant="default" onClick={props.onBack}>
            {text('common.cancel')}
          </Button>
          <Button type="submit" color="brick" disabled={typed.trim() === ''}>
            {text('backups.restoreGo')}
          </Button>
        </Group>
      </form>
      {asking && (
        <ConfirmDialog
          opened
          title={text('backups.restore')}
          message={text('backups.restoreAsk', { until })}
          confirmLabel={text('backups.restoreDo')}
          danger
          busy={busy}
          onConfirm={() => void restore()}
          onCancel={() => setAsking(false)}
        />
      )}
    </DeskScreen>
  )
}
