import { en } from '#renderer/i18n/en/index.ts'
import { formatInstantDay, formatSize } from '#renderer/i18n/format.ts'
import type { Text } from '#renderer/i18n/text.tsx'
import type { ErrorCode, Failure, FailureDetails } from '#shared/result.ts'

/** Codes whose message can give figures. */
type Exact = { [C in ErrorCode]: (typeof en.errors)[C] extends { readonly exact: string } ? C : never }[ErrorCode]

const isExact = (code: ErrorCode): code is Exact => 'exact' in en.errors[code]

/** Figures as one reads them: `…Bytes` as a size, `at` as a day. */
function inWords(details: FailureDetails, text: Text): FailureDetails {
  return Object.fromEntries(
    Object.entries(details).map(([key, value]) => [
      key,
      key.endsWith('Bytes') ? formatSize(Number(value), text) : key === 'at' ? formatInstantDay(String(value)) : value,
    ]),
  )
}

/** What happened, with its figures where they are known, and what to do. */
export function failureWords(failure: Failure, text: Text): { readonly what: string; readonly todo: string } {
  const { code } = failure
  const details = inWords(failure.details ?? {}, text)
  const todo = text(`errors.${code}.todo`, details)
  if (isExact(code)) {
    const needed = [...en.errors[code].exact.matchAll(/\{(\w+)/g)].map((m) => m[1] ?? '')
    if (needed.every((name) => name in details)) return { what: text(`errors.${code}.exact`, details), todo }
  }
  return { what: text(`errors.${code}.what`, details), todo }
}
