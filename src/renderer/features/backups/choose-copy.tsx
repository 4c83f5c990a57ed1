import { Button, NativeSelect, PasswordInput, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { call } from '#renderer/api/call.ts'
import { formatDay } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { KeptCopy } from '#shared/backups/contract.ts'
import { copyNumber } from './copy-age.ts'
import { copyFields, type CopyChoice, type CopyWay } from './copy-choice.ts'

/** Which copy, of this computer or in a file, and what opens it. `faultOf` says what is wrong with a field, once that was asked. */
export function ChooseCopy(props: {
  readonly copies: readonly KeptCopy[]
  readonly ways: readonly CopyWay[]
  readonly choice: CopyChoice
  /** Gets what changed: a dialog may answer after something else was typed. */
  readonly onChange: (part: Partial<CopyChoice>) => void
  readonly faultOf: (field: string) => string | undefined
}) {
  const text = useText()
  const [error, setError] = useState<unknown>(null)
  const { choice, faultOf, onChange: change } = props
  const chooseFile = async () => {
    setError(null)
    try {
      const { file, name } = await call('files.choose', { purpose: 'copy-import', title: text('backups.chooseFile') })
      if (file !== null) change({ file: { token: file, name } })
    } catch (thrown) {
      setError(thrown)
    }
  }
  const fileFault = faultOf(copyFields.file)
  return (
    <>
      <NativeSelect
        label={text('backups.which')}
        value={choice.copy}
        onChange={(event) => change({ copy: event.currentTarget.value })}
        data={[
          { value: '', label: text('backups.fromFile') },
          ...props.copies.map((c) => ({
            value: c.id,
            label: text('backups.keptOne', {
              number: copyNumber(c),
              day: formatDay(c.day),
              reason: text(`backups.reasons.${c.reason}`),
            }),
          })),
        ]}
        maw="28rem"
        mb="xs"
      />
      {choice.copy === '' && (
        <>
          <Button id={copyFields.file} variant="default" onClick={() => void chooseFile()}>
            {text('backups.chooseFile')}
          </Button>
          <Text role="status" size="sm" c={fileFault === undefined ? undefined : 'brick'} mih="1.6em">
            {fileFault ?? (choice.file === null ? '' : text('backups.chosen', { name: choice.file.name }))}
          </Text>
          <FailureNotice error={error} />
        </>
      )}
      <Radio.Group
        label={text('backups.openWith')}
        value={choice.way}
        onChange={(way) => change({ way: way as CopyWay })}
        my="sm"
      >
        <Stack gap="xs" mt="xs">
          {props.ways.map((way) => (
            <Radio key={way} value={way} label={text(`backups.ways.${way}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {choice.way === 'password' && (
        <>
          <TextInput
            id={copyFields.login}
            label={text('security.login')}
            value={choice.login}
            onChange={(event) => change({ login: event.currentTarget.value })}
            error={faultOf(copyFields.login)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maw="28rem"
            mb="sm"
          />
          <PasswordInput
            id={copyFields.password}
            label={text('security.password')}
            value={choice.password}
            onChange={(event) => change({ password: event.currentTarget.value })}
            error={faultOf(copyFields.password)}
            autoComplete="off"
            spellCheck={false}
            maw="28rem"
            mb="sm"
            visibilityToggleButtonProps={{ 'aria-label': text('security.passwordShow') }}
          />
        </>
      )}
      {choice.way === 'paper' && (
        <TextInput
          id={copyFields.code}
          label={text('security.codeLabel')}
          value={choice.code}
          onChange={(event) => change({ code: event.currentTarget.value })}
          error={faultOf(copyFields.code)}
          maxLength={80}
          autoComplete="off"
          spellCheck={false}
          classNames={{ input: 'code-input' }}
          maw="28rem"
          mb="sm"
        />
      )}
    </>
  )
}
