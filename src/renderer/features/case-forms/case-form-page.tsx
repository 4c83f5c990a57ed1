import '#renderer/ui/record-page.css'
import { Button, Group, Text, Title } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useEffect, useState, type ReactNode } from 'react'
import { call, queryClient, useCall } from '#renderer/api/call.ts'
import { useMay } from '#renderer/api/desk.ts'
import {
  compiledOnce,
  NotSaved,
  ProfileForm,
  SavedSign,
  TakenUp,
  useTextWarnings,
  useFormKeeper,
  useLeftDraft,
} from '#renderer/features/forms/index.ts'
import { PrintFormDialog } from '#renderer/features/printing/index.ts'
import { MaskedName, RevealPerson } from '#renderer/features/screen/index.ts'
import { formatDay } from '#renderer/i18n/format.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { LinkButton } from '#renderer/ui/link-button.tsx'
import { usePageFocus } from '#renderer/ui/page-heading.tsx'
import type { CaseFormFile } from '#shared/case-forms/contract.ts'
import type { Draft } from '#shared/cases/contract.ts'
import type { CompiledForm } from '#shared/forms/compile-form.ts'
import { CaseFormState } from './case-form-state.tsx'

/** One plan, session or visit of a case: filled and saved as the case itself is. */
export function CaseFormPage() {
  const { caseFormId = '' } = useParams({ strict: false }) as { caseFormId?: string }
  const may = useMay()
  // drawn anew when its state was changed
  const [turn, setTurn] = useState(0)
  const file = useCall('caseForms.get', { caseFormId })
  const { form = '', formVersion = '', state } = file.data?.row ?? {}
  const pack = useCall('caseForms.pack', { form, version: formVersion }, file.data !== undefined)
  const fillable = file.data?.editable === true && state === 'draft' && may('caseForm.fill')
  const left = useLeftDraft({ form: 'case-form', subject: caseFormId }, fillable)
  if (!file.data || !pack.data) return <FailureNotice error={file.error ?? pack.error} />
  if (left === undefined) return null
  return (
    <Filled
      key={`${caseFormId} ${turn}`}
      form={compiledOnce(pack.data)}
      file={file.data}
      left={left}
      disabled={!fillable}
      onChanged={(changed) => {
        queryClient.setQueryData(['caseForms.get', { caseFormId }], changed)
        setTurn((t) => t + 1)
      }}
    />
  )
}

interface FilledProps {
  readonly form: CompiledForm
  readonly file: CaseFormFile
  readonly left: Draft | null
  readonly disabled: boolean
  readonly onChanged: (file: CaseFormFile) => void
}

function Filled({ form, file, left, disabled, onChanged }: FilledProps) {
  const text = useText()
  const caseFormId = file.row.id
  const [warnings, warn] = useTextWarnings()
  const [stored] = useState(() => ({ ...file.answers, ...file.facts }))
  const keeper = useFormKeeper(
    { form: 'case-form', subject: caseFormId },
    Object.keys(left?.texts ?? {}),
    async (batch, focused) => {
      const saved = await call('caseForms.save', {
        caseFormId,
        answers: batch,
        ...(focused === undefined ? {} : { focused }),
      })
      queryClient.setQueryData(['caseForms.get', { caseFormId }], saved.file)
      warn(batch, saved.warnings)
    },
  )
  // the case's list shows the new day when one comes back to it
  useEffect(() => () => void queryClient.invalidateQueries({ queryKey: ['caseForms.list'] }), [])
  return (
    <>
      <FormHeader file={file} keepFocus={left !== null && left.focused !== ''}>
        {!disabled && <SavedSign keeper={keeper} />}
      </FormHeader>
      <NotSaved keeper={keeper} />
      <TakenUp left={left} />
      <CaseFormState form={form} file={file} before={() => keeper.flush()} onChanged={onChanged} />
      {file.masked && <Text>{text('screen.maskedCard')}</Text>}
      {!file.confidential && !file.masked && (
        <Text mb="sm" role="note">
          {text('caseForms.notConfidential')}
        </Text>
      )}
      <ProfileForm
        form={form}
        stored={stored}
        left={left}
        disabled={disabled}
        whole={file.confidential}
        keeper={keeper}
        warnings={warnings}
      />
    </>
  )
}

/** Which form of whom: stays in sight while it is filled. */
function FormHeader(props: { readonly file: CaseFormFile; readonly keepFocus: boolean; readonly children: ReactNode }) {
  const { file, keepFocus, children } = props
  const text = useText()
  const language = useLanguage()
  const heading = usePageFocus(keepFocus)
  const may = useMay()
  const [printing, setPrinting] = useState(false)
  return (
    <header className="case-header">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div className="case-who">
          <Title order={1} size="h3" ref={heading} tabIndex={-1} className="page-heading">
            {file.row.title[language]}
          </Title>
          <Group gap="xs" className="case-line">
            <MaskedName name={file.name} caseId={file.caseId} unnamed={text('cases.unnamed')} />
            <RevealPerson name={file.name} caseId={file.caseId} number={file.caseNumber} />
            <strong className="case-number">{file.caseNumber}</strong>
            <span>{formatDay(file.row.on)}</span>
            <span>{text(`caseForms.states.${file.row.state}`)}</span>
          </Group>
        </div>
        <div className="case-acts">
          <Group gap="sm" justify="flex-end">
            {file.editable && !file.masked && file.row.state !== 'void' && may('caseForm.fill') && (
              <Button variant="default" onClick={() => setPrinting(true)}>
                {text('printing.form.printFilled')}
              </Button>
            )}
            <LinkButton to="/cases/$caseId" params={{ caseId: file.caseId }} variant="default">
              {text('caseForms.toCase')}
            </LinkButton>
          </Group>
          {children}
        </div>
      </Group>
      {printing && <PrintFormDialog caseFormId={file.row.id} onClose={() => setPrinting(false)} />}
    </header>
  )
}
