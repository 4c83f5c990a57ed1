import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { compileForm } from '#shared/forms/compile-form.ts'
import type { Answer } from '#shared/forms/form-definition.ts'
import { FormState } from '#shared/forms/form-state.ts'
import { isAsked, type FormPack } from '#shared/forms/form-pack.ts'
import { lintForm, violenceWords } from '#shared/forms/lint-form.ts'
import { ageYears } from '#shared/forms/partial-date.ts'
import { calculations, constraints, filledByDesk, keptByDesk } from './form-decisions.ts'
import { formFile, formText, makeForms, type SourceSection } from './make-forms.ts'
import { skipExpression, SkipExpressionError } from './skip-expression.ts'

const source = JSON.parse(readFileSync(path.join(import.meta.dirname, 'profile-form.json'), 'utf8')) as SourceSection[]
const packs = makeForms(source)
const general = packs.filter((p) => p.id !== 'envelope')
const packOf = (id: string) => packs.find((p) => p.id === id) as FormPack
const fields = source.flatMap((s) => s.fields)
const world = { today: '2026-11-24', now: '2026-11-24T08:30:00.000+01:00', language: 'fr', newId: () => 'id', chance: () => 0 }
const filled = (id: string, answers: Record<string, Answer>) => new FormState(compileForm(packOf(id)), answers, world)

describe('the forms made from the field’s dictionary', () => {
  it('are the files that ship', () => {
    for (const pack of packs) {
      expect(readFileSync(path.join(import.meta.dirname, '../../resources', formFile(pack)), 'utf8'), pack.id).toBe(
        formText(pack),
      )
    }
  })

  it('hold each of the 293 fields once, in its class and tier, and every condition, constraint, formula and choice', () => {
    expect(fields.length).toBe(293)
    const rows = new Map(
      packs.flatMap((p) =>
        p.survey.filter((r) => !(r.type === 'hidden' && r.sensitivity === undefined)).map((r) => [r.name, { row: r, pack: p }]),
      ),
    )
    for (const field of fields) {
      const found = rows.get(field.id)
      expect(found, field.id).toBeDefined()
      if (!found) continue
      const { row, pack } = found
      expect([row.sensitivity, row.tier], field.id).toEqual([field.sensitivity, field.tier])
      if (field.relevant !== undefined) expect(row.relevant, field.id).toBeDefined()
      if (field.constraint !== undefined) expect(field.id in constraints || field.id in keptByDesk, field.id).toBe(true)
      if (field.formula !== undefined) expect(field.id in calculations || filledByDesk.includes(field.id), field.id).toBe(true)
      if (field.choices && row.list !== undefined) {
        expect(
          pack.choices[row.list]?.map((c) => c.name),
          field.id,
        ).toEqual(field.choices.map((c) => c.code))
      }
    }
    expect(packs.map((p) => [p.id, p.survey.filter((r) => fields.some((f) => f.id === r.name)).length])).toMatchObject([
      ['profile', 192],
      ['plan', 8],
      ['counselling', 8],
      ['referral', 23],
      ['counter-referral', expect.any(Number)],
      ['follow-up', expect.any(Number)],
      ['closure', expect.any(Number)],
      ['envelope', 13],
      ['feedback', 7],
    ])
  })

  it.each([...packs.map((p) => [p.id, p] as const)])('%s has no fault', (_, pack) => {
    expect(lintForm(pack, { envelope: pack.id === 'envelope' }).faults).toEqual([])
  })

  it('H13 H15 the general forms speak of no violence suffered, and the envelope is none of them', () => {
    for (const pack of general) {
      const texts = [
        ...pack.survey.flatMap((r) => [r.label, r.hint]),
        ...Object.values(pack.choices).flatMap((l) => l.map((c) => c.label)),
      ]
      expect(
        texts.flatMap((t) => Object.values(t ?? {})).filter((t) => violenceWords.test(t)),
        pack.id,
      ).toEqual([])
      expect(pack.survey.every((r) => !r.name.startsWith('g_') && r.sensitivity !== 'gbv_restricted')).toBe(true)
      expect(formFile(pack)).toMatch(/^forms\//)
    }
    expect(formFile(packOf('envelope'))).toBe('envelope/envelope.json')
  })

  it('H19 no text of the envelope takes more than 60 characters', () => {
    const envelope = packOf('envelope')
    const texts = envelope.survey.filter((r) => isAsked(r) && r.type === 'text' && r.widget === undefined)
    expect(texts.map((r) => r.name)).toEqual(['g_consents_referral_code', 'g_provider_case_ref'])
    const state = (text: string) => filled('envelope', { g_provider_case_ref: text }).at('g_provider_case_ref')?.problem
    expect([state('x'.repeat(60)), state('x'.repeat(61))]).toEqual([undefined, 'constraint'])
    expect(envelope.survey.some((r) => r.appearance === 'multiline' || r.type === 'image' || r.type === 'file')).toBe(false)
  })

  it('H25 the third tier of the programme section is hidden from minors, also in doubt', () => {
    const third = source.find((s) => s.id === 's06_programme')?.fields.filter((f) => f.tier === 3) ?? []
    expect(third.length).toBe(6)
    const asked = (birth: string) => {
      const state = filled('profile', { birth_date: birth, screening_status: 'cleared' })
      return third.filter((f) => state.at(f.id)?.relevant).length
    }
    expect([asked('1990'), asked('2010'), asked('2008'), asked('')]).toEqual([6, 0, 0, 0])
  })

  it('H4 nothing of the consent is ticked beforehand', () => {
    const profile = packOf('profile')
    const end = profile.survey.findIndex((r) => r.name === 'identity')
    expect(
      profile.survey
        .slice(0, end)
        .filter((r) => r.default !== undefined)
        .map((r) => r.name),
    ).toEqual(['registration_date'])
  })

  it('H23 the age is that of the desk’s own rule', () => {
    for (const birth of ['1994-03-24', '2008-11-24', '2008-11-25', '2008-11', '2008', '2026', '2000-02-29', '', 'unknown']) {
      for (const stated of [null, 17, 40]) {
        const state = filled('profile', { birth_date: birth, age_stated: stated })
        const age = ageYears(birth, String(stated ?? ''), world.today) ?? null
        const asked = state.at('age_stated')?.relevant === true
        expect(state.at('age_years')?.answer, `${birth} ${stated}`).toBe(
          asked || (birth.length >= 4 && birth !== 'unknown') ? age : null,
        )
        expect(state.at('is_minor')?.answer).toBe(((state.at('age_years')?.answer ?? 0) as number) < 18 ? 'yes' : 'no')
      }
    }
    expect(filled('profile', { age_stated: 17, registration_date: '2025-06-01' }).at('age_years')?.answer).toBe(18)
    const problem = (birth: string) => filled('profile', { birth_date: birth }).at('birth_date')?.problem
    expect(['2026', '2026-11', '2026-11-24', '2027', '2026-12', '2026-11-25'].map(problem)).toEqual([
      undefined,
      undefined,
      undefined,
      'constraint',
      'constraint',
      'constraint',
    ])
  })

  it('scores WG-SS, rCSI and WHO-5', () => {
    const signs = new Map([
      ['?', 'unknown'],
      ['-', 'refused'],
      [' ', null],
    ])
    const wg = (codes: string) => {
      const items = ['seeing', 'hearing', 'walking', 'remembering', 'selfcare', 'communicating']
      const given = Object.fromEntries(
        items.map((item, i) => [`wg_${item}`, signs.has(codes[i] ?? '') ? signs.get(codes[i] ?? '') : codes[i]]),
      )
      return filled('profile', { birth_date: '1990', ...given } as Record<string, Answer>).at('wg_disability')?.answer
    }
    expect(['111111', '112111', '111131', '4?????', '2?????', '??-???', '      '].map(wg)).toEqual([
      'no',
      'no',
      'yes',
      'yes',
      'no',
      'unknown',
      null,
    ])
    const rcsi = { rcsi_less_preferred: 7, rcsi_borrow: 1, rcsi_portion: 2, rcsi_adults: 3, rcsi_meals: 0 }
    expect(filled('profile', rcsi).at('rcsi_score')?.answer).toBe(7 + 2 + 2 + 9)
    expect(filled('profile', { ...rcsi, rcsi_meals: 'refused' }).at('rcsi_score')?.answer ?? null).toBe(null)
    expect(
      filled('profile', { rcsi_less_preferred: 7, rcsi_borrow: 7, rcsi_portion: 7, rcsi_adults: 7, rcsi_meals: 7 }).at(
        'rcsi_score',
      )?.answer,
    ).toBe(56)
    const who = (last: Answer) =>
      filled('profile', {
        birth_date: '1990',
        wellbeing_by_trained: 'yes',
        who5_1: '5',
        who5_2: '0',
        who5_3: '1',
        who5_4: '2',
        who5_5: last,
      }).at('who5_score')?.answer ?? null
    expect([who('5'), who('0'), who(null)]).toEqual([52, 32, null])
    const visit = { fu_seen: 'yes', ...Object.fromEntries(Object.entries(rcsi).map(([k, v]) => [`fu_${k}`, v])) }
    expect(filled('follow-up', visit).at('fu_rcsi')?.answer).toBe(20)
  })

  it('says in the form itself which words are placeholders', () => {
    const profile = packOf('profile')
    const marked = profile.survey.filter((r) => r.hint?.['en']?.startsWith('Provisional wording')).map((r) => r.name)
    expect(marked.length).toBe(11)
    expect(marked.every((name) => profile.attribution?.includes(name))).toBe(true)
  })

  it('the level of vulnerability comes from points that are told, and from urgent findings', () => {
    const level = (answers: Record<string, Answer>) => {
      const state = filled('profile', { birth_date: '1990', ...answers })
      return [state.at('vulnerability_points')?.answer, state.at('vulnerability_score')?.answer]
    }
    expect(level({})).toEqual([0, 'low'])
    expect(level({ current_residence_type: 'street', vulnerability_flags: ['rejection'] })).toEqual([3, 'medium'])
    expect(level({ birth_date: '2012', current_residence_type: 'street', wg_seeing: '4' })).toEqual([6, 'high'])
    expect(level({ health_urgent: 'yes' })).toEqual([0, 'urgent'])
  })
})

describe('conditions of the dictionary', () => {
  it.each([
    ["a == 'x'", "${a} = 'x'"],
    ["a != ''", "(${a} != '' and ${a} != 'unknown' and ${a} != 'refused')"],
    ["a == ''", "not(${a} != '' and ${a} != 'unknown' and ${a} != 'refused')"],
    ["a != 'x'", "(${a} != '' and ${a} != 'unknown' and ${a} != 'refused') and ${a} != 'x'"],
    ["a in ['x','y']", "(${a} = 'x' or ${a} = 'y')"],
    ["a not in ['x']", "(${a} != '' and ${a} != 'unknown' and ${a} != 'refused') and ${a} != 'x'"],
    ['a + b > 0', '(${a} > 0 or ${b} > 0)'],
    ["a >= 12 && b == 'x'", "${a} >= 12 and ${b} = 'x'"],
    ["(a == 'x' || b == 'y') && c > 2", "(${a} = 'x' or ${b} = 'y') and ${c} > 2"],
  ])('%s is %s', (js, xlsform) => expect(skipExpression(js)).toBe(xlsform))

  it.each(['a ==', 'a = 1', "'x' == a", 'a => a', 'a + b > 3', "a in 'x'", 'f(a)', "a == 'x' b"])('%s is refused', (js) => {
    expect(() => skipExpression(js)).toThrow(SkipExpressionError)
  })
})
