/**
 * The skip conditions of profile-form.json (`a == 'x' && b in ['y','z']`) as XLSForm expressions.
 *
 * What they leave unsaid is said here: a condition that a question is *not* something holds only once it is answered, and an answer left open
 * ("unknown", "prefers not to answer") answers nothing.
 */
export class SkipExpressionError extends Error {}

type Operand =
  | { readonly fields: readonly string[] }
  | { readonly text: string }
  | { readonly number: string }
  | { readonly list: readonly string[] }

const pattern = /\s+|[a-z][a-z0-9_]*|'[^']*'|\d+|==|!=|>=|<=|&&|\|\||[<>+[\],()]/gy

function tokensOf(source: string): string[] {
  const found: string[] = []
  let at = 0
  while (at < source.length) {
    pattern.lastIndex = at
    const match = pattern.exec(source)
    if (!match) throw new SkipExpressionError(`${source}: at ${at}`)
    if (match[0].trim() !== '') found.push(match[0])
    at += match[0].length
  }
  return found
}

/** True if the question says something: neither empty nor left open. */
export function answered(field: string): string {
  const q = `\${${field}}`
  return `(${q} != '' and ${q} != 'unknown' and ${q} != 'refused')`
}

/** Translates one condition. Throws SkipExpressionError for what the source never holds. */
export function skipExpression(source: string): string {
  const tokens = tokensOf(source)
  let at = 0
  const peek = (ahead = 0) => tokens[at + ahead]
  const take = () => {
    const token = tokens[at]
    at += 1
    if (token === undefined) throw new SkipExpressionError(`${source}: ends too early`)
    return token
  }
  const operand = (): Operand => {
    const token = take()
    if (token.startsWith("'")) return { text: token.slice(1, -1) }
    if (/^\d/.test(token)) return { number: token }
    if (token === '[') {
      const list: string[] = []
      while (peek() !== ']') {
        const item = take()
        if (item.startsWith("'")) list.push(item.slice(1, -1))
        else if (item !== ',') throw new SkipExpressionError(`${source}: ${item} in a list`)
      }
      take()
      return { list }
    }
    if (!/^[a-z]/.test(token)) throw new SkipExpressionError(`${source}: ${token}`)
    const fields = [token]
    while (peek() === '+') {
      take()
      fields.push(take())
    }
    return { fields }
  }
  const comparison = (): string => {
    if (peek() === '(') {
      take()
      const inner = either()
      if (take() !== ')') throw new SkipExpressionError(`${source}: a bracket is open`)
      return `(${inner})`
    }
    const left = operand()
    if (!('fields' in left)) throw new SkipExpressionError(`${source}: begins with a value`)
    const negated = peek() === 'not' && peek(1) === 'in'
    if (negated) take()
    return compared(source, left.fields, negated ? `not ${take()}` : take(), operand())
  }
  const both = (): string => {
    const parts = [comparison()]
    while (peek() === '&&') {
      take()
      parts.push(comparison())
    }
    return parts.length === 1
      ? (parts[0] ?? '')
      : parts.map((p) => (/ or /.test(p) && !p.startsWith('(') ? `(${p})` : p)).join(' and ')
  }
  const either = (): string => {
    const parts = [both()]
    while (peek() === '||') {
      take()
      parts.push(both())
    }
    return parts.join(' or ')
  }
  const whole = either()
  if (at < tokens.length) throw new SkipExpressionError(`${source}: ${peek()} is left`)
  return whole
}

function compared(source: string, fields: readonly string[], operator: string, right: Operand): string {
  const [field = ''] = fields
  const q = `\${${field}}`
  const quoted = (text: string) => `'${text}'`
  if ('list' in right) {
    if (operator === 'in') return `(${right.list.map((c) => `${q} = ${quoted(c)}`).join(' or ')})`
    if (operator === 'not in') return `${answered(field)} and ${right.list.map((c) => `${q} != ${quoted(c)}`).join(' and ')}`
    // a question with several choices that says nothing but this one
    if (operator === '!=' && right.list.length === 1) return `${answered(field)} and ${q} != ${quoted(right.list[0] ?? '')}`
  } else if ('text' in right && fields.length === 1) {
    if (right.text === '') return operator === '!=' ? answered(field) : `not${answered(field)}`
    if (operator === '==') return `${q} = ${quoted(right.text)}`
    if (operator === '!=') return `${answered(field)} and ${q} != ${quoted(right.text)}`
  } else if ('number' in right && ['>', '>=', '<', '<='].includes(operator)) {
    // numbers of people: their sum is above nought when one of them is, also while another is not known
    if (fields.length > 1 && operator === '>' && right.number === '0')
      return `(${fields.map((f) => `\${${f}} > 0`).join(' or ')})`
    if (fields.length === 1) return `${q} ${operator} ${right.number}`
  }
  throw new SkipExpressionError(`${source}: ${operator} is not known here`)
}
