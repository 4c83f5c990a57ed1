import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluate, ExpressionError, holds, parseExpression } from './expression.ts'
import type { Answer } from './form-definition.ts'

const of = (text: string, answers: Record<string, Answer> = {}, current?: Answer) =>
  evaluate(text, { answers, today: '2026-11-24', ...(current === undefined ? {} : { current }) })

describe('expression', () => {
  it.each([
    ["${a} = 'x' and not(${b} = '')", true],
    ["${missing} = ''", true],
    ['${n} >= 10 and ${n} < 12', false],
    ["selected(${list}, 'two') or ${a} = 'y'", true],
    ['count-selected(${list})', 2],
    ["if(${n} > 10, 'more', 'less')", 'more'],
    ["coalesce(${missing}, 'none')", 'none'],
    ["regex(${a}, '[a-z]')", true],
    ["string-length('ɓaa')", 3],
    ["today() = '2026-11-24'", true],
    ["age-years('1994', '')", 31],
    ["age-years('', ${n})", 12],
    ['1 = 1 or 1 = 2 and 1 = 3', true],
  ])('%s gives %s', (text, value) => expect(of(text, { a: 'x', b: 'z', n: 12, list: ['one', 'two'] })).toBe(value))

  it.each([
    ['${a} +', 5],
    ['pulldata(1)', 0],
    ['selected(${a})', 0],
    ["${a} = 'x' 'y'", 11],
    ['(1 = 1', 6],
  ])('%s is refused at its place', (text, position) => {
    let error: unknown
    try {
      parseExpression(text)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(ExpressionError)
    expect((error as ExpressionError).position).toBe(position)
  })

  it('never throws on an expression that could be read, whatever the answers', () => {
    const atom = fc.constantFrom(
      '${a}',
      '${b}',
      '.',
      "'x'",
      '3',
      'today()',
      "selected(${a}, 'x')",
      'count-selected(${b})',
      "regex(${a}, '(')",
      'age-years(${a}, ${b})',
    )
    const expression = fc.letrec((tie) => ({
      e: fc.oneof(
        { maxDepth: 4 },
        atom,
        fc
          .tuple(tie('e'), fc.constantFrom('=', '!=', '<', '<=', '>', '>=', 'and', 'or'), tie('e'))
          .map((t) => `(${t.join(' ')})`),
        tie('e').map((e) => `not(${String(e)})`),
      ),
    })).e
    const answer = fc.oneof(fc.string({ maxLength: 20 }), fc.double(), fc.array(fc.string(), { maxLength: 3 }), fc.constant(null))
    fc.assert(
      fc.property(expression, answer, answer, (text, a, b) => {
        expect(typeof holds(String(text), { answers: { a, b }, today: '2026-11-24', current: a })).toBe('boolean')
      }),
      { numRuns: 500 },
    )
  })

  it('refuses what is nested too deep', () => {
    expect(() => parseExpression(`${'('.repeat(500)}1${')'.repeat(500)}`)).toThrow(ExpressionError)
  })
})
