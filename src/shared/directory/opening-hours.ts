interface Both {
  readonly fr: string
  readonly en: string
}

const dayCodes = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const
const dayNames: readonly Both[] = [
  { fr: 'lundi', en: 'Monday' },
  { fr: 'mardi', en: 'Tuesday' },
  { fr: 'mercredi', en: 'Wednesday' },
  { fr: 'jeudi', en: 'Thursday' },
  { fr: 'vendredi', en: 'Friday' },
  { fr: 'samedi', en: 'Saturday' },
  { fr: 'dimanche', en: 'Sunday' },
]
const daysPattern = '(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:-(?:Mo|Tu|We|Th|Fr|Sa|Su))?'
const rulePattern = new RegExp(`^(${daysPattern}(?:,\\s*${daysPattern})*)\\s+(\\d{1,2}:\\d{2})-(\\d{1,2}:\\d{2})$`)

/**
 * Opening hours as people say them, from the directory's spelling ("Mo-Fr 07:30-15:30", "Th,Sa 08:00-12:00", "24/7").
 *
 * Hours written in any other way are given back as they are, in both languages.
 */
export function shownHours(stored: string): Both {
  const text = stored.trim()
  if (text === '24/7') return always
  // a comma separates rules when a time stands before it, days otherwise
  const rules = text.split(/\s*;\s*|(?<=\d)\s*,\s*/).map(shownRule)
  if (rules.length === 0 || rules.some((r) => r === undefined)) return { fr: text, en: text }
  const known = rules.filter((r) => r !== undefined)
  return { fr: known.map((r) => r.fr).join('\u202f; '), en: known.map((r) => r.en).join('; ') }
}

const always: Both = { fr: 'tous les jours, jour et nuit', en: 'every day, day and night' }

function shownRule(rule: string): Both | undefined {
  const parts = rulePattern.exec(rule)
  if (!parts) return undefined
  const [, days = '', from = '', to = ''] = parts
  const when = shownDays(days.split(/,\s*/))
  if (from === '00:00' && to === '24:00')
    return days === 'Mo-Su' ? always : { fr: `${when.fr}, jour et nuit`, en: `${when.en}, day and night` }
  return {
    fr: `${when.fr}, de ${frenchTime(from)} à ${frenchTime(to)}`,
    en: `${when.en}, ${englishTime(from)} to ${englishTime(to)}`,
  }
}

function shownDays(parts: readonly string[]): Both {
  if (parts.length === 1 && parts[0] === 'Mo-Su') return { fr: 'tous les jours', en: 'every day' }
  const each = parts.map((part) => {
    const [first, last] = part.split('-').map((code) => dayNames[dayCodes.findIndex((d) => d === code)])
    if (!first || !last) return { fr: first?.fr ?? '', en: first?.en ?? '' }
    return { fr: `du ${first.fr} au ${last.fr}`, en: `${first.en} to ${last.en}` }
  })
  return {
    fr: listed(
      each.map((d) => d.fr),
      'et',
    ),
    en: listed(
      each.map((d) => d.en),
      'and',
    ),
  }
}

function listed(words: readonly string[], and: string): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${and} ${words.at(-1) ?? ''}`
}

/** 07:30 -> 7 h 30, with no-break spaces. */
function frenchTime(time: string): string {
  const [hour = '', minute = ''] = time.split(':')
  return `${Number(hour)}\u00a0h${minute === '00' ? '' : `\u00a0${minute}`}`
}

/** 15:30 -> 3:30 pm. */
function englishTime(time: string): string {
  const [hour = '', minute = ''] = time.split(':')
  const h = Number(hour) % 24
  if (minute === '00' && h === 0) return 'midnight'
  if (minute === '00' && h === 12) return 'noon'
  return `${h % 12 === 0 ? 12 : h % 12}${minute === '00' ? '' : `:${minute}`}\u00a0${h < 12 ? 'am' : 'pm'}`
}
