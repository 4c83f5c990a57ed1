import { Button, Group, List, Text, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { call } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { codeDifference, groupsOfFour } from './code-groups.ts'

/** Shows the recovery code large, to be printed or written down; it is never kept on the computer. */
export function CodeStep(props: { readonly code: string; readonly onDone: () => void }) {
  const text = useText()
  const [busy, setBusy] = useState(false)
  const [sent, setSent] = useState(false)
  const [error, setError] = useState<unknown>(null)

  const print = async (toPdf: boolean) => {
    setBusy(true)
    setError(null)
    try {
      let to: 'printer' | { readonly file: string } = 'printer'
      if (toPdf) {
        const chosen = await call('files.choose', { purpose: 'recovery-pdf', title: text('security.codePdfTitle') })
        if (chosen.file === null) {
          setBusy(false)
          return
        }
        to = { file: chosen.file }
      }
      const { printed } = await call('printing.printRecovery', { to })
      setSent(printed)
    } catch (thrown) {
      setError(thrown)
    }
    setBusy(false)
  }

  return (
    <>
      <Text mb="sm">{text('security.codeWhy')}</Text>
      <output className="recovery-code" aria-label={text('security.codeLabel')}>
        {groupsOfFour(props.code).map((group, index) => (
          <span key={`${index} ${group}`}>{group} </span>
        ))}
      </output>
      <List size="sm" my="sm">
        <List.Item>{text('security.codeLetters')}</List.Item>
        <List.Item>{text('security.codeKeep')}</List.Item>
        <List.Item>{text('security.codePdfWarning')}</List.Item>
      </List>
      <Group>
        <Button variant="default" loading={busy} onClick={() => void print(false)}>
          {text('security.codePrint')}
        </Button>
        <Button variant="default" loading={busy} onClick={() => void print(true)}>
          {text('security.codePdf')}
        </Button>
      </Group>
      <FailureNotice error={error} />
      <Text role="status" mih="1.6em">
        {sent ? text('security.codePrinted') : ''}
      </Text>
      <Button onClick={props.onDone}>{text('security.codeWritten')}</Button>
    </>
  )
}

/** The code typed back from the paper: proves that the paper exists before any case does. */
export function CodeBackStep<Answer>(props: {
  readonly code: string
  readonly confirm: (typed: string) => Promise<Answer>
  readonly onBack: () => void
  readonly onDone: (answer: Answer) => void
}) {
  const text = useText()
  const field = useRef<HTMLInputElement>(null)
  const [fault, setFault] = useState('')
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)

  const confirm = async () => {
    setError(null)
    const different = codeDifference(props.code, typed)
    if (different) {
      setFault(
        different.kind === 'group'
          ? text('security.codeGroupWrong', { group: different.group })
          : text('security.codeLengthWrong', { characters: different.characters, wanted: different.wanted }),
      )
      field.current?.focus()
      return
    }
    setFault('')
    setBusy(true)
    try {
      props.onDone(await props.confirm(typed))
    } catch (thrown) {
      setError(thrown)
      setBusy(false)
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) void confirm()
      }}
    >
      <TextInput
        ref={field}
        label={text('security.codeLabel')}
        error={fault === '' ? undefined : fault}
        errorProps={{ role: 'alert' }}
        description={text('security.codeBackHint')}
        value={typed}
        maxLength={80}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setFault('')
        }}
        autoComplete="off"
        spellCheck={false}
        classNames={{ input: 'code-input' }}
        size="lg"
        mb="sm"
      />
      <FailureNotice error={error} />
      <Group justify="space-between" mt="md">
        <Button variant="default" onClick={props.onBack}>
          {text('security.codeShowAgain')}
        </Button>
        <Button type="submit" loading={busy}>
          {text('security.codeConfirm')}
        </Button>
      </Group>
    </form>
  )
}
