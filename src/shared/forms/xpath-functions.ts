import { remembered } from '../remembered.ts'
import { dayOfNumber, formatInstant, readInstant, type Instant } from './xpath-dates.ts'
import { numberOf, textOf, truthOf, type FoundNode, type XValue } from './xpath-values.ts'

/** What expressions know of the world around the answers; the shared code has no clock and no chance of its own. */
export interface FormWorld {
  /** YYYY-MM-DD. */
  readonly today: string
  /** Now, as XForms writes it: 2026-11-24T08:30:00.000+01:00. */
  readonly now: string
  /** Code of the language that jr:choice-name() and the names of months follow. */
  readonly language: string
  /** A new identifier, for uuid(). */
  readonly newId: () => string
  /** A number from 0 to below 1, for random(). */
  readonly chance: () => number
}

interface XFunction {
  readonly min: number
  readonly max: number
  readonly run: (args: readonly XValue[], world: FormWorld) => XValue
}

/** Minutes from UTC of the desk, out of `now`. */
export function offsetOf(world: FormWorld): number {
  const zone = /([+-])(\d{2}):?(\d{2})$/.exec(world.now.slice(10))
  return zone ? (zone[1] === '-' ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) : 0
}

const repeatTextMax = 60_000
const textAt = (args: readonly XValue[], i: number) => textOf(args[i] ?? '')
const nodesOf = (value: XValue | undefined): readonly FoundNode[] => (typeof value === 'object' ? value : [])
const chosen = (text: string) => text.split(/\s+/).filter(Boolean)

/** Every number among the arguments; a question that says nothing is no number, and makes the whole none. */
function numbersIn(args: readonly XValue[], world: FormWorld): number[] {
  const offset = offsetOf(world)
  return args.flatMap((a) => (typeof a === 'object' ? a.map((n) => numberOf(n.text, offset)) : [numberOf(a, offset)]))
}

function instantIn(value: XValue, world: FormWorld): Instant | undefined {
  const offset = offsetOf(world)
  const text = textOf(value)
  if (typeof value !== 'number') {
    const read = readInstant(text, offset)
    if (read) return read
  }
  const days = numberOf(value, offset)
  if (Number.isNaN(days) || Math.abs(days) > 2_900_000) return undefined
  // to the millisecond: sums of days and parts of days are never quite exact
  const local = Math.round((days + (Number.isInteger(days) ? 0 : offset / 1440)) * 86_400_000) / 86_400_000
  const [year, month, day] = dayOfNumber(local)
  const ms = Math.round((local - Math.floor(local)) * 86_400_000)
  return {
    year,
    month,
    day,
    hour: Math.floor(ms / 3_600_000),
    minute: Math.floor(ms / 60_000) % 60,
    second: Math.floor(ms / 1000) % 60,
    millisecond: ms % 1000,
    days,
    hasTime: !Number.isInteger(days),
  }
}

function roundTo(value: number, places: number): number {
  if (!Number.isFinite(value) || !Number.isFinite(places)) return value
  const factor = 10 ** Math.max(-15, Math.min(15, Math.trunc(places)))
  const scaled = value * factor
  // half away from zero, and no -0
  return (Math.sign(scaled) * Math.round(Math.abs(scaled) * (1 + Number.EPSILON))) / factor + 0
}

const number1 = (f: (x: number) => number): XFunction => ({
  min: 1,
  max: 1,
  run: (args, world) => f(numberOf(args[0] ?? '', offsetOf(world))),
})
const text1 = (f: (text: string) => XValue): XFunction => ({ min: 1, max: 1, run: (args) => f(textAt(args, 0)) })
const text2 = (f: (a: string, b: string) => XValue): XFunction => ({
  min: 2,
  max: 2,
  run: (args) => f(textAt(args, 0), textAt(args, 1)),
})
const dateText = (max: number, make: (instant: Instant, args: readonly XValue[], world: FormWorld) => XValue): XFunction => ({
  min: max,
  max,
  run: (args, world) => {
    const instant = instantIn(args[0] ?? '', world)
    return instant ? make(instant, args, world) : ''
  },
})

function partOf(text: string, start: number, end: number): string {
  const letters = [...text]
  const from = start < 0 ? Math.max(0, letters.length + start) : start
  const to = end < 0 ? letters.length + end : end
  return letters.slice(from, Math.max(from, to)).join('')
}

/** substring(): from 1, rounded as XPath says. */
function xpathSubstring(text: string, start: number, length: number): string {
  const from = Math.round(start)
  const to = from + Math.round(length)
  return [...text].filter((_, i) => i + 1 >= from && i + 1 < to).join('')
}

function translated(text: string, from: string, to: string): string {
  const letters = [...from]
  const other = [...to]
  return [...text]
    .map((c) => {
      const at = letters.indexOf(c)
      return at < 0 ? c : (other[at] ?? '')
    })
    .join('')
}

const patternsMax = 500
const patternOf = remembered((pattern): RegExp | null => {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u')
  } catch {
    return null
  }
}, patternsMax)

/** True if the whole text is of that pattern; a pattern that cannot be read fits nothing. */
function fits(text: string, pattern: string): boolean {
  return patternOf(pattern)?.test(text.slice(0, 4000)) === true
}

/** How many of the conditions hold, against the least and the most; -1 is no limit. */
function within(count: number, args: readonly XValue[], world: FormWorld): boolean {
  const [least, most] = [args[0] ?? '', args[1] ?? ''].map((a) => numberOf(a, offsetOf(world)))
  return count >= (least ?? 0) && (most === -1 || count <= (most ?? 0))
}

/** The functions that need nothing but their arguments. Others are in xpath-compile.ts; all of them in docs/formats/forms.md. */
export const xpathFunctions: Readonly<Record<string, XFunction>> = {
  // truth
  true: { min: 0, max: 0, run: () => true },
  false: { min: 0, max: 0, run: () => false },
  not: { min: 1, max: 1, run: (args) => !truthOf(args[0] ?? '') },
  boolean: { min: 1, max: 1, run: (args) => truthOf(args[0] ?? '') },
  'boolean-from-string': text1((t) => /^(?:true|1)$/i.test(t)),
  // choices
  selected: text2((list, code) => chosen(list).includes(code.trim())),
  'selected-at': {
    min: 2,
    max: 2,
    run: (args, world) => chosen(textAt(args, 0))[numberOf(args[1] ?? '', offsetOf(world))] ?? '',
  },
  'count-selected': text1((t) => chosen(t).length),
  checklist: { min: 3, max: 99, run: (args, world) => within(args.slice(2).filter(truthOf).length, args, world) },
  'weighted-checklist': {
    min: 4,
    max: 99,
    run: (args, world) => {
      const pairs = args.slice(2)
      let weight = 0
      for (let i = 0; i + 1 < pairs.length; i += 2) {
        if (truthOf(pairs[i] ?? '')) weight += numberOf(pairs[i + 1] ?? '', offsetOf(world))
      }
      return within(weight, args, world)
    },
  },
  // text
  string: text1((t) => t),
  concat: {
    min: 0,
    max: 99,
    run: (args) =>
      args
        .map((a) => (typeof a === 'object' ? a.map((n) => n.text).join('') : textOf(a)))
        .join('')
        .slice(0, repeatTextMax),
  },
  join: {
    min: 1,
    max: 99,
    run: (args) =>
      args
        .slice(1)
        .flatMap((a) => (typeof a === 'object' ? a.map((n) => n.text) : [textOf(a)]))
        .join(textAt(args, 0))
        .slice(0, repeatTextMax),
  },
  'string-length': text1((t) => [...t].length),
  substr: {
    min: 2,
    max: 3,
    run: (args, world) => {
      const offset = offsetOf(world)
      const start = numberOf(args[1] ?? '', offset)
      const end = args.length > 2 ? numberOf(args[2] ?? '', offset) : Number.POSITIVE_INFINITY
      return Number.isNaN(start) || Number.isNaN(end) ? '' : partOf(textAt(args, 0), Math.trunc(start), Math.trunc(end))
    },
  },
  substring: {
    min: 2,
    max: 3,
    run: (args, world) => {
      const offset = offsetOf(world)
      const length = args.length > 2 ? numberOf(args[2] ?? '', offset) : Number.POSITIVE_INFINITY
      return xpathSubstring(textAt(args, 0), numberOf(args[1] ?? '', offset), length)
    },
  },
  'substring-before': text2((t, mark) => (t.includes(mark) ? t.slice(0, t.indexOf(mark)) : '')),
  'substring-after': text2((t, mark) => (t.includes(mark) ? t.slice(t.indexOf(mark) + mark.length) : '')),
  contains: text2((t, part) => t.includes(part)),
  'starts-with': text2((t, part) => t.startsWith(part)),
  'ends-with': text2((t, part) => t.endsWith(part)),
  'normalize-space': text1((t) => t.trim().replace(/\s+/g, ' ')),
  translate: { min: 3, max: 3, run: (args) => translated(textAt(args, 0), textAt(args, 1), textAt(args, 2)) },
  regex: text2(fits),
  // numbers
  number: number1((x) => x),
  int: number1((x) => Math.trunc(x) + 0),
  round: {
    min: 1,
    max: 2,
    run: (args, world) => {
      const offset = offsetOf(world)
      return roundTo(numberOf(args[0] ?? '', offset), args.length > 1 ? numberOf(args[1] ?? '', offset) : 0)
    },
  },
  floor: number1(Math.floor),
  ceiling: number1((x) => Math.ceil(x) + 0),
  abs: number1(Math.abs),
  sqrt: number1(Math.sqrt),
  exp: number1(Math.exp),
  exp10: number1((x) => 10 ** x),
  log: number1(Math.log),
  log10: number1(Math.log10),
  sin: number1(Math.sin),
  cos: number1(Math.cos),
  tan: number1(Math.tan),
  asin: number1(Math.asin),
  acos: number1(Math.acos),
  atan: number1(Math.atan),
  pi: { min: 0, max: 0, run: () => Math.PI },
  pow: {
    min: 2,
    max: 2,
    run: (args, world) => numberOf(args[0] ?? '', offsetOf(world)) ** numberOf(args[1] ?? '', offsetOf(world)),
  },
  random: { min: 0, max: 0, run: (_, world) => world.chance() },
  sum: { min: 1, max: 1, run: (args, world) => numbersIn(args, world).reduce((sum, n) => sum + n, 0) },
  min: { min: 1, max: 99, run: (args, world) => leastOf(numbersIn(args, world), -1) },
  max: { min: 1, max: 99, run: (args, world) => leastOf(numbersIn(args, world), 1) },
  count: { min: 1, max: 1, run: (args) => nodesOf(args[0]).length },
  'count-non-empty': { min: 1, max: 1, run: (args) => nodesOf(args[0]).filter((n) => n.text !== '').length },
  // days and hours
  today: { min: 0, max: 0, run: (_, world) => world.today },
  now: { min: 0, max: 0, run: (_, world) => world.now },
  date: dateText(1, dayText),
  'date-time': dateText(1, (i, args) => (typeof args[0] === 'number' ? dayText(i) : textAt(args, 0))),
  'decimal-date-time': { min: 1, max: 1, run: (args, world) => instantIn(args[0] ?? '', world)?.days ?? Number.NaN },
  'decimal-time': {
    min: 1,
    max: 1,
    run: (args) => {
      const m = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?/.exec(textAt(args, 0))
      return m ? (Number(m[1]) * 60 + Number(m[2])) / 1440 + Number(`${m[3] ?? '0'}.${m[4] ?? '0'}`) / 86_400 : Number.NaN
    },
  },
  'format-date': dateText(2, (i, args, world) => formatInstant(i, textAt(args, 1), world.language)),
  'format-date-time': dateText(2, (i, args, world) => formatInstant(i, textAt(args, 1), world.language)),
  // identity
  uuid: { min: 0, max: 0, run: (_, world) => world.newId() },
}

function leastOf(numbers: readonly number[], sign: 1 | -1): number {
  if (numbers.length === 0) return Number.NaN
  return sign > 0 ? Math.max(...numbers) : Math.min(...numbers)
}

function dayText(i: Instant): string {
  return `${String(i.year).padStart(4, '0')}-${String(i.month).padStart(2, '0')}-${String(i.day).padStart(2, '0')}`
}
