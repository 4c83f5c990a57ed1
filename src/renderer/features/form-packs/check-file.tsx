import { Alert, Button, Group, Text, Title } from '@mantine/core'
import { useEffect, useId, useRef, useState } from 'react'
import { call, useCall, useCallMutation } from '#renderer/api/call.ts'
import { useDesk, useMay } from '#renderer/api/desk.ts'
import { useJob } from '#renderer/api/job.ts'
import { useDoing } from '#renderer/api/use-doing.ts'
import { OpenKey } from '#renderer/features/roster/index.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { ConfirmDialog } from '#renderer/ui/confirm-dialog.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { LinkButton } from '#renderer/ui/link-button.tsx'
import { ProgressNotice } from '#renderer/ui/progress-notice.tsx'
import type { FormPreview as Found } from '#shared/forms/contract.ts'
import { FormPreview } from './form-preview.tsx'
import { FormReport } from './form-report.tsx'

/** Choose, look, publish: nothing is changed before the last step. */
export function CheckFile() {
  const text = useText()
  const id = useId()
  const job = useJob()
  const heading = useRef<HTMLHeadingElement>(null)
  const [found, setFound] = useState<Found | null>(null)
  const [done, setDone] = useState('')
  const { error: failure, run } = useDoing()
  const busy = job.progress !== null
  // the button that was pressed moves below what was found
  useEffect(() => {
    if (found !== null) heading.current?.focus()
  }, [found])
  const choose = () =>
    run(async () => {
      const { file } = await call('files.choose', { purpose: 'form-import', title: text('formPacks.chooseTitle') })
      if (file === null) return
      setDone('')
      setFound(null)
      setFound(await call('forms.check', { file, job: job.begin() }))
    }).finally(job.end)
  return (
    <section className="page-card" aria-labelledby={id}>
      <Title order={2} size="h4" mb="xs" id={id} ref={heading} tabIndex={-1} className="page-heading">
        {text(found === null ? 'formPacks.check' : 'formPacks.checkedTitle')}
      </Title>
      {found === null ? <Text mb="sm">{text('formPacks.checkHow')}</Text> : null}
      <div role="status">
        {done === '' ? null : (
          <Alert color="forest" variant="light" my="xs">
            {done}
          </Alert>
        )}
      </div>
      {busy ? <ProgressNotice label={text('formPacks.checking')} progress={job.progress} onCancel={job.cancel} /> : null}
      <FailureNotice error={failure} />
      {found === null ? null : (
        <>
          <FormReport found={found} />
          <Publish
            found={found}
            onDone={(message) => {
              setFound(null)
              setDone(message)
            }}
          />
          {found.pack === null ? null : (
            <>
              <Title order={3} size="h5" mt="md" mb="xs">
                {text('formPacks.previewTitle')}
              </Title>
              <FormPreview pack={found.pack} />
            </>
          )}
        </>
      )}
      <Button mt="sm" variant={found === null ? 'filled' : 'default'} disabled={busy} onClick={() => void choose()}>
        {text(found === null ? 'formPacks.check' : 'formPacks.checkOther')}
      </Button>
    </section>
  )
}

/** Publication, for those who may: the open national key and one confirmation. */
function Publish({ found, onDone }: { readonly found: Found; readonly onDone: (message: string) => void }) {
  const text = useText()
  const language = useLanguage()
  const may = useMay()
  const { status } = useDesk()
  const publish = useCallMutation('forms.publish')
  const canPublish = may('form.publish') && may('roster.sign') && status.mode !== 'training'
  const roster = useCall('roster.status', {}, canPublish)
  const [step, setStep] = useState<'key' | 'confirm' | null>(null)
  const { pack, previewId } = found
  if (!canPublish || found.errorCount > 0 || pack === null || previewId === null || roster.data === undefined) return null
  const { national, openUntil } = roster.data
  const names = { title: pack.title[language] ?? pack.id, version: pack.version }
  if (national === null)
    return (
      <Group my="sm">
        <Text>{text('formPacks.publishNoKey')}</Text>
        <LinkButton to="/computers" variant="default">
          {text('formPacks.toComputers')}
        </LinkButton>
      </Group>
    )
  const go = () =>
    publish.mutate(
      { previewId },
      {
        onSuccess: () => onDone(text('formPacks.publishedDone', names)),
        onError: () => {
          setStep(null)
          void roster.refetch()
        },
      },
    )
  return (
    <>
      <FailureNotice error={publish.error} />
      {step === 'key' ? (
        <OpenKey
          onDone={(message) => {
            setStep(message === null ? null : 'confirm')
            void roster.refetch()
          }}
        />
      ) : (
        <Button my="sm" onClick={() => setStep(openUntil === null ? 'key' : 'confirm')}>
          {text('formPacks.publish')}
        </Button>
      )}
      <ConfirmDialog
        opened={step === 'confirm'}
        title={text('formPacks.publishTitle', names)}
        message={text('formPacks.publishMessage')}
        confirmLabel={text('formPacks.publish')}
        busy={publish.isPending}
        onConfirm={go}
        onCancel={() => setStep(null)}
      />
    </>
  )
}
