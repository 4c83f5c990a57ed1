import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileForm } from '#shared/forms/compile-form.ts'
import type { Answer } from '#shared/forms/form-definition.ts'
import { rowTypes, widgets, type FormPack, type SurveyRow } from '#shared/forms/form-pack.ts'
import { FormState } from '#shared/forms/form-state.ts'
import { initialAnswers } from '#shared/forms/path-answers.ts'
import { specialFunctions } from '#shared/forms/xpath-compile.ts'
import { xpathFunctions } from '#shared/forms/xpath-functions.ts'
import { sampleForm, sampleForms } from './sample-forms.ts'
import { testWorld } from './test-world.ts'

const stateOf = (pack: FormPack, answers: Record<string, Answer> = {}) => new FormState(compileForm(pack), answers, testWorld)
const shown = (state: FormState) => [...state.asked()].map((s) => s.path)
const whole = (state: FormState) =>
  [...state.all()].map(({ path, relevant, answer, required, problem, choices }) => ({
    path,
    relevant,
    answer,
    required,
    problem,
    choices,
  }))

describe('a form being filled', () => {
  it('keeps aside what is no more asked, and takes it up again', () => {
    const state = stateOf(sampleForms[0] as FormPack, { has: 'yes', n: 7, t: 'kept' })
    expect(shown(state)).toContain('t')
    state.set('has', 'no')
    expect(shown(state)).not.toContain('t')
    expect(state.aside()).toEqual([
      { path: 'n', answer: 7, why: 'not-asked' },
      { path: 't', answer: 'kept', why: 'not-asked' },
    ])
    state.set('has', 'yes')
    expect(state.at('t')?.answer).toBe('kept')
    expect(state.aside()).toEqual([])
  })

  it('U16 an answer of a removed question and a retired choice stay stored and visible', () => {
    const pack = sampleForm('f', [{ type: 'select_one', name: 'one', list: 'abc' }])
    const state = stateOf(pack, { one: 'retired', gone: 'said', 'rep[k1].inner': 3 })
    expect(state.aside()).toEqual([
      { path: 'one', answer: 'retired', why: 'choice-retired' },
      { path: 'gone', answer: 'said', why: 'no-such-question' },
      { path: 'rep[k1].inner', answer: 3, why: 'no-such-question' },
    ])
    expect(state.at('one')?.problem).toBe('choice')
    expect(state.answers).toEqual({ one: 'retired', gone: 'said', 'rep[k1].inner': 3 })
  })

  it('empty, unknown and refused are three things', () => {
    const pack = sampleForm('f', [
      { type: 'begin_group', name: 'office', appearance: 'administrative' },
      { type: 'text', name: 'by', required: 'yes' },
      { type: 'integer', name: 'number_of', required: 'yes' },
      { type: 'end_group' },
      { type: 'integer', name: 'age', required: 'yes', constraint: '. < 110' },
      { type: 'calculate', name: 'adult', calculation: "if(${age} >= 18, 'yes', 'no')" },
    ])
    const problems = (age: Answer) => {
      const state = stateOf(pack, { age, number_of: age })
      return [state.at('age')?.problem, state.at('number_of')?.problem, state.at('adult')?.answer]
    }
    expect(problems(null)).toEqual(['required', 'required', 'no'])
    expect(problems('unknown')).toEqual([undefined, 'type', 'no'])
    expect(problems('refused')).toEqual([undefined, 'type', 'no'])
    expect(problems(40)).toEqual([undefined, undefined, 'yes'])
    expect(problems(400)).toEqual(['constraint', undefined, 'yes'])
  })

  it('an instance taken away is kept aside with all it holds', () => {
    const pack = sampleForms.find((f) => f.id === 'household') as FormPack
    const state = stateOf(pack)
    const child = state.form.tree.byName.get('child')
    if (!child) throw new Error('no child')
    state.addInstance(child, [], 'b')
    state.addInstance(child, [], 'a')
    state.set('child[a].who', 'Ama')
    state.set('child[b].who', 'Bi')
    expect(state.at('names')?.answer).toBe('Ama, Bi')
    expect(state.at('child[b].place')?.answer).toBe(2)
    state.removeInstance(child, ['a'])
    expect(state.at('names')?.answer).toBe('Bi')
    expect(state.at('child[b].place')?.answer).toBe(1)
    expect(state.aside()).toContainEqual({ path: 'child[a].who', answer: 'Ama', why: 'instance-removed' })
    state.addInstance(child, [], 'a')
    expect(state.at('names')?.answer).toBe('Ama, Bi')
  })

  it('works out only what reads the changed answer', () => {
    const state = stateOf(sampleForms.find((f) => f.id === 'sums') as FormPack)
    const rows = 13
    const pack = sampleForm('many', [
      ...Array.from({ length: rows }, (_, i): SurveyRow => ({ type: 'integer', name: `q${i}`, constraint: '. < 5' })),
      { type: 'calculate', name: 'sum_two', calculation: '${q1} + ${q2}' },
      { type: 'text', name: 'then', relevant: '${sum_two} > 3' },
    ])
    const many = stateOf(pack)
    const before = many.worked
    many.set('q3', 4)
    expect(many.worked - before).toBe(1)
    many.set('q1', 4)
    expect(many.worked - before).toBeLessThanOrEqual(4)
    expect(state.worked).toBeGreaterThan(0)
  })

  it('U17 finds circles, and works the rest out', () => {
    const pack = sampleForm('circle', [
      { type: 'calculate', name: 'a', calculation: '${b} + 1' },
      { type: 'calculate', name: 'b', calculation: '${c} + 1' },
      { type: 'calculate', name: 'c', calculation: '${a} + 1' },
      { type: 'calculate', name: 'me', calculation: '. + 1' },
      { type: 'text', name: 'self', relevant: "${self} = ''" },
      { type: 'text', name: 'dot', relevant: ". = ''" },
      { type: 'calculate', name: 'ok', calculation: '2 + 2' },
    ])
    const form = compileForm(pack)
    expect(form.cycles.map((c) => c.toSorted())).toEqual([['a', 'b', 'c'], ['me'], ['self'], ['dot']])
    expect(form.faults.every((f) => f.fault === 'cycle')).toBe(true)
    const state = new FormState(form, {}, testWorld)
    expect([state.at('ok')?.answer, state.at('a')?.answer, state.at('self')?.relevant]).toEqual([4, null, true])
  })

  it('begins with the defaults, fixed and worked out', () => {
    const pack = sampleForm('d', [
      { type: 'date', name: 'on', default: 'today()' },
      { type: 'integer', name: 'n', default: '3' },
      { type: 'select_multiple', name: 'm', list: 'abc', default: 'a c' },
      { type: 'text', name: 'dashed', default: 'a-b' },
    ])
    expect(initialAnswers(compileForm(pack), testWorld)).toEqual({ on: '2026-11-24', n: 3, m: ['a', 'c'], dashed: 'a-b' })
  })

  it('follows the day and the language', () => {
    const pack = sampleForm('d', [
      { type: 'select_one', name: 'one', list: 'abc' },
      { type: 'calculate', name: 'on', calculation: 'today()' },
    ])
    const state = stateOf(pack)
    state.refresh({ ...testWorld, today: '2026-11-25' })
    expect(state.at('on')?.answer).toBe('2026-11-25')
  })
})

describe('whatever the form and the answers', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'rep', 'grp')
  const source = fc.oneof(
    fc.constantFrom(
      '${a}',
      '. + 1',
      "${b} = ''",
      '${c} > 2',
      'count(${rep})',
      'position(..)',
      'sum(${d})',
      "selected(${e}, 'a')",
    ),
    fc.constantFrom(
      'once(uuid())',
      '../a',
      '/x/b',
      'indexed-repeat(${d}, ${rep}, 1)',
      '${rep}[position() = 1]/d',
      "regex(., '(')",
      'today() + 1',
    ),
    fc.constantFrom('name = ${a}', 'pow(9, 999)', '1 div 0', 'if(${a}, ${b}, .)', 'yes', '((', 'no', '-${a}'),
  )
  const row = fc.record(
    {
      type: fc.constantFrom(...rowTypes),
      name: fc.oneof(name, fc.constant('')),
      list: fc.constantFrom('abc', 'yn', 'nowhere'),
      relevant: source,
      calculation: source,
      constraint: source,
      required: source,
      readonly: source,
      choiceFilter: source,
      repeatCount: source,
      default: source,
      widget: fc.constantFrom(...widgets),
    },
    { requiredKeys: ['type', 'name'] },
  )
  const answer = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.double(),
    fc.array(fc.constantFrom('a', 'b', 'zz')),
    fc.constant(null),
    fc.constantFrom('here', 'removed', 'unknown', 'a', '2020-01-01'),
  )
  const path = fc.oneof(
    name,
    fc.constantFrom('rep[k1]', 'rep[k2]', 'rep[k1].d', 'rep[k2].a', 'grp[x].rep[k1]', '__proto__', 'constructor', '[', ''),
  )
  const answers = fc.dictionary(path, answer, { maxKeys: 8 }).map((d) => ({ ...d }))

  it('never throws, and drops no answer', () => {
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 12 }),
        answers,
        fc.array(fc.tuple(path, answer), { maxLength: 6 }),
        (survey, given, steps) => {
          const pack: FormPack = { ...sampleForm('any', []), survey: survey as SurveyRow[] }
          const form = compileForm(pack)
          const state = new FormState(form, given, testWorld)
          for (const [at, value] of steps) state.set(at, value)
          for (const node of form.tree.nodes) {
            state.addInstance(node, [], 'k9')
            state.removeInstance(node, ['k1'])
          }
          const calculated = new Set([...form.tree.nodes].filter((n) => form.unitsOf[n.id]?.value).map((n) => n.name))
          const kept = Object.entries(state.answers)
          for (const [at, value] of Object.entries(given)) {
            const own = at.split('.').at(-1)?.replace(/\[.*/, '') ?? ''
            if (!calculated.has(own) && !steps.some(([s]) => s === at) && value !== 'here' && !at.endsWith(']')) {
              expect(kept).toContainEqual([at, value])
            }
          }
          whole(state)
          state.aside()
          state.refresh({ ...testWorld, today: '2027-01-01' })
        },
      ),
      { numRuns: 200 },
    )
  })

  it('is the same from scratch as step by step', () => {
    // once() and circles remember; everything else must not
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 12 }),
        answers,
        fc.array(fc.tuple(path, answer), { maxLength: 6 }),
        (survey, given, steps) => {
          const plain = survey.filter((r) => !Object.values(r).some((c) => typeof c === 'string' && c.includes('once(')))
          const form = compileForm({ ...sampleForm('any', []), survey: plain as SurveyRow[] })
          if (form.cycles.length > 0) return
          const state = new FormState(form, given, testWorld)
          for (const [at, value] of steps) state.set(at, value)
          expect(whole(new FormState(form, state.answers, testWorld))).toEqual(whole(state))
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('the page about forms', () => {
  it('describes every function', () => {
    const page = readFileSync('docs/formats/forms.md', 'utf8')
    const all = [...Object.keys(xpathFunctions), ...Object.keys(specialFunctions)]
    expect(all.filter((f) => !page.includes(`\`${f}(`))).toEqual([])
  })
})
