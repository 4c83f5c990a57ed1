import { Alert, Text } from '@mantine/core'
import { failureOf } from '#renderer/api/call.ts'
import type { Text as Words } from '#renderer/i18n/text.tsx'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { errorCodes, type ErrorCode } from '#shared/result.ts'

const isErrorCode = (code: string): code is ErrorCode => (errorCodes as readonly string[]).includes(code)

/** True for a file that was not taken because this desk already has what it says: nothing is wrong. */
export function isAlreadyHere(code: string): boolean {
  return code === 'sync-already-imported' || code === 'sync-older-than-yours'
}

/** What became of a file: done, taken back, or why it was refused. */
export function outcomeInWords(outcome: string, text: Words): string {
  if (outcome === 'done') return text('sync.outcomeDone')
  if (outcome === 'undone') return text('sync.outcomeUndone')
  return isErrorCode(outcome) ? text(`errors.${outcome}.what`) : text('errors.internal.what')
}

/** Why a file was not taken; told calmly when there is nothing to do. `error` is whatever a call threw. */
export function FileRefusal({ error }: { readonly error: unknown }) {
  const text = useText()
  const { code } = failureOf(error)
  if (error === null || !isAlreadyHere(code)) return <FailureNotice error={error} />
  return (
    <Alert color="gray" variant="light" role="status" my="sm" data-code={code}>
      <Text fw={700}>{text(`errors.${code}.what`)}</Text>
      <Text>{text(`errors.${code}.todo`)}</Text>
    </Alert>
  )
}
