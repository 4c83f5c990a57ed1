import { Alert, Text } from '@mantine/core'
import { failureOf } from '#renderer/api/call.ts'
import type { Text as Words } from '#renderer/i18n/text.tsx'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { failureWords } from '#renderer/ui/failure-words.ts'
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
  const failure = failureOf(error)
  if (error === null || !isAlreadyHere(failure.code)) return <FailureNotice error={error} />
  const words = failureWords(failure, text)
  return (
    <Alert color="gray" variant="light" role="status" my="sm" data-code={failure.code}>
      <Text fw={700}>{words.what}</Text>
      <Text>{words.todo}</Text>
    </Alert>
  )
}
