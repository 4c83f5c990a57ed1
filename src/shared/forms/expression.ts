import type { Answer, Answers } from './form-definition.ts'
import { ageYears } from './partial-date.ts'

/**
 * The XLSForm expressions that forms of this version may use.
 *
 * `${question}`, `.` (the answer being checked), 'text', numbers, `= != < <= > >=`, `and or not()`, `selected(list, code)`,
 * `count-selected(list)`, `string-length(text)`, `regex(text, pattern)`, `if(condition, a, b)`, `coalesce(a, b)`, `today()`, and our own
 * `age-years(birth date, stated age)`: completed years or ''. Everything else is refused when the form is read.
 */
export type Expression =
  | { readonly kind: 'value'; readonly value: string | number }
  | { readonly kind: 'question'; readonly name: string }
  | { readonly kind: 'current' }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly args: readonly Expression[] }
  | { readonly kind: 'binary'; readonly operator: Operator; readonly left: Expression; readonly right: Expression }

const operators = ['or', 'and', '=', '!=', '<', '<=', '>', '>='] as const
type Operator = (typeof operators)[number]
const argumentCounts = {
  not: 1,
  selected: 2,
  'count-selected': 1,
  'string-length': 1,
  regex: 2,
  if: 3,
  coalesce: 2,
  today: 0,
  'age-years': 2,
} as const
type FunctionName = keyof typeof argumentCounts

/** An expression that this version cannot read, with the place (characters from 0). */
export class ExpressionError extends Error {
  readonly position: number
  constructor(reason: string, position: number) {
    super(`${reason} at ${position}`)
    this.position = position
  }
}

interface Token {
  readonly text: string
  readonly position: number
}

const tokenPattern = /\s+|\$\{[a-z][a-z0-9_]*\}|'[^']*'|"[^"]*"|\d+(?:\.\d+)?|!=|<=|>=|[=<>(),.]|[a-z][a-z-]*/y

function tokens(text: string): readonly Token[] {
  const found: Token[] = []
  let position = 0
  while (position < text.length) {
    tokenPattern.lastIndex = position
    const match = tokenPattern.exec(text)
    if (!match) throw new ExpressionError('unknown character', position)
    if (match[0].trim() !== '') found.push({ text: match[0], position })
    position += match[0].length
  }
  return found
}

const depthMax = 40

/** Reads an expression. Throws ExpressionError with the position of what cannot be read. */
export function parseExpression(text: string): Expression {
  const list = tokens(text)
  let at = 0
  const peek = () => list[at]?.text
  const take = (): Token => {
    const token = list[at]
    if (!token) throw new ExpressionError('unexpected end', text.length)
    at += 1
    return token
  }
  const expect = (wanted: string) => {
    const token = take()
    if (token.text !== wanted) throw new ExpressionError(`expected ${wanted}`, token.position)
  }
  const level = (rank: number, depth: number): Expression => {
    if (depth > depthMax) throw new ExpressionError('too deep', list[at]?.position ?? text.length)
    if (rank === 3) return primary(depth + 1)
    const ours: readonly string[] = rank === 0 ? ['or'] : rank === 1 ? ['and'] : ['=', '!=', '<', '<=', '>', '>=']
    let left = level(rank + 1, depth)
    for (let next = peek(); next !== undefined && ours.includes(next); next = peek()) {
      const operator = take().text as Operator
      left = { kind: 'binary', operator, left, right: level(rank + 1, depth) }
    }
    return left
  }
  const primary = (depth: number): Expression => {
    const token = take()
    const { text: t } = token
    if (t === '(') {
      const inner = level(0, depth)
      expect(')')
      return inner
    }
    if (t === '.') return { kind: 'current' }
    if (t.startsWith('${')) return { kind: 'question', name: t.slice(2, -1) }
    if (t.startsWith("'") || t.startsWith('"')) return { kind: 'value', value: t.slice(1, -1) }
    if (/^\d/.test(t)) return { kind: 'value', value: Number(t) }
    if (Object.hasOwn(argumentCounts, t) && peek() === '(') {
      const name = t as FunctionName
      take()
      const args: Expression[] = []
      while (peek() !== ')') {
        if (args.length > 0) expect(',')
        args.push(level(0, depth))
      }
      take()
      if (args.length !== argumentCounts[name]) throw new ExpressionError(`${name} takes ${argumentCounts[name]}`, token.position)
      return { kind: 'call', name, args }
    }
    throw new ExpressionError(`not supported: ${t}`, token.position)
  }
  const whole = level(0, 0)
  const rest = list[at]
  if (rest) throw new ExpressionError('unexpected text', rest.position)
  return whole
}

export interface EvaluationContext {
  readonly answers: Answers
  /** YYYY-MM-DD. */
  readonly today: string
  readonly current?: Answer
}
type Value = string | number | boolean | readonly string[]

const parsed = new Map<string, Expression>()
function parsedOnce(text: string): Expression {
  const known = parsed.get(text)
  if (known) return known
  const made = parseExpression(text)
  parsed.set(text, made)
  return made
}

/** The value of an expression; an unanswered question is ''. Throws ExpressionError only for text that cannot be read. */
export function evaluate(text: string, context: EvaluationContext): string | number | boolean {
  const value = valueOf(parsedOnce(text), context)
  return typeof value === 'object' ? value.join(' ') : value
}

/** True or false of an expression by XPath's rules: '' and 0 are false. */
export function holds(text: string, context: EvaluationContext): boolean {
  return truth(valueOf(parsedOnce(text), context))
}

function truth(value: Value): boolean {
  return typeof value === 'object' ? value.length > 0 : value !== '' && value !== 0 && value !== false
}

function asText(value: Value): string {
  return typeof value === 'object' ? value.join(' ') : String(value)
}

function answerValue(answer: Answer | undefined): Value {
  return answer ?? ''
}

function compare(operator: Operator, a: Value, b: Value): boolean {
  const [x, y] = [asText(a), asText(b)]
  if (operator === '=') return x === y
  if (operator === '!=') return x !== y
  // dates compare as text, numbers as numbers; something empty is never more or less
  if (x === '' || y === '') return false
  const [m, n] = [Number(x), Number(y)]
  const order = Number.isNaN(m) || Number.isNaN(n) ? (x < y ? -1 : x > y ? 1 : 0) : m - n
  if (operator === '<') return order < 0
  if (operator === '<=') return order <= 0
  if (operator === '>') return order > 0
  return order >= 0
}

function valueOf(e: Expression, context: EvaluationContext): Value {
  switch (e.kind) {
    case 'value':
      return e.value
    case 'question':
      return answerValue(Object.hasOwn(context.answers, e.name) ? context.answers[e.name] : undefined)
    case 'current':
      return answerValue(context.current)
    case 'binary':
      if (e.operator === 'or') return truth(valueOf(e.left, context)) || truth(valueOf(e.right, context))
      if (e.operator === 'and') return truth(valueOf(e.left, context)) && truth(valueOf(e.right, context))
      return compare(e.operator, valueOf(e.left, context), valueOf(e.right, context))
    case 'call':
      return callFunction(e.name, e.args, context)
  }
}

function callFunction(name: FunctionName, args: readonly Expression[], context: EvaluationContext): Value {
  const arg = (i: number): Value => {
    const e = args[i]
    return e ? valueOf(e, context) : ''
  }
  switch (name) {
    case 'not':
      return !truth(arg(0))
    case 'selected': {
      const list = arg(0)
      return (typeof list === 'object' ? list : asText(list).split(' ')).includes(asText(arg(1)))
    }
    case 'count-selected': {
      const list = arg(0)
      return typeof list === 'object' ? list.length : asText(list).split(' ').filter(Boolean).length
    }
    case 'string-length':
      return [...asText(arg(0))].length
    case 'regex':
      return matches(asText(arg(0)), asText(arg(1)))
    case 'if':
      return truth(arg(0)) ? arg(1) : arg(2)
    case 'coalesce':
      return asText(arg(0)) === '' ? arg(1) : arg(0)
    case 'today':
      return context.today
    case 'age-years': {
      const age = ageYears(asText(arg(0)), asText(arg(1)), context.today)
      return age ?? ''
    }
  }
}

function matches(text: string, pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(text.slice(0, 4000))
  } catch {
    return false
  }
}
