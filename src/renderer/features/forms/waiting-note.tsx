import { Group } from '@mantine/core'
import { usePlaceWords } from '#renderer/features/pickers/index.ts'
import { formatInstant } from '#renderer/i18n/format.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { nodeOfPath } from '#shared/forms/filled-form.ts'
import type { FormState } from '#shared/forms/form-state.ts'
import type { Candidate } from '#shared/review/contract.ts'
import { codeOfRegister, isSameValue, pathOfRegister, type WaitingAt } from '#shared/review/waiting-answers.ts'
import { useProfileWords } from './profile-words.ts'
import type { Waiting } from './use-waiting.ts'

export interface WaitingHere extends Waiting {
  /** By the path of the question. */
  readonly byPath: ReadonlyMap<string, readonly WaitingAt[]>
}

interface NoteProps {
  readonly path: string
  readonly state: FormState
  readonly waiting: WaitingHere
}

/** What was written elsewhere at the same time as the answer above, by whom and when; and the choice, for who may make it. */
export function WaitingNote({ path, state, waiting }: NoteProps) {
  return (waiting.byPath.get(path) ?? []).map((one) => (
    <One key={one.register} one={one} path={path} state={state} waiting={waiting} />
  ))
}

function One({ one, path, state, waiting }: NoteProps & { readonly one: WaitingAt }) {
  const text = useText()
  const words = useProfileWords(state)
  const valueWords = useValueWords(state)
  const { of, register, others } = one
  const [shown] = of.candidates
  const mayDecide = waiting.mayDecide && of.whole
  const button = (act: 'keep' | 'take', said: string, change: Candidate['change']) => (
    <button
      type="button"
      className="row-button"
      disabled={waiting.busy}
      aria-label={text('common.labelled', { label: text(`forms.waiting.${act}`), words: `${words.ofPath(path)}, ${said}` })}
      onClick={() => waiting.onDecide(of, change, path)}
    >
      {text(`forms.waiting.${act}`)}
    </button>
  )
  /** What the other change says differently too: one choice decides on all of it. */
  const together = ({ values }: Candidate) =>
    of.fields.filter(
      (f) =>
        f !== register &&
        !isSameValue(f in values ? values[f] : shown?.values[f], shown?.values[f]) &&
        nodeOfPath(state.form, pathOfRegister(f))?.row.calculation === undefined,
    )
  return (
    <div className="waiting-note" role="note">
      {others.map((other) => (
        <div key={`${other.change?.writer ?? ''} ${other.change?.seq ?? ''}`}>
          {text('forms.waiting.other')}{' '}
          <strong>
            <Said state={state} register={register} value={other.values[register] ?? null} />
          </strong>
          <small>
            <bdi>{other.by === '' ? text('sync.somebodyOf', { site: other.site }) : `${other.by}, ${other.site}`}</bdi>
            {' — '}
            {formatInstant(other.at)}{' '}
            {other.clockWrong && (
              <span className="tag" data-tone="amber">
                {text('sync.clockWrong')}
              </span>
            )}
          </small>
          {together(other).length > 0 && (
            <small>
              {text('forms.waiting.together', {
                list: together(other)
                  .map((f) =>
                    text('common.labelled', {
                      label: words.ofPath(pathOfRegister(f)),
                      words: valueWords(f, other.values[f] ?? null),
                    }),
                  )
                  .join(' · '),
              })}
            </small>
          )}
          {mayDecide && (
            <Group gap="xs" mt={6}>
              {button('take', valueWords(register, other.values[register] ?? null), other.change)}
              {other === others.at(-1) && button('keep', valueWords(register, shown?.values[register] ?? null), null)}
            </Group>
          )}
        </div>
      ))}
      {!of.whole && <small>{text('forms.waiting.notWhole')}</small>}
      {!mayDecide && <small>{text('forms.waiting.somebody')}</small>}
    </div>
  )
}

type Value = Candidate['values'][string]

/** A waiting value as one reads it: that of a set's code by the choice; “empty” for none. */
function useValueWords(state: FormState): (register: string, value: Value) => string {
  const text = useText()
  const language = useLanguage()
  const words = useProfileWords(state)
  return (register, value) => {
    const code = codeOfRegister(register)
    if (code !== undefined) {
      const list = nodeOfPath(state.form, pathOfRegister(register))?.row.list ?? ''
      const label = state.form.pack.choices[list]?.find((c) => c.name === code)?.label[language] ?? code
      return text('common.labelled', { label, words: text(value === 1 ? 'sync.yes' : 'sync.no') })
    }
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return text('sync.emptyValue')
    return words.ofAnswer(pathOfRegister(register), value)
  }
}

function Said({ state, register, value }: { readonly state: FormState; readonly register: string; readonly value: Value }) {
  const valueWords = useValueWords(state)
  const isPlace = nodeOfPath(state.form, pathOfRegister(register))?.row.widget === 'place'
  const place = usePlaceWords(isPlace && typeof value === 'string' ? value : '')
  return <bdi>{place ?? valueWords(register, value)}</bdi>
}
