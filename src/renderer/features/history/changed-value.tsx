import { useCall } from '#renderer/api/call.ts'
import type { HistoryValue } from '#shared/history/contract.ts'
import type { ChangeWords } from './change-words.ts'

/** A value of a change as one reads it; a place by its name. */
export function ChangedValue(props: {
  readonly words: ChangeWords
  readonly kind: string
  readonly register: string
  readonly value: HistoryValue
}) {
  const { words, kind, register, value } = props
  const pcode = typeof value === 'string' && words.isPlace(kind, register) ? value : ''
  const place = useCall('directory.place', { pcode }, pcode !== '')
  return <bdi>{place.data?.name ?? words.value(kind, register, value)}</bdi>
}
