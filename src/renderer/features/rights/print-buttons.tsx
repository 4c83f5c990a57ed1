import { Alert, Button, Group } from '@mantine/core'
import { useState } from 'react'
import { call } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'

type Target = 'printer' | { readonly file: string }

/** Prints something, or keeps it as a file where the user says, and tells what became of it. */
export function PrintButtons(props: {
  readonly printLabel: string
  readonly saveLabel: string
  readonly disabled?: boolean
  readonly print: (to: Target) => Promise<{ readonly printed: boolean }>
  readonly onPrinted?: () => void
}) {
  const text = useText()
  const [busy, setBusy] = useState(false)
  const [told, setTold] = useState<'printed' | 'pdfSaved' | 'notPrinted'>()
  const [failure, setFailure] = useState<unknown>()
  const print = async (toPdf: boolean) => {
    setBusy(true)
    setFailure(undefined)
    setTold(undefined)
    try {
      const chosen = toPdf ? await call('files.choose', { purpose: 'slip-pdf', title: text('rights.pdfTitle') }) : undefined
      if (chosen?.file === null) return
      const { printed } = await props.print(chosen ? { file: chosen.file } : 'printer')
      setTold(printed ? (toPdf ? 'pdfSaved' : 'printed') : 'notPrinted')
      if (printed) props.onPrinted?.()
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Group gap="sm" mt="sm">
        <Button loading={busy} disabled={props.disabled === true} onClick={() => void print(false)}>
          {props.printLabel}
        </Button>
        <Button variant="default" disabled={busy || props.disabled === true} onClick={() => void print(true)}>
          {props.saveLabel}
        </Button>
      </Group>
      <FailureNotice error={failure} />
      <div role="status">
        {told && (
          <Alert color={told === 'notPrinted' ? 'amber' : 'forest'} mt="sm">
            {text(`rights.${told}`)}
          </Alert>
        )}
      </div>
    </>
  )
}
