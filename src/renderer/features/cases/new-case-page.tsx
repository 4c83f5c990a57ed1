import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { call, useCall } from '#renderer/api/call.ts'
import { DraftNotice, useLeftDraft } from '#renderer/features/forms/index.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { PageHeading } from '#renderer/ui/page-heading.tsx'
import type { Draft } from '#shared/cases/contract.ts'
import { NewCaseForm } from './new-case-form.tsx'

/**
 * Consent before anything else: nothing is ticked, nothing is stored until the person agreed (H1, H4, H6).
 *
 * The address names the unfinished form, so that it is offered again after a lock or a cut; a new person always gets an empty one.
 */
export function NewCasePage() {
  const text = useText()
  const navigate = useNavigate()
  const { draft: subject = '' } = useSearch({ strict: false }) as { draft?: string }
  const form = useCall('forms.quickCard', {})
  const left = useLeftDraft({ form: 'new-case', subject }, subject !== '')
  const [taken, setTaken] = useState<Draft | 'none'>()
  useEffect(() => {
    if (subject === '') void navigate({ to: '/cases/new', search: { draft: crypto.randomUUID() }, replace: true })
  }, [navigate, subject])
  if (!form.data) return <FailureNotice error={form.error} />
  if (subject === '' || left === undefined) return null
  const offered = left !== null && taken === undefined ? left : undefined
  return (
    <>
      <PageHeading title={text('cases.consentTitle')} explanation={text('cases.consentText')} />
      {offered && (
        <DraftNotice
          draft={offered}
          onTakeUp={() => setTaken(offered)}
          onDrop={() => {
            setTaken('none')
            void call('cases.dropDraft', { form: 'new-case', subject }).catch(() => undefined)
          }}
        />
      )}
      {!offered && (
        <NewCaseForm
          key={subject}
          form={form.data}
          subject={subject}
          left={taken === undefined || taken === 'none' ? null : taken}
        />
      )}
    </>
  )
}
