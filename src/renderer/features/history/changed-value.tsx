import { usePlaceWords } from '#renderer/features/pickers/index.ts'
import type { HistoryValue } from '#shared/history/contract.ts'
import type { ChangeWords } from './change-words.ts'

/** A value of a change as one reads it; a place by its names. */
export function ChangedValue(props: {
  readonly words: ChangeWords
  readonly kind: string
  readonly register: string
  readonly value: HistoryValue
}) {
  const { words, kind, register, value } = props
  const place = typeof value === 'string' && words.isPlace(kind, register) ? value : ''
  const named = usePlaceWords(place)
  return <bdi>{named ?? words.value(kind, register, value)}</bdi>
}
