/**
 * The syntax of XLSForm expressions: XPath 1.0 as far as XLSForm authors use it, with `${question}`.
 *
 * Refused here, each with its place: `//`, `@`, axes other than child and parent, `|`, `$variable`, comments. Functions are checked by
 * xpath-functions.ts. The list of what is supported is docs/formats/forms.md.
 */
export type XPath =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'reference'; readonly name: string; readonly at: number; readonly steps: readonly Step[] }
  | { readonly kind: 'path'; readonly from: 'root' | 'context' | 'current'; readonly steps: readonly Step[]; readonly at: number }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly XPath[]; readonly at: number }
  | { readonly kind: 'negative'; readonly of: XPath }
  | { readonly kind: 'operation'; readonly operator: Operator; readonly left: XPath; readonly right: XPath }

/** One step of a path: a name, `*`, `.` or `..`, with its predicates. */
export interface Step {
  readonly name: string
  readonly predicates: readonly XPath[]
}

const levels = [['or'], ['and'], ['=', '!='], ['<', '<=', '>', '>='], ['+', '-'], ['*', 'div', 'mod']] as const
export type Operator = (typeof levels)[number][number]

/** Why an expression cannot be read; the words are in fault-words.ts. */
export type ExpressionFault =
  | 'expression-character'
  | 'expression-end'
  | 'expression-expected'
  | 'expression-rest'
  | 'expression-deep'
  | 'expression-unsupported'
  | 'function-unknown'
  | 'function-arguments'
  | 'reference-missing'

/** An expression that cannot be read, with the place (characters from 0) and the text that it is about. */
export class XPathError extends Error {
  readonly fault: ExpressionFault
  readonly at: number
  readonly about: string
  constructor(fault: ExpressionFault, at: number, about: string) {
    super(`${fault} at ${at}: ${about}`)
    this.fault = fault
    this.at = at
    this.about = about
  }
}

interface Token {
  readonly kind: 'reference' | 'text' | 'number' | 'name' | 'sign'
  readonly text: string
  readonly at: number
}

const name = String.raw`[A-Za-z_][A-Za-z0-9_.-]*`
const tokenPattern = new RegExp(
  String.raw`\s+|(?<reference>\$\{\s*${name}\s*\})|(?<text>'[^']*'|"[^"]*")|(?<number>\d+(?:\.\d*)?|\.\d+)` +
    String.raw`|(?<name>${name}(?::${name})?)|(?<sign>!=|<=|>=|::|//|\.\.|[-+*=<>()[\],./@|$])`,
  'y',
)
/** Characters that word processors put in place of quotes, dashes and spaces. */
const typeset: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '\u00a0': ' ',
  '\u202f': ' ',
}

function tokensOf(source: string): readonly Token[] {
  const text = source.replace(/[‘’“”–\u00a0\u202f]/g, (c) => typeset[c] ?? c)
  const found: Token[] = []
  let at = 0
  while (at < text.length) {
    tokenPattern.lastIndex = at
    const match = tokenPattern.exec(text)
    if (!match) throw new XPathError('expression-character', at, [...text.slice(at)][0] ?? '')
    const kind = (['reference', 'text', 'number', 'name', 'sign'] as const).find((k) => match.groups?.[k] !== undefined)
    if (kind !== undefined) found.push({ kind, text: match[0], at })
    at += match[0].length
  }
  return found
}

const depthMax = 60
export const expressionCharactersMax = 8000

/** Reads an expression. Throws XPathError with the place of what cannot be read. */
export function parseXPath(source: string): XPath {
  if (source.length > expressionCharactersMax) throw new XPathError('expression-deep', expressionCharactersMax, '')
  const reader = new Reader(tokensOf(source), source.length)
  const whole = reader.expression(0, 0)
  const rest = reader.peek()
  if (rest) throw new XPathError('expression-rest', rest.at, rest.text)
  return whole
}

class Reader {
  readonly #tokens: readonly Token[]
  readonly #end: number
  #next = 0

  constructor(tokens: readonly Token[], end: number) {
    this.#tokens = tokens
    this.#end = end
  }

  peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#next + ahead]
  }

  #take(): Token {
    const token = this.peek()
    if (!token) throw new XPathError('expression-end', this.#end, '')
    this.#next += 1
    return token
  }

  #is(text: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token?.text === text && token.kind !== 'text'
  }

  #expect(text: string): void {
    const token = this.#take()
    if (token.text !== text || token.kind === 'text') throw new XPathError('expression-expected', token.at, text)
  }

  expression(rank: number, depth: number): XPath {
    if (depth > depthMax) throw new XPathError('expression-deep', this.peek()?.at ?? this.#end, '')
    const ours: readonly string[] | undefined = levels[rank]
    if (!ours) return this.#unary(depth)
    let left = this.expression(rank + 1, depth)
    for (let next = this.peek(); next && next.kind !== 'text' && ours.includes(next.text); next = this.peek()) {
      this.#take()
      left = { kind: 'operation', operator: next.text as Operator, left, right: this.expression(rank + 1, depth) }
    }
    return left
  }

  #unary(depth: number): XPath {
    if (depth > depthMax) throw new XPathError('expression-deep', this.peek()?.at ?? this.#end, '')
    if (!this.#is('-')) return this.#primary(depth + 1)
    this.#take()
    return { kind: 'negative', of: this.#unary(depth + 1) }
  }

  #primary(depth: number): XPath {
    const token = this.peek()
    if (!token) throw new XPathError('expression-end', this.#end, '')
    if (token.kind === 'text') {
      this.#take()
      return { kind: 'text', text: token.text.slice(1, -1) }
    }
    if (token.kind === 'number') {
      this.#take()
      return { kind: 'number', number: Number(token.text) }
    }
    if (token.kind === 'reference') {
      this.#take()
      const predicates = this.#predicates(depth)
      const first: Step[] = predicates.length > 0 ? [{ name: '.', predicates }] : []
      const steps = this.#is('/') ? [...first, ...this.#furtherSteps(depth)] : first
      return { kind: 'reference', name: token.text.slice(2, -1).trim(), at: token.at, steps }
    }
    if (token.text === '(') {
      this.#take()
      const inner = this.expression(0, depth)
      this.#expect(')')
      this.#refuse('[', '/')
      return inner
    }
    if (token.text === '/') return { kind: 'path', from: 'root', steps: this.#furtherSteps(depth), at: token.at }
    if (token.kind === 'name' && this.#is('(', 1)) return this.#call(depth)
    const steps = [this.#step(depth), ...this.#furtherSteps(depth)]
    return { kind: 'path', from: 'context', steps, at: token.at }
  }

  #call(depth: number): XPath {
    const { text: called, at } = this.#take()
    this.#take()
    const args: XPath[] = []
    while (!this.#is(')')) {
      if (args.length > 0) this.#expect(',')
      args.push(this.expression(0, depth))
    }
    this.#take()
    if (called === 'current' && args.length === 0) return { kind: 'path', from: 'current', steps: this.#furtherSteps(depth), at }
    this.#refuse('[', '/')
    return { kind: 'call', name: called, args, at }
  }

  #refuse(...texts: readonly string[]): void {
    const next = this.peek()
    if (next && next.kind === 'sign' && texts.includes(next.text)) {
      throw new XPathError('expression-unsupported', next.at, next.text)
    }
  }

  #furtherSteps(depth: number): Step[] {
    const steps: Step[] = []
    while (this.#is('/')) {
      this.#take()
      steps.push(this.#step(depth))
    }
    this.#refuse('//', '::', '|', '@', '$')
    return steps
  }

  #step(depth: number): Step {
    const token = this.#take()
    const ok = token.kind === 'name' || ['.', '..', '*'].includes(token.text)
    if (!ok || token.kind === 'text') {
      throw new XPathError(
        ['//', '::', '|', '@', '$'].includes(token.text) ? 'expression-unsupported' : 'expression-expected',
        token.at,
        token.text,
      )
    }
    this.#refuse('::')
    return { name: token.text, predicates: this.#predicates(depth) }
  }

  #predicates(depth: number): XPath[] {
    const found: XPath[] = []
    while (this.#is('[')) {
      this.#take()
      found.push(this.expression(0, depth + 1))
      this.#expect(']')
    }
    return found
  }
}
