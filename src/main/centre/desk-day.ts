import type { Clock } from './ports.ts'

/** Milliseconds of a day. */
export const dayMilliseconds = 86_400_000

/** The calendar day at the desk (YYYY-MM-DD) of an instant in milliseconds; by the PC's own zone. */
export function dayAt(milliseconds: number, offsetMinutes: number): string {
  // days since 1970 to a civil date, by integer arithmetic
  const days = Math.floor((milliseconds + offsetMinutes * 60_000) / dayMilliseconds)
  const z = days + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** Today at the desk. */
export function today(clock: Clock): string {
  return dayAt(clock.now(), clock.offsetMinutes())
}

/** An instant in milliseconds as ISO 8601 in UTC. */
export function instantAt(milliseconds: number): string {
  const inDay = ((milliseconds % dayMilliseconds) + dayMilliseconds) % dayMilliseconds
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0')
  return `${dayAt(milliseconds, 0)}T${two(inDay / 3_600_000)}:${two((inDay / 60_000) % 60)}:${two((inDay / 1000) % 60)}Z`
}
