import { Button, Stack } from '@mantine/core'
import { useState } from 'react'
import { call } from '#renderer/api/call.ts'
import { useDesk, useMay } from '#renderer/api/desk.ts'
import { flushUnsaved } from '#renderer/api/unsaved.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { ConfirmDialog } from '#renderer/ui/confirm-dialog.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'

const questions = {
  enter: { call: 'security.enterTraining', label: 'security.trainingEnter', ask: 'security.trainingEnterConfirm' },
  leave: { call: 'security.leaveTraining', label: 'security.trainingLeave', ask: 'security.trainingLeaveConfirm' },
  reset: { call: 'security.resetTraining', label: 'security.trainingReset', ask: 'security.trainingResetConfirm' },
} as const
type Question = keyof typeof questions

/** Into the exercise, out of it, or back to its start (U25). */
export function TrainingMenu() {
  const text = useText()
  const may = useMay()
  const { status, setStatus } = useDesk()
  const [asked, setAsked] = useState<Question | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  if (!may('training.use')) return null
  const offered: readonly Question[] = status.mode === 'training' ? ['leave', 'reset'] : ['enter']

  const confirm = async (question: Question) => {
    setBusy(true)
    setError(null)
    try {
      await flushUnsaved()
      setStatus(await call(questions[question].call, {}))
    } catch (thrown) {
      setError(thrown)
    }
    setBusy(false)
    setAsked(null)
  }

  return (
    <Stack gap={4} mb="sm">
      {offered.map((question) => (
        <Button key={question} variant="subtle" size="compact-sm" className="wrapping-button" onClick={() => setAsked(question)}>
          {text(questions[question].label)}
        </Button>
      ))}
      <FailureNotice error={error} />
      {asked === null ? null : (
        <ConfirmDialog
          opened
          title={text(questions[asked].label)}
          message={text(questions[asked].ask)}
          confirmLabel={text(questions[asked].label)}
          danger={asked === 'reset'}
          busy={busy}
          onConfirm={() => void confirm(asked)}
          onCancel={() => setAsked(null)}
        />
      )}
    </Stack>
  )
}
