/** Why a typed date cannot be taken. */
export type DateProblem = 'not-a-date' | 'no-such-day' | 'no-such-month' | 'year-out-of-range'
export type DateRead = { readonly ok: true; readonly date: string } | { readonly ok: false; readonly problem: DateProblem }

const yearMin = 1900
const yearMax = 2100

function daysInMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
}

/**
 * A date as a person types it: `24/03/1994`, `24.3.1994`, `24031994`, and when `partial` also `03/1994` and `1994`.
 *
 * Gives YYYY-MM-DD, YYYY-MM or YYYY; days always come first, whatever the system's locale (U14).
 */
export function readTypedDate(typed: string, partial: boolean): DateRead {
  const text = typed.trim()
  const parts = /^\d{8}$/.test(text) ? [text.slice(0, 2), text.slice(2, 4), text.slice(4)] : text.split(/\s*[/.\- ]\s*/)
  if (parts.length > 3 || parts.length < (partial ? 1 : 3) || !parts.every((p) => /^\d{1,4}$/.test(p)))
    return { ok: false, problem: 'not-a-date' }
  const numbers = parts.map(Number)
  const year = numbers.at(-1) ?? 0
  const month = numbers.length > 1 ? numbers.at(-2) : undefined
  const day = numbers.length > 2 ? numbers[0] : undefined
  if ((parts.at(-1) ?? '').length !== 4 || year < yearMin || year > yearMax) return { ok: false, problem: 'year-out-of-range' }
  if (month === undefined) return { ok: true, date: String(year) }
  if (month < 1 || month > 12) return { ok: false, problem: 'no-such-month' }
  const yearMonth = `${year}-${String(month).padStart(2, '0')}`
  if (day === undefined) return { ok: true, date: yearMonth }
  if (day < 1 || day > daysInMonth(year, month)) return { ok: false, problem: 'no-such-day' }
  return { ok: true, date: `${yearMonth}-${String(day).padStart(2, '0')}` }
}

/** True for a stored YYYY, YYYY-MM or YYYY-MM-DD that exists. */
export function isPartialDate(stored: string): boolean {
  const read = readTypedDate(stored.split('-').toReversed().join('/'), true)
  return read.ok && read.date === stored
}

/** A stored date as people read it, in both languages: dd/mm/yyyy, mm/yyyy or yyyy; of an instant with its time: dd/mm/yyyy hh:mm. */
export function shownDate(stored: string): string {
  const [day = '', time] = stored.split('T')
  const shown = day.split('-').toReversed().join('/')
  return time === undefined ? shown : `${shown} ${time.slice(0, 5)}`
}

/**
 * Completed years on `today` (YYYY-MM-DD), or undefined.
 *
 * With only month or year known, the younger possible age: age in doubt counts as minor (H23). A stated age counts when there is no date.
 */
export function ageYears(birthDate: string, statedAge: string, today: string): number | undefined {
  if (isPartialDate(birthDate)) {
    const latest = birthDate.length === 4 ? `${birthDate}-12-31` : birthDate.length === 7 ? `${birthDate}-31` : birthDate
    const years = Number(today.slice(0, 4)) - Number(latest.slice(0, 4)) - (today.slice(5) < latest.slice(5) ? 1 : 0)
    return years >= 0 ? years : birthDate <= today ? 0 : undefined
  }
  return /^\d{1,3}$/.test(statedAge) && Number(statedAge) <= 110 ? Number(statedAge) : undefined
}

/** The day after so many days; all dates YYYY-MM-DD in the Gregorian calendar. */
export function addDays(day: string, days: number): string {
  let [y = 0, m = 1, d = 1] = day.split('-').map(Number)
  d += days
  while (d > daysInMonth(y, m)) {
    d -= daysInMonth(y, m)
    m += 1
    if (m > 12) {
      m = 1
      y += 1
    }
  }
  while (d < 1) {
    m -= 1
    if (m < 1) {
      m = 12
      y -= 1
    }
    d += daysInMonth(y, m)
  }
  return `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`
}

/** Days from one day to another, negative when it lies before; both YYYY-MM-DD. */
export function daysBetween(from: string, to: string): number {
  const days = (day: string): number => {
    const [y = 0, m = 1, d = 1] = day.split('-').map(Number)
    let count = d
    for (let month = 1; month < m; month += 1) count += daysInMonth(y, month)
    const before = y - 1
    return count + before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400)
  }
  return days(to) - days(from)
}
