import { Button, Group, NativeSelect, Paper, Radio, Stack, Text, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import { useCallMutation } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { CaseFile } from '#shared/cases/contract.ts'
import { relations, type Relation } from '#shared/people/case-link.ts'
import { linkReasonMax } from '#shared/people/contract.ts'

/** What the person at the desk is about to decide. */
export type Choice =
  | { readonly kind: null }
  | { readonly kind: 'same'; readonly leading: string; readonly take: readonly string[] }
  | { readonly kind: 'different' }
  | { readonly kind: 'household'; readonly relation: Relation | '' }

const kinds = ['same', 'different', 'household'] as const

/** The decision about two people: nothing is chosen beforehand. */
export function DecideForm(props: {
  readonly files: readonly [CaseFile, CaseFile]
  readonly choice: Choice
  readonly onChoice: (choice: Choice) => void
  readonly onDecided: () => void
}) {
  const text = useText()
  const { files, choice, onChoice } = props
  const [first, second] = files
  const [reason, setReason] = useState('')
  const decide = useCallMutation('people.decide', props.onDecided)
  const own = files.filter((file) => file.row.receivedFrom === null)
  const start = (kind: string) => {
    if (kind === 'same') onChoice({ kind, leading: (own[0] ?? first).row.id, take: [] })
    else if (kind === 'different') onChoice({ kind })
    else onChoice({ kind: 'household', relation: '' })
  }
  const decision =
    choice.kind === null || (choice.kind === 'household' && choice.relation === '')
      ? null
      : choice.kind === 'same'
        ? { ...choice, take: [...choice.take] }
        : choice.kind === 'different'
          ? choice
          : { kind: choice.kind, relation: choice.relation as Relation }
  return (
    <Paper withBorder px="md" py="sm" component="section" aria-labelledby="decide-heading">
      <Title order={2} size="h4" mb="xs" id="decide-heading">
        {text('people.decideTitle')}
      </Title>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (decision !== null) decide.mutate({ caseId: first.row.id, otherId: second.row.id, decision, reason })
        }}
      >
        <Radio.Group aria-labelledby="decide-heading" value={choice.kind ?? ''} onChange={start}>
          <Stack gap={6} mb="sm">
            {kinds.map((kind) => (
              <Radio
                key={kind}
                value={kind}
                label={text(`people.kinds.${kind}`)}
                description={text(`people.kindHints.${kind}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        {choice.kind === 'same' && (
          <>
            <Radio.Group
              label={text('people.leading')}
              value={choice.leading}
              onChange={(leading) => onChoice({ kind: 'same', leading, take: [] })}
            >
              <Group mt={4} mb="xs">
                {files.map(({ row }) => (
                  <Radio
                    key={row.id}
                    value={row.id}
                    label={row.number}
                    // a copy is carried on where it came from
                    disabled={row.receivedFrom !== null && own.length > 0}
                  />
                ))}
              </Group>
            </Radio.Group>
            <Text mb="sm">{text('people.takeHint', { count: choice.take.length })}</Text>
          </>
        )}
        {choice.kind === 'household' && (
          <RelationSelect
            label={text('people.relationOf', { other: second.row.number, first: first.row.number })}
            value={choice.relation}
            onChange={(relation) => onChoice({ kind: 'household', relation })}
          />
        )}
        <TextInput
          label={text('people.reason')}
          description={text('people.reasonHint')}
          value={reason}
          maxLength={linkReasonMax}
          autoComplete="off"
          onChange={(e) => setReason(e.currentTarget.value)}
          mb="sm"
          maw="40rem"
        />
        <FailureNotice error={decide.error} />
        <Button type="submit" disabled={decision === null} loading={decide.isPending}>
          {text('people.decide')}
        </Button>
      </form>
    </Paper>
  )
}

/** What one person is to another; nothing is chosen beforehand. */
export function RelationSelect(props: {
  readonly label: string
  readonly value: Relation | ''
  readonly onChange: (relation: Relation | '') => void
}) {
  const text = useText()
  return (
    <NativeSelect
      label={props.label}
      value={props.value}
      onChange={(e) => props.onChange(relations.find((r) => r === e.currentTarget.value) ?? '')}
      data={[
        { value: '', label: text('people.chooseRelation') },
        ...relations.map((relation) => ({ value: relation, label: text(`people.relations.${relation}`) })),
      ]}
      mb="sm"
      maw="24rem"
    />
  )
}
