/** Days since 1 January 1970 of a day of the Gregorian calendar. */
export function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

/** Year, month and day of a number of days since 1 January 1970. */
export function dayOfNumber(days: number): readonly [year: number, month: number, day: number] {
  const z = Math.floor(days) + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const m = Math.floor((5 * dayOfYear + 2) / 153)
  const month = m < 10 ? m + 3 : m - 9
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - Math.floor((153 * m + 2) / 5) + 1]
}

/** A day, and the time of day if one was told. */
export interface Instant {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly millisecond: number
  /** Days since 1970 in UTC, with the part of the day. */
  readonly days: number
  readonly hasTime: boolean
}

const instantPattern = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?(Z|[+-]\d{2}:?\d{2})?)?$/

/** A date or date-time as XForms writes it, or undefined when there is no such instant. Without an offset `offset` counts (minutes). */
export function readInstant(text: string, offset: number): Instant | undefined {
  const m = instantPattern.exec(text)
  if (!m) return undefined
  const [year = 0, month = 0, day = 0] = m.slice(1, 4).map(Number)
  const [hour = 0, minute = 0, second = 0] = m.slice(4, 7).map((p) => Number(p ?? '0'))
  const millisecond = Number((m[7] ?? '0').padEnd(3, '0'))
  const days = dayNumber(year, month, day)
  const [y, mo, d] = dayOfNumber(days)
  if (y !== year || mo !== month || d !== day || hour > 23 || minute > 59 || second > 59) return undefined
  const zone = m[8]
  const minutes = zone === undefined ? offset : zone === 'Z' ? 0 : offsetMinutes(zone)
  const part = (hour * 60 + minute - (m[4] === undefined ? offset : minutes)) / 1440 + (second + millisecond / 1000) / 86_400
  return { year, month, day, hour, minute, second, millisecond, days: days + part, hasTime: m[4] !== undefined }
}

function offsetMinutes(zone: string): number {
  const sign = zone.startsWith('-') ? -1 : 1
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)))
}

const pad = (n: number, size = 2) => String(n).padStart(size, '0')
const months = {
  fr: ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
} as const
const weekdays = {
  fr: ['dim.', 'lun.', 'mar.', 'mer.', 'jeu.', 'ven.', 'sam.'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const

/** An instant by the codes of format-date: %Y %y %m %n %b %d %e %a %H %h %M %S %3; other text stays. */
export function formatInstant(instant: Instant, format: string, language: string): string {
  const words = language === 'fr' ? 'fr' : 'en'
  const weekday = (((dayNumber(instant.year, instant.month, instant.day) + 4) % 7) + 7) % 7
  const codes: Readonly<Record<string, string>> = {
    '%Y': pad(instant.year, 4),
    '%y': pad(instant.year % 100),
    '%m': pad(instant.month),
    '%n': String(instant.month),
    '%b': months[words][instant.month - 1] ?? '',
    '%d': pad(instant.day),
    '%e': String(instant.day),
    '%a': weekdays[words][weekday] ?? '',
    '%H': pad(instant.hour),
    '%h': String(instant.hour),
    '%M': pad(instant.minute),
    '%S': pad(instant.second),
    '%3': pad(instant.millisecond, 3),
  }
  return format.replace(/%[A-Za-z0-9]/g, (code) => codes[code] ?? code)
}
