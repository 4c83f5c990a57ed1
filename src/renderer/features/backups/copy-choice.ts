import type { CallInput } from '#shared/contract.ts'
import type { Text } from '#renderer/i18n/text.tsx'
import type { Correction } from '#renderer/ui/corrections.tsx'

/** The key of the desk itself, a person of the copy, or its paper code. */
export type CopyWay = 'own' | 'password' | 'paper'

/** What was chosen and typed so far. */
export interface CopyChoice {
  /** Id of a copy on this computer; '' for a file. */
  readonly copy: string
  readonly file: { readonly token: string; readonly name: string } | null
  readonly way: CopyWay
  readonly login: string
  readonly password: string
  readonly code: string
}
export const noChoice: CopyChoice = { copy: '', file: null, way: 'password', login: '', password: '', code: '' }

type Source = CallInput<'backups.check'>['source']
type Key = NonNullable<CallInput<'backups.check'>['key']>

/** Where the chosen copy lies; undefined while none is chosen. */
export function sourceOf({ copy, file }: CopyChoice): Source | undefined {
  if (copy !== '') return { kind: 'kept', copy }
  return file === null ? undefined : { kind: 'file', file: file.token }
}

/** What is to open it; null for the key of the desk. */
export function keyOf(choice: CopyChoice): Key | null {
  if (choice.way === 'own') return null
  return choice.way === 'paper'
    ? { kind: 'paper', code: choice.code }
    : { kind: 'password', login: choice.login, password: choice.password }
}

/** Ids of the fields. */
export const copyFields = { file: 'copy-file', login: 'copy-login', password: 'copy-password', code: 'copy-code' } as const

/** What is still missing, by field. */
export function choiceCorrections(choice: CopyChoice, text: Text): readonly Correction[] {
  const missing = (field: string, label: string, message: string, is: boolean): Correction[] =>
    is ? [{ field, label, message }] : []
  return [
    ...missing(copyFields.file, text('backups.which'), text('backups.fileMissing'), sourceOf(choice) === undefined),
    ...missing(
      copyFields.login,
      text('security.login'),
      text('security.loginMissing'),
      choice.way === 'password' && choice.login.trim() === '',
    ),
    ...missing(
      copyFields.password,
      text('security.password'),
      text('security.passwordMissing'),
      choice.way === 'password' && choice.password === '',
    ),
    ...missing(
      copyFields.code,
      text('security.codeLabel'),
      text('security.codeMissing'),
      choice.way === 'paper' && choice.code.trim() === '',
    ),
  ]
}
