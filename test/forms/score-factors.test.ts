import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileForm } from '#shared/forms/compile-form.ts'
import type { Answer } from '#shared/forms/form-definition.ts'
import { FormPack } from '#shared/forms/form-pack.ts'
import { FormState } from '#shared/forms/form-state.ts'
import { lintForm } from '#shared/forms/lint-form.ts'
import { explanationOf } from '#shared/forms/score-factors.ts'
import { sampleForm } from './sample-forms.ts'
import { testWorld } from './test-world.ts'

const pack = FormPack.parse(JSON.parse(readFileSync('resources/forms/profile.json', 'utf8')))
const form = compileForm(pack)

function explained(answers: Record<string, Answer>, name: string) {
  const state = new FormState(form, answers, testWorld)
  const node = form.tree.byName.get(name)
  if (!node) throw new Error(`no ${name}`)
  return { score: state.at(name)?.answer, explanation: explanationOf(state, node, []) }
}
const points = (answers: Record<string, Answer>, name: string) => {
  const { score, explanation } = explained(answers, name)
  if (explanation?.kind !== 'points') throw new Error('no points')
  return { score, factors: explanation.factors }
}

const flags = (pack.choices['vulnerability_flags'] ?? []).map((c) => c.name)
const days = fc.integer({ min: 0, max: 7 })
const record = fc.record({
  birth_date: fc.constantFrom('1994', '2012', ''),
  vulnerability_flags: fc.subarray(flags),
  id_docs: fc.subarray((pack.choices['id_docs'] ?? []).map((c) => c.name)),
  shelter_condition: fc.constantFrom('none', 'adequate', ''),
  wg_seeing: fc.constantFrom('1', '4', ''),
  wellbeing_by_trained: fc.constantFrom('yes', 'no'),
  who5_1: fc.constantFrom('0', '5'),
  who5_2: fc.constantFrom('1', '2'),
  who5_3: fc.constantFrom('3', '4'),
  who5_4: fc.constantFrom('0', '1'),
  who5_5: fc.constantFrom('2', '5'),
  rcsi_less_preferred: days,
  rcsi_borrow: days,
  rcsi_portion: days,
  rcsi_adults: days,
  rcsi_meals: days,
})

describe('why a score is what it is', () => {
  it.each(['vulnerability_points', 'rcsi_score', 'who5_score'])(
    'H47 the points of the factors of %s add up to it, whatever was answered',
    (name) => {
      fc.assert(
        fc.property(record, (answers) => {
          const { score, factors } = points(answers, name)
          if (score !== null) expect(factors.reduce((sum, f) => sum + (f.points ?? Number.NaN), 0)).toBe(score)
          for (const { mentions } of factors) expect(mentions.length).toBeGreaterThan(0)
        }),
      )
    },
  )

  it('H47 a factor names what it looks at: a choice, a bound, a weight', () => {
    const named = (name: string) =>
      points({}, name).factors.map(({ mentions }) =>
        mentions.map(({ node, sign = '', value = '' }) => `${node.name}${sign}${value}`),
      )
    expect(named('vulnerability_points')).toEqual(
      expect.arrayContaining([
        ['is_minor=yes'],
        ['rcsi_score>=19'],
        ['current_residence_type=street', 'shelter_condition=none', 'vulnerability_flags=homeless'],
        ['vulnerability_flags=stateless'],
      ]),
    )
    expect(named('rcsi_score')).toEqual([
      ['rcsi_less_preferred'],
      ['rcsi_borrow×2'],
      ['rcsi_portion'],
      ['rcsi_adults×3'],
      ['rcsi_meals'],
    ])
    expect(points({ rcsi_borrow: 3 }, 'rcsi_score').factors.map((f) => f.points)).toEqual([
      undefined,
      6,
      undefined,
      undefined,
      undefined,
    ])
  })

  it.each([
    [{ health_urgent: 'yes', birth_date: '1994' }, 'urgent'],
    [{ birth_date: '2012', vulnerability_flags: ['disability', 'homeless'] }, 'high'],
    [{ birth_date: '1994', vulnerability_flags: ['disability', 'no_docs'] }, 'medium'],
    [{ birth_date: '1994' }, 'low'],
  ])('H47 a level says which of its rules applies: %j is %s', (answers, level) => {
    const { score, explanation } = explained(answers, 'vulnerability_score')
    if (explanation?.kind !== 'levels') throw new Error('no levels')
    expect(score).toBe(level)
    expect(explanation.rules.map((r) => r.level)).toEqual(['urgent', 'high', 'medium', 'low'])
    expect(explanation.rules.filter((r) => r.applies).map((r) => r.level)).toEqual([level])
  })

  it('what is no score is not explained: an age, a yes or no from the answers beside it', () => {
    for (const name of ['age_years', 'is_minor', 'wg_disability', 'sex'])
      expect(explained({ birth_date: '1994' }, name).explanation).toBeUndefined()
  })

  it('H47 no score of a form can be made of a past or of a screening', () => {
    const past = ['programme_category', 'group_code', 'association_mode', 'exit_mode', 'screening_status']
    for (const name of past) {
      const wrong = sampleForm('f', [
        { type: 'text', name },
        { type: 'calculate', name: 'risk', calculation: `if(\${${name}} = 'x', 2, 0) + 1` },
      ])
      expect(lintForm(wrong).faults.filter((f) => f.code === 'calculation-of-past')).toMatchObject([
        { weight: 'error', column: 'calculation', about: name },
      ])
    }
    expect(lintForm(pack).faults.filter((f) => f.code === 'calculation-of-past')).toEqual([])
  })
})
