import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileForm } from './compile-form.ts'
import { FormState } from './form-state.ts'
import type { FormPack } from './form-pack.ts'
import { specialFunctions } from './xpath-compile.ts'
import { dayNumber, dayOfNumber } from './xpath-dates.ts'
import { xpathFunctions, type FormWorld } from './xpath-functions.ts'
import { parseXPath, XPathError } from './xpath-syntax.ts'

const world: FormWorld = {
  today: '2026-11-24',
  now: '2026-11-24T08:30:15.250+01:00',
  language: 'fr',
  newId: () => 'new-id',
  chance: () => 0.25,
}
const choices: FormPack['choices'] = {
  abc: ['a', 'b', 'c'].map((name) => ({ name, label: { fr: `le ${name}`, en: `the ${name}` } })),
}
const asked = [
  { type: 'text', name: 'x' },
  { type: 'integer', name: 'n' },
  { type: 'select_multiple', name: 'm', list: 'abc' },
  { type: 'select_one', name: 'one', list: 'abc' },
  { type: 'date', name: 'd' },
  { type: 'text', name: 'hidden_one', relevant: 'false()' },
] as const
const answers = { x: 'abca', n: 12, m: ['a', 'c'], one: 'b', d: '2024-02-29', hidden_one: 'kept' }

function formWith(calculation: string): FormPack {
  return {
    format: 1,
    id: 'f',
    version: 'v7',
    title: { fr: 'f' },
    languages: [{ code: 'fr', name: 'Français' }],
    defaultLanguage: 'fr',
    survey: [...asked, { type: 'calculate', name: 'result', calculation }],
    choices,
  }
}
const valueOf = (calculation: string) => {
  const form = compileForm(formWith(calculation))
  expect(form.faults).toEqual([])
  return new FormState(form, answers, world).at('result')?.answer ?? null
}

/** One case for each function at least; the last test says so. */
const cases: readonly (readonly [source: string, value: string | number | null])[] = [
  ['1 + 2 * 3', 7],
  ['-(2 - 5) div 2', 1.5],
  ['7 mod 4', 3],
  ['1 = 1 or 1 = 2 and 1 = 3', 'true'],
  ["${x} != 'abca'", 'false'],
  ["'10' < 9", 'false'],
  ["${hidden_one} = ''", 'true'],
  ['if(${n} >= 10 and ${n} < 12, 1, 2)', 2],
  ['true()', 'true'],
  ['false()', 'false'],
  ['not(${x})', 'false'],
  ['boolean(${hidden_one})', 'false'],
  ["boolean-from-string('1')", 'true'],
  ["selected(${m}, 'c')", 'true'],
  ['selected-at(${m}, 1)', 'c'],
  ['count-selected(${m})', 2],
  ['checklist(1, 1, true(), false())', 'true'],
  ['weighted-checklist(3, -1, true(), 2, true(), 2)', 'true'],
  ['string(${n})', '12'],
  ["concat('a', ${n}, true())", 'a12true'],
  ["join('-', 'a', ${n})", 'a-12'],
  ["string-length('ɓaa')", 3],
  ['substr(${x}, 1, 3)', 'bc'],
  ['substr(${x}, -2)', 'ca'],
  ['substring(${x}, 2, 2)', 'bc'],
  ["substring-before(${x}, 'c')", 'ab'],
  ["substring-after(${x}, 'b')", 'ca'],
  ["contains(${x}, 'bc')", 'true'],
  ["starts-with(${x}, 'bc')", 'false'],
  ["ends-with(${x}, 'ca')", 'true'],
  ["normalize-space('  a   b ')", 'a b'],
  ["translate(${x}, 'abc', 'AB')", 'ABA'],
  ["regex(${x}, '[a-c]+')", 'true'],
  ["regex(${x}, 'b')", 'false'],
  ["regex(${x}, '(')", 'false'],
  ["number('12') + 1", 13],
  ["number('twelve')", null],
  ['int(-2.7)', -2],
  ['round(2.567, 2)', 2.57],
  ['round(-2.5)', -3],
  ['floor(-2.5)', -3],
  ['ceiling(2.1)', 3],
  ['abs(-3)', 3],
  ['sqrt(9)', 3],
  ['exp(0)', 1],
  ['exp10(2)', 100],
  ['log(1)', null],
  ['log10(1000)', 3],
  ['sin(0) + 1', 1],
  ['cos(0)', 1],
  ['tan(0) + 1', 1],
  ['asin(0) + 1', 1],
  ['acos(1) + 1', 1],
  ['atan(0) + 1', 1],
  ['round(pi(), 2)', 3.14],
  ['pow(2, 10)', 1024],
  ['random()', 0.25],
  ['sum(${n})', 12],
  ['min(${n}, 4)', 4],
  ['max(${n}, 4)', 12],
  ['count(${n})', 1],
  ['count-non-empty(${hidden_one})', null],
  ['today()', '2026-11-24'],
  ['now()', '2026-11-24T08:30:15.250+01:00'],
  ["date('2024-02-29')", '2024-02-29'],
  ['date(${d} + 1)', '2024-03-01'],
  ['date(${d} + 1826)', '2029-02-28'],
  ["date('2023-02-29')", null],
  ["date-time('2024-02-29T10:00:00.000+01:00')", '2024-02-29T10:00:00.000+01:00'],
  ["decimal-date-time('1970-01-02T01:00:00.000+01:00')", 1],
  ["decimal-time('06:00:00')", 0.25],
  ["format-date(${d}, '%a %e %b %Y, %n/%y')", 'jeu. 29 févr. 2024, 2/24'],
  ["format-date-time(now(), '%d/%m/%Y %H:%M:%S.%3 %h')", '24/11/2026 08:30:15.250 8'],
  ['uuid()', 'new-id'],
  ["coalesce(${hidden_one}, 'none')", 'none'],
  ['once(uuid())', 'new-id'],
  ['version()', 'v7'],
  ["jr:choice-name(${one}, '${one}')", 'le b'],
]

describe('expressions', () => {
  it.each([...cases.filter(([s]) => s !== 'log(1)' && !s.startsWith('count-non-empty'))])('%s gives %j', (source, value) =>
    expect(valueOf(source)).toEqual(value),
  )

  it('a result of nought is a number, not nothing', () => {
    expect(valueOf('log(1)')).toBe(0)
    expect(valueOf('count-non-empty(${hidden_one})')).toBe(0)
  })

  it('every function has a case', () => {
    const tried = cases.map(([source]) => source).join('\n')
    const inRepeatsOnly = ['position', 'indexed-repeat']
    const all = [...Object.keys(xpathFunctions), ...Object.keys(specialFunctions)].filter((f) => !inRepeatsOnly.includes(f))
    expect(all.filter((f) => !new RegExp(`(?<![a-z:-])${f}\\(`).test(tried))).toEqual([])
  })

  it.each([
    ['${x} +', 'expression-end', 6],
    ['pulldata(1)', 'function-unknown', 0],
    ['toString()', 'function-unknown', 0],
    ['selected(${x})', 'function-arguments', 0],
    ["${x} = 'x' 'y'", 'expression-rest', 11],
    ['(1 = 1', 'expression-end', 6],
    ['${nobody} = 1', 'reference-missing', 0],
    ['../nobody = 1', 'reference-missing', 0],
    ['//x', 'expression-unsupported', 0],
    ['../x | ../n', 'expression-unsupported', 5],
    ['ancestor::x', 'expression-unsupported', 8],
    ['é = 1', 'expression-character', 0],
    ['once(uuid()) + 1', 'function-arguments', 0],
    ['position()', 'function-arguments', 0],
    ["instance('abc')/list/item", 'expression-unsupported', 15],
  ])('%s is refused: %s at %i', (source, fault, at) => {
    const { faults } = compileForm(formWith(source))
    expect(faults).toMatchObject([{ fault, at, rowAt: asked.length, column: 'calculation' }])
  })

  it('quotes and dashes that a word processor put in are read as typed', () => {
    expect(valueOf('if(${x} = ‘abca’, 3 – 1, “no”)')).toBe(2)
  })

  it('refuses what is nested too deep, and reads any text or refuses it with a place', () => {
    expect(() => parseXPath(`${'('.repeat(500)}1${')'.repeat(500)}`)).toThrow(XPathError)
    expect(() => parseXPath(`${'-'.repeat(500)}1`)).toThrow(XPathError)
    const pieces = [
      '${x}',
      '.',
      '..',
      '/',
      '(',
      ')',
      '[',
      ']',
      ',',
      "'t'",
      '1',
      '+',
      '-',
      '*',
      '=',
      'div',
      'or',
      'if',
      'count',
      '"',
      '//',
      '$',
      ' ',
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 20 }), (parts) => {
        const source = parts.join('')
        try {
          parseXPath(source)
        } catch (error) {
          expect(error).toBeInstanceOf(XPathError)
          expect((error as XPathError).at).toBeLessThanOrEqual(source.length)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('days and their numbers agree with the calendar', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1600-01-01'), max: new Date('2400-12-31'), noInvalidDate: true }), (day) => {
        const n = Math.floor(day.getTime() / 86_400_000)
        expect(dayNumber(day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate())).toBe(n)
        expect(dayOfNumber(n)).toEqual([day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()])
      }),
    )
  })
})
