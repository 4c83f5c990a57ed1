import { Button, Group, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { call, failureOf } from '#renderer/api/call.ts'
import { useDesk } from '#renderer/api/desk.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { Corrections, type Correction } from '#renderer/ui/corrections.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { areWhole, sheetFieldId, SheetFields } from '#renderer/ui/sheet-fields.tsx'
import { DeskScreen } from './desk-screen.tsx'
import { focusField } from './focus-field.ts'
import { PasswordPair, usePairCorrections } from './password-pair.tsx'
import { useCountdown } from './use-countdown.ts'
import { WaitNotice } from './wait-notice.tsx'

/** By which code a person sets a password without knowing the old one. */
const ways = {
  paper: {
    call: 'security.recover',
    title: 'security.recoverTitle',
    hint: 'security.recoverHint',
    code: 'security.codeLabel',
    missing: 'security.codeMissing',
    send: 'security.recover',
  },
  start: {
    call: 'security.start',
    title: 'security.startTitle',
    hint: 'security.startHint',
    code: 'security.startCode',
    missing: 'security.startCodeMissing',
    send: 'security.startGo',
  },
  national: {
    call: 'security.recoverNational',
    title: 'security.sheetsTitle',
    hint: 'security.sheetsHint',
    code: 'security.sheets',
    missing: 'security.sheetsMissing',
    send: 'security.recover',
  },
} as const

/** A password set with the paper code of the desk, the one-time code that a supervisor gave, or two sheets of the national key. */
export function RecoverForm(props: { readonly way: keyof typeof ways; readonly onBack: () => void }) {
  const text = useText()
  const way = ways[props.way]
  const { setStatus } = useDesk()
  const [code, setCode] = useState('')
  const [sheets, setSheets] = useState<readonly [string, string]>(['', ''])
  const [login, setLogin] = useState('')
  const [pair, setPair] = useState({ first: '', again: '' })
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [refusals, setRefusals] = useState(0)
  const wait = useCountdown()
  const pairCorrections = usePairCorrections(text('security.passwordNew'), pair)
  const isNational = props.way === 'national'
  const codeField = isNational ? sheetFieldId(1) : 'recover-code'
  const isCodeMissing = isNational ? !areWhole(sheets) : code.trim() === ''
  const corrections: Correction[] = [
    ...(isCodeMissing ? [{ field: codeField, label: text(way.code), message: text(way.missing) }] : []),
    ...(login.trim() === ''
      ? [{ field: 'recover-login', label: text('security.login'), message: text('security.loginMissing') }]
      : []),
    ...pairCorrections,
  ]
  const faultOf = (field: string) => (refusals > 0 ? corrections.find((c) => c.field === field)?.message : undefined)

  const recover = async () => {
    setError(null)
    if (corrections.length > 0) {
      setRefusals(refusals + 1)
      return
    }
    setBusy(true)
    try {
      const who = { login, newPassword: pair.first }
      setStatus(
        way.call === 'security.recoverNational'
          ? await call(way.call, { sheets: [...sheets], ...who })
          : await call(way.call, { code, ...who }),
      )
    } catch (thrown) {
      const seconds = failureOf(thrown).details?.seconds
      wait.start(typeof seconds === 'number' ? seconds : 0)
      setError(thrown)
      setBusy(false)
    }
  }
  return (
    <DeskScreen title={text(way.title)}>
      <Text mb="sm">{text(way.hint)}</Text>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy && wait.secondsLeft === 0) void recover()
        }}
      >
        {refusals > 0 && (
          <Corrections
            title={text('forms.toCorrect', { count: corrections.length })}
            corrections={corrections}
            onGo={focusField}
            takeFocus={refusals}
          />
        )}
        {isNational ? (
          <SheetFields sheets={sheets} onChange={setSheets} />
        ) : (
          <TextInput
            id="recover-code"
            error={faultOf('recover-code')}
            maxLength={80}
            label={text(way.code)}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            classNames={{ input: 'code-input' }}
            mb="sm"
          />
        )}
        <TextInput
          id="recover-login"
          error={faultOf('recover-login')}
          label={text('security.login')}
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          mb="sm"
        />
        <PasswordPair label={text('security.passwordNew')} value={pair} onChange={setPair} tried={refusals > 0} />
        <FailureNotice error={wait.over || failureOf(error).code === 'wait-before-retry' ? null : error} />
        <WaitNotice secondsLeft={wait.secondsLeft} />
        <Group justify="space-between" mt="md">
          <Button variant="default" onClick={props.onBack}>
            {text('security.recoverBack')}
          </Button>
          <Button type="submit" loading={busy} disabled={wait.secondsLeft > 0}>
            {text(way.send)}
          </Button>
        </Group>
      </form>
    </DeskScreen>
  )
}
