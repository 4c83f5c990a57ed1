import type { Text } from '#renderer/i18n/text.tsx'

const days = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const
type Day = (typeof days)[number]
const dayPattern = `(?:${days.join('|')})`
const rulePattern = new RegExp(`^(${dayPattern}(?:[-,]${dayPattern})*) (\\d{2}:\\d{2})-(\\d{2}:\\d{2})$`)
const isDay = (text: string): text is Day => (days as readonly string[]).includes(text)

/**
 * Opening hours in words: `Mo-Fr 07:30-15:30` as “Monday to Friday, 07:30–15:30” (opening_hours of OpenStreetMap, the part that lists use).
 *
 * One text per rule. What is written in another way is given back as it is.
 */
export function openingHours(hours: string, text: Text): readonly string[] {
  const written = hours.trim()
  if (written === '') return []
  if (written === '24/7') return [text('directory.opening.always')]
  // a rule begins after a comma or semicolon only if days and hours follow
  const rules = written.split(/;\s*|,\s+/).map((rule) => ruleInWords(rule.trim(), text))
  return rules.includes(undefined) ? [written] : rules.filter((rule) => rule !== undefined)
}

function ruleInWords(rule: string, text: Text): string | undefined {
  const parts = rulePattern.exec(rule)
  if (!parts) return undefined
  const [, dayList = '', from = '', to = ''] = parts
  const spans = dayList.split(',').map((span) => spanInWords(span, text))
  if (from === '00:00' && to === '24:00') return text('directory.opening.dayAndNight', { days: spans.join(', ') })
  return text('directory.opening.rule', { days: spans.join(', '), from: clock(from, text), to: clock(to, text) })
}

function spanInWords(span: string, text: Text): string {
  const [from = '', to = from] = span.split('-')
  if (!isDay(from) || !isDay(to)) return span
  if (from === 'Mo' && to === 'Su') return text('directory.opening.everyDay')
  const name = (day: Day) => text(`directory.opening.days.${day}`)
  return from === to ? name(from) : text('directory.opening.span', { from: name(from), to: name(to) })
}

function clock(time: string, text: Text): string {
  const [hour = '', minute = ''] = time.split(':')
  return text(minute === '00' ? 'directory.opening.fullHour' : 'directory.opening.hour', { hour: String(Number(hour)), minute })
}
