import { readInstant } from './xpath-dates.ts'
import type { Operator } from './xpath-syntax.ts'

/** One found node of the answers: its path and what it says ('' when empty or not asked). */
export interface FoundNode {
  readonly path: string
  readonly text: string
}
/** A value of XPath 1.0. */
export type XValue = string | number | boolean | readonly FoundNode[]

/** A number as XPath writes it: no exponent, no trailing zeros; NaN is 'NaN'. */
export function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return String(value === 0 ? 0 : value)
  const text = String(value)
  if (!text.includes('e')) return text
  const digits = value.toFixed(20)
  return digits.includes('e') ? text : digits.replace(/\.?0+$/, '')
}

export function textOf(value: XValue): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return numberText(value)
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  return value[0]?.text ?? ''
}

/** A number by XPath's rules; a date counts as its days since 1970 (OpenRosa). Anything else is NaN. */
export function numberOf(value: XValue, offset: number): number {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  const text = textOf(value).trim()
  if (/^-?(?:\d+(?:\.\d*)?|\.\d+)$/.test(text)) return Number(text)
  return readInstant(text, offset)?.days ?? Number.NaN
}

/** True or false of a value; a question that says nothing is false, any text is true (as ODK Collect, which reads the node's text). */
export function truthOf(value: XValue): boolean {
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return value !== 0 && !Number.isNaN(value)
  return textOf(value) !== ''
}

type Comparison = Extract<Operator, '=' | '!=' | '<' | '<=' | '>' | '>='>

/** `=` and its kin by XPath's rules: a set of nodes compares if one of them does; dates compare as days. */
export function compareValues(operator: Comparison, a: XValue, b: XValue, offset: number): boolean {
  if (typeof a === 'boolean' || typeof b === 'boolean') return compareScalars(operator, truthOf(a), truthOf(b), offset)
  if (typeof a === 'object') return a.some((node) => compareValues(operator, node.text, b, offset))
  if (typeof b === 'object') return b.some((node) => compareScalars(operator, a, node.text, offset))
  return compareScalars(operator, a, b, offset)
}

function compareScalars(
  operator: Comparison,
  a: string | number | boolean,
  b: string | number | boolean,
  offset: number,
): boolean {
  if (operator === '=' || operator === '!=') {
    const equal =
      typeof a === 'boolean' || typeof b === 'boolean'
        ? truthOf(a) === truthOf(b)
        : typeof a === 'number' || typeof b === 'number'
          ? numberOf(a, offset) === numberOf(b, offset)
          : a === b
    return equal === (operator === '=')
  }
  const [x, y] = [numberOf(a, offset), numberOf(b, offset)]
  if (operator === '<') return x < y
  if (operator === '<=') return x <= y
  if (operator === '>') return x > y
  return x >= y
}
