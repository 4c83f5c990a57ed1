import { daysSince, localDay, localTime } from '#renderer/api/clock.ts'
import type { Text } from './text.tsx'

/** A calendar day YYYY-MM-DD as dd/mm/yyyy, whatever the computer's own settings (U14); anything else unchanged. */
export function formatDay(day: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  return parts === null ? day : `${parts[3]}/${parts[2]}/${parts[1]}`
}

/** A month YYYY-MM as mm/yyyy. */
export function formatMonth(month: string): string {
  return `${month.slice(5)}/${month.slice(0, 4)}`
}

/** An instant as dd/mm/yyyy on this computer. */
export function formatInstantDay(instant: string): string {
  return formatDay(localDay(instant))
}

/** An instant as dd/mm/yyyy HH:MM on this computer. */
export function formatInstant(instant: string): string {
  return `${formatDay(localDay(instant))} ${localTime(instant)}`
}

/** A size in bytes as kB or MB, decimal as file managers tell it. */
export function formatSize(bytes: number, text: Text): string {
  return bytes < 1_000_000
    ? text('common.kilobytes', { count: Math.max(1, Math.round(bytes / 1000)) })
    : text('common.megabytes', { count: Math.round(bytes / 100_000) / 10 })
}

/** How long ago in words: today, yesterday, n days ago. */
export function formatAge(instant: string, text: Text): string {
  return text('common.daysAgo', { days: daysSince(instant) })
}

/** The day YYYY-MM-DD typed as dd/mm/yyyy (also with - . or spaces, one-digit day or month); undefined if there is no such day. */
export function parseTypedDay(typed: string): string | undefined {
  const parts = /^\s*(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4})\s*$/.exec(typed) ?? /^\s*(\d{2})(\d{2})(\d{4})\s*$/.exec(typed)
  if (parts === null) return undefined
  const [day, month, year] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  if (month < 1 || month > 12 || day < 1 || year < 1900) return undefined
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const daysMax = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
  if (day > daysMax) return undefined
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
