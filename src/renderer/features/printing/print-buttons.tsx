import { Alert, Button, Group } from '@mantine/core'
import { usePrinting, type PrintTarget } from './use-printing.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'

/** Prints something, or keeps it as a file where the user says, and tells what became of it. */
export function PrintButtons(props: {
  readonly printLabel: string
  readonly saveLabel: string
  readonly disabled?: boolean
  readonly print: (to: PrintTarget) => Promise<{ readonly printed: boolean }>
  readonly onPrinted?: () => void
}) {
  const text = useText()
  const { busy, told, failure, print } = usePrinting(text('rights.pdfTitle'))
  const printTo = (toPdf: boolean) => void print(toPdf, props.print, (printed) => printed && props.onPrinted?.())
  return (
    <>
      <Group gap="sm" mt="sm">
        <Button loading={busy} disabled={props.disabled === true} onClick={() => printTo(false)}>
          {props.printLabel}
        </Button>
        <Button variant="default" disabled={busy || props.disabled === true} onClick={() => printTo(true)}>
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
