import { Alert, Button, Text, Title } from '@mantine/core'
import { useEffect, useId, useRef, useState } from 'react'
import { call, useCall } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { PageHeading } from '#renderer/ui/page-heading.tsx'
import { CheckFile } from './check-file.tsx'
import { FormPreview } from './form-preview.tsx'
import { VersionsTable, type ChosenVersion } from './versions-table.tsx'

/** The forms and their versions: looked at, taken out for Excel, checked and published. */
export function FormPacksPage() {
  const text = useText()
  const id = useId()
  const list = useCall('forms.versions', {})
  const [viewed, setViewed] = useState<ChosenVersion | null>(null)
  const [saved, setSaved] = useState('')
  const [failure, setFailure] = useState<unknown>(null)
  const save = async (write: (file: string) => Promise<unknown>) => {
    setFailure(null)
    setSaved('')
    try {
      const { file, name } = await call('files.choose', { purpose: 'form-export', title: text('formPacks.saveTitle') })
      if (file === null) return
      await write(file)
      setSaved(text('formPacks.saved', { name }))
    } catch (error) {
      setFailure(error)
    }
  }
  const passedOver = list.data?.passedOver ?? 0
  return (
    <>
      <PageHeading title={text('formPacks.title')} explanation={text('formPacks.explanation')} />
      <Text mb="md">{text('formPacks.inUse')}</Text>
      {passedOver > 0 ? (
        <Alert color="amber" variant="light" mb="md">
          {text('formPacks.passedOver', { count: passedOver })}
        </Alert>
      ) : null}
      <FailureNotice error={failure ?? list.error} />
      <div role="status">
        {saved === '' ? null : (
          <Alert color="forest" variant="light" mb="md">
            {saved}
          </Alert>
        )}
      </div>
      <CheckFile />
      {viewed === null ? null : <ViewedForm key={viewed.id} viewed={viewed} onClose={() => setViewed(null)} />}
      <section className="page-card" aria-labelledby={id}>
        <Title order={2} size="h4" mb="xs" id={id}>
          {text('formPacks.listTitle')}
        </Title>
        {list.data === undefined ? null : (
          <VersionsTable
            forms={list.data.forms}
            onView={setViewed}
            onSave={(chosen) => void save((file) => call('forms.save', { id: chosen.id, file }))}
          />
        )}
        <Button mt="sm" variant="default" onClick={() => void save((file) => call('forms.saveModel', { file }))}>
          {text('formPacks.model')}
        </Button>
      </section>
    </>
  )
}

function ViewedForm({ viewed, onClose }: { readonly viewed: ChosenVersion; readonly onClose: () => void }) {
  const text = useText()
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  const form = useCall('forms.version', { id: viewed.id })
  // it opens above the table in which it was asked for
  useEffect(() => heading.current?.focus(), [])
  return (
    <section className="page-card" aria-labelledby={id}>
      <Title order={2} size="h4" mb="xs" id={id} ref={heading} tabIndex={-1} className="page-heading">
        {text('formPacks.previewOf', { title: viewed.form, version: viewed.version })}
      </Title>
      <FailureNotice error={form.error} />
      {form.data === undefined ? null : <FormPreview pack={form.data} />}
      <Button mt="sm" variant="default" onClick={onClose}>
        {text('formPacks.previewClose')}
      </Button>
    </section>
  )
}
