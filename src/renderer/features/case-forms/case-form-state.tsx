import { Alert, Button, Group } from '@mantine/core'
import { useState } from 'react'
import { call, CallFailure } from '#renderer/api/call.ts'
import { useMay } from '#renderer/api/desk.ts'
import { useDoing } from '#renderer/api/use-doing.ts'
import { focusQuestion } from '#renderer/features/forms/index.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { CaseFormFile } from '#shared/case-forms/contract.ts'
import type { CaseFormState as State } from '#shared/case-forms/case-form.ts'
import type { CompiledForm } from '#shared/forms/compile-form.ts'
import { nodeOfPath } from '#shared/forms/filled-form.ts'

const words = ['pending', 'ok', 'back'] as const

/** How far a form is, and its next steps: finish it, take it up again, set it aside; a supervisor's word on a plan. */
export function CaseFormState(props: {
  readonly form: CompiledForm
  readonly file: CaseFormFile
  /** What is still being saved. */
  readonly before: () => Promise<unknown>
  readonly onChanged: (file: CaseFormFile) => void
}) {
  const { form, file, before, onChanged } = props
  const { state, id: caseFormId } = file.row
  const text = useText()
  const language = useLanguage()
  const may = useMay()
  const { busy, error, run } = useDoing()
  const [missing, setMissing] = useState<string>()
  const go = (to: State) =>
    void run(async () => {
      setMissing(undefined)
      await before()
      try {
        onChanged(await call('caseForms.setState', { caseFormId, state: to }))
      } catch (thrown) {
        const question = thrown instanceof CallFailure ? thrown.failure.details?.['question'] : undefined
        if (typeof question !== 'string') throw thrown
        setMissing(question)
        focusQuestion(question)
      }
    })
  const decide = (approve: boolean) => void run(async () => onChanged(await call('caseForms.approve', { caseFormId, approve })))
  const word = words.find((w) => w === file.answers['plan_supervisor_ok'])
  const label = missing === undefined ? undefined : nodeOfPath(form, missing)?.row.label?.[language]
  const fills = file.editable && may('caseForm.fill')
  return (
    <>
      <FailureNotice error={error} />
      {missing !== undefined && (
        <Alert color="amber" mb="sm" role="alert">
          {text('caseForms.missing', { question: label ?? missing })}
        </Alert>
      )}
      {word !== undefined && state !== 'void' && (
        <Alert color={word === 'ok' ? 'forest' : 'amber'} mb="sm" role="note">
          {text(`caseForms.plan.${word}`)}
        </Alert>
      )}
      {state === 'void' && (
        <Alert color="amber" mb="sm" role="note">
          {text('caseForms.isVoid')}
        </Alert>
      )}
      {(fills || (file.approvable && may('caseForm.approve'))) && (
        <Group gap="sm" mb="md">
          {fills && state === 'draft' && (
            <>
              <Button loading={busy} data-finish onClick={() => go('done')}>
                {text('caseForms.finish')}
              </Button>
              <Button variant="default" disabled={busy} onClick={() => go('void')}>
                {text('caseForms.setAside')}
              </Button>
            </>
          )}
          {fills && state !== 'draft' && (
            <Button variant="default" loading={busy} onClick={() => go('draft')}>
              {text('caseForms.resume')}
            </Button>
          )}
          {file.approvable && may('caseForm.approve') && (
            <>
              <Button loading={busy} onClick={() => decide(true)}>
                {text('caseForms.approve')}
              </Button>
              <Button variant="default" disabled={busy} onClick={() => decide(false)}>
                {text('caseForms.sendBack')}
              </Button>
            </>
          )}
        </Group>
      )}
      {fills && state === 'done' && word === undefined && (
        <Alert color="forest" mb="sm" role="note">
          {text('caseForms.isDone')}
        </Alert>
      )}
    </>
  )
}
