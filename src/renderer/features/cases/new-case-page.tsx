import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { useProfile, WithDraft } from '#renderer/features/forms/index.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { PageHeading } from '#renderer/ui/page-heading.tsx'
import { quickCard } from '#shared/forms/quick-card.ts'
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
  const { form, error } = useProfile()
  const card = useMemo(() => form && quickCard(form.pack), [form])
  useEffect(() => {
    if (subject === '') void navigate({ to: '/cases/new', search: { draft: crypto.randomUUID() }, replace: true })
  }, [navigate, subject])
  if (!card) return <FailureNotice error={error} />
  if (subject === '') return null
  return (
    <>
      <PageHeading title={text('cases.consentTitle')} explanation={text('cases.consentText')} />
      <WithDraft key={subject} of={{ form: 'new-case', subject }}>
        {(left) => <NewCaseForm form={card} subject={subject} left={left} />}
      </WithDraft>
    </>
  )
}
