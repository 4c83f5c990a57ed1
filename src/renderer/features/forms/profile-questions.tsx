import { Alert, Button, Group, Title } from '@mantine/core'
import { useState } from 'react'
import { useText } from '#renderer/i18n/text.tsx'
import type { AnswerProblem } from '#shared/forms/check-answers.ts'
import { isAnswered } from '#shared/forms/check-answers.ts'
import type { Answers } from '#shared/forms/form-definition.ts'
import type { Choice } from '#shared/forms/form-pack.ts'
import { instancePath, shownIn, unnumbered, type Tier } from '#shared/forms/form-outline.ts'
import type { NodeState } from '#shared/forms/form-state.ts'
import type { FormNode } from '#shared/forms/form-tree.ts'
import { mayLeaveOpen } from '#shared/forms/path-answers.ts'
import { fieldInLine } from './focus-question.ts'
import { questionOf, useProfileWords } from './profile-words.ts'
import { QuestionField } from './question-field.tsx'
import { ScoreFactors } from './score-factors.tsx'
import type { FilledProfile } from './use-filled-profile.ts'
import { WaitingNote, type WaitingHere } from './waiting-note.tsx'

export interface QuestionsProps {
  readonly profile: FilledProfile
  readonly tier: Tier
  readonly disabled: boolean
  /** The answers that a reader gets who does not get the confidential ones: no more is shown, and nothing is worked out anew. */
  readonly only: Answers | undefined
  readonly problems: Readonly<Record<string, AnswerProblem>>
  /** What waits for a choice, and the choosing; nothing of a form that has none. */
  readonly waiting: WaitingHere | undefined
  /** Puts the focus where a line came or went. */
  readonly onFocus: (selector: string) => void
}

const noChoices: readonly Choice[] = []

/** What stands in a group or in one line of a repeat. */
export function Questions({
  parent,
  keys,
  ...props
}: QuestionsProps & { readonly parent: FormNode; readonly keys: readonly string[] }) {
  const { state } = props.profile
  const { only } = props
  const shown = shownIn(state, parent, keys, only ? 3 : props.tier)
  return shown
    .filter((at) => only === undefined || at.node.kind !== 'question' || isAnswered(only[at.path]))
    .map((at) => <Shown key={at.path} at={at} {...props} />)
}

function Shown({ at, ...props }: QuestionsProps & { readonly at: NodeState }) {
  const { state, unread, answer, type, keepUnread } = props.profile
  const words = useProfileWords(state)
  const { node, path } = at
  if (node.kind === 'repeat') return <Repeat repeat={node} around={at.keys} {...props} />
  if (node.kind === 'group') {
    return (
      <fieldset className="form-group">
        <legend>{words.ofRow(node.row)}</legend>
        <Questions parent={node} keys={at.keys} {...props} />
      </fieldset>
    )
  }
  if (node.row.type === 'note') {
    return (
      <Alert color="amber" mb="sm" role="note">
        {words.ofRow(node.row)}
      </Alert>
    )
  }
  const question = questionOf(node.row)
  if (!question) return null
  const choices = node.row.calculation === undefined ? at.choices : state.form.pack.choices[node.row.list ?? 'YN']
  const asked = (
    <QuestionField
      path={path}
      question={question}
      choices={choices ?? noChoices}
      mayLeaveOpen={mayLeaveOpen(node)}
      answer={props.only ? props.only[path] : at.answer}
      problem={props.problems[path] ?? (at.problem === 'constraint' ? 'constraint' : undefined)}
      unread={unread[path]}
      disabled={props.disabled || at.readonly}
      onAnswer={answer}
      onTyped={type}
      onUnread={keepUnread}
    />
  )
  const field = props.waiting?.byPath.has(path) ? (
    <>
      {asked}
      <WaitingNote path={path} waiting={props.waiting} state={state} />
    </>
  ) : (
    asked
  )
  // to whom the answers are not all shown, nothing is worked out
  if (node.row.calculation === undefined || props.only) return field
  return (
    <>
      {field}
      <ScoreFactors state={state} node={node} keys={at.keys} />
    </>
  )
}

/** The lines of a repeat: each may be taken away and brought back, another added. */
export function Repeat({
  repeat,
  around,
  titled = true,
  ...props
}: QuestionsProps & { readonly repeat: FormNode; readonly around: readonly string[]; readonly titled?: boolean }) {
  const text = useText()
  const { profile, disabled, onFocus } = props
  const words = useProfileWords(profile.state)
  const [removed, setRemoved] = useState<string>()
  const label = unnumbered(words.ofRow(repeat.row))
  const keys = profile.state.instancesOf(repeat, around)
  const isCounted = profile.state.form.unitsOf[repeat.id]?.count !== undefined
  return (
    <div className="repeat" data-repeat={repeat.name}>
      {titled && (
        <Title order={3} size="h5" mb="xs">
          {label}
        </Title>
      )}
      {keys.map((key, index) => {
        const path = instancePath(repeat, around, key)
        const line = text('forms.line', { label, number: index + 1 })
        return (
          <fieldset key={path} className="line" data-line={path}>
            <legend>{line}</legend>
            <Questions parent={repeat} keys={[...around, key]} {...props} />
            {!disabled && !isCounted && (
              <Button
                variant="default"
                size="compact-sm"
                onClick={() => {
                  setRemoved(path)
                  profile.remove(path)
                  onFocus(`[data-undo="${repeat.name}"]`)
                }}
              >
                {text('forms.lineRemove', { line })}
              </Button>
            )}
          </fieldset>
        )
      })}
      {removed !== undefined && (
        <Alert color="forest" role="status" mb="sm">
          <Group gap="sm">
            {text('forms.lineRemoved')}
            <Button
              size="compact-sm"
              data-undo={repeat.name}
              onClick={() => {
                profile.restore(removed)
                setRemoved(undefined)
                onFocus(fieldInLine(removed))
              }}
            >
              {text('forms.lineUndo')}
            </Button>
          </Group>
        </Alert>
      )}
      {!disabled && !isCounted && (
        <Button
          variant="default"
          data-add={repeat.name}
          onClick={() => {
            setRemoved(undefined)
            onFocus(fieldInLine(profile.add(repeat, around)))
          }}
        >
          {text('forms.lineAdd', { label })}
        </Button>
      )}
    </div>
  )
}
