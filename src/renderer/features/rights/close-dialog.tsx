import { Button, Group, Modal, Text } from '@mantine/core'
import { useState } from 'react'
import { useCall, useCallMutation } from '#renderer/api/call.ts'
import { today } from '#renderer/api/clock.ts'
import { FormSections } from '#renderer/features/forms/index.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { Unread } from '#shared/cases/draft.ts'
import { completeness, violations, type AnswerProblem } from '#shared/forms/check-answers.ts'
import type { Answers } from '#shared/forms/form-definition.ts'

/** The questions at the end of a case; a supervisor decides about it. */
export function CloseDialog(props: { readonly caseId: string; readonly onDone: () => void; readonly onCancel: () => void }) {
  const text = useText()
  const form = useCall('forms.closing', {})
  const [answers, setAnswers] = useState<Answers>({})
  const [unread, setUnread] = useState<Readonly<Record<string, Unread>>>({})
  const [asked, setAsked] = useState(false)
  const propose = useCallMutation('cases.proposeClosing', props.onDone)
  const day = today()
  const problems: Record<string, AnswerProblem> = {}
  if (form.data) {
    for (const section of form.data.sections)
      for (const question of completeness(form.data, section, answers, day).missing) problems[question] = 'required'
    for (const v of violations(form.data, answers, answers, day)) problems[v.question] = v.problem
  }
  return (
    <Modal
      opened
      onClose={props.onCancel}
      title={text('rights.close')}
      centered
      size="xl"
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': text('common.close') }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setAsked(true)
          const isReady = Object.keys(problems).length === 0 && Object.keys(unread).length === 0
          if (isReady && !propose.isPending) propose.mutate({ caseId: props.caseId, answers })
        }}
      >
        <FailureNotice error={form.error ?? propose.error} />
        <Text mb="sm">{text('rights.closeHint')}</Text>
        {form.data && (
          <FormSections
            form={form.data}
            sections={form.data.sections.map((s) => ({ ...s, questions: s.questions.filter((q) => q.type !== 'calculate') }))}
            answers={answers}
            problems={asked ? problems : {}}
            unread={unread}
            today={day}
            disabled={false}
            onAnswer={(question, answer) => {
              setAnswers((a) => ({ ...a, [question]: answer }))
              setUnread(({ [question]: _former, ...others }) => others)
            }}
            onUnread={(question, wrong) => {
              setAnswers(({ [question]: _former, ...others }) => others)
              setUnread((u) => ({ ...u, [question]: wrong }))
            }}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onCancel}>
            {text('common.cancel')}
          </Button>
          <Button type="submit" loading={propose.isPending}>
            {text('rights.closePropose')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
