import { describe, expect, it } from 'vitest'
import { compileForm } from '#shared/forms/compile-form.ts'
import { isFilledIn, worldOn } from '#shared/forms/filled-form.ts'
import { FormState } from '#shared/forms/form-state.ts'
import { tiers, type Tier } from '#shared/forms/form-outline.ts'
import { paperForm, paperNumbers, paperPageCode, type PaperRules } from '#shared/forms/paper-form.ts'
import { skipWords } from '#shared/forms/skip-words.ts'
import { isNeutral } from '#shared/referrals/revealing-words.ts'
import { neverOnForm } from '#shared/rights/own-record.ts'
import { shippedForm } from '#test/support/form-files.ts'
import { sampleForm } from './sample-forms.ts'

const profile = compileForm(shippedForm('profile'))
const blank = (language: 'fr' | 'en', tier: Tier): PaperRules => ({
  language,
  tier,
  exercise: false,
  isPlain: isNeutral,
  mayPrint: (question) => !neverOnForm.includes(question),
})
const languages = ['fr', 'en'] as const

/** Every question number that a paper accounts for, gaps included, in its order. */
function numbersOn(paper: ReturnType<typeof paperForm>): string[] {
  return paper.sections.flatMap(({ rows }) =>
    rows.flatMap((row) => {
      if (row.kind !== 'gap') return [row.number]
      const [section, from] = row.first.split('.')
      const to = Number(row.last.split('.')[1])
      return Array.from({ length: to - Number(from) + 1 }, (_, n) => `${section}.${Number(from) + n}`)
    }),
  )
}
const names = (paper: ReturnType<typeof paperForm>) =>
  paper.sections.flatMap((s) =>
    s.rows.flatMap((r) => (r.kind === 'gap' ? [] : r.kind === 'table' ? r.columns.map((c) => c.name) : [r.name])),
  )

describe('a form on paper', () => {
  it.each(languages.flatMap((l) => tiers.map((t) => [l, t] as const)))(
    'has every question once, in the order of the screen, or says that it is at the screen (%s, tier %i)',
    (language, tier) => {
      const paper = paperForm(profile, blank(language, tier))
      expect(numbersOn(paper)).toEqual([...paperNumbers(profile, tier).values()])
      const asked = profile.pack.survey.filter((row) => isFilledIn(row) && (row.tier ?? 1) <= tier).map((row) => row.name)
      const printed = names(paper)
      expect(printed).toEqual(asked.filter((name) => printed.includes(name)))
      // what is missing is known by name
      const repeats = profile.tree.nodes.filter((n) => n.kind === 'repeat' && (n.row.tier ?? 1) > tier).flatMap((n) => n.children)
      const missing = asked.filter((name) => !printed.includes(name) && !repeats.some((n) => n.name === name))
      expect(missing.filter((name) => !neverOnForm.includes(name))).toEqual([])
    },
  )

  it.each(languages)(
    'H7 H8 the blank form asks nothing that reveals where somebody comes from or belonged, in %s',
    (language) => {
      const paper = paperForm(profile, blank(language, 3))
      expect(names(paper).filter((name) => neverOnForm.includes(name))).toEqual([])
      expect(neverOnForm.filter((name) => !profile.tree.byName.has(name))).toEqual([])
      const { pack } = profile
      const forbidden = neverOnForm.map((name) => pack.survey.find((r) => r.name === name)?.label?.[language] ?? '')
      const words: string[] = []
      JSON.stringify(paper, (_key, value: unknown) => {
        if (typeof value === 'string') words.push(value)
        return value
      })
      expect(words.filter((w) => !isNeutral(w))).toEqual([])
      // a short label is also that of something else
      const long = forbidden.filter((label) => label.length > 12)
      expect(long.length).toBeGreaterThan(5)
      for (const label of long) expect(words).not.toContain(label)
      expect(paper.sections.find((s) => s.number === 6)?.title).toBe('')
    },
  )

  it('holds nothing of a person when it is blank', () => {
    const paper = paperForm(profile, blank('fr', 3))
    expect(paper.caseNumber).toBeNull()
    for (const { rows } of paper.sections)
      for (const row of rows) {
        if (row.kind === 'question') expect([row.value, row.open, ...row.boxes.filter((b) => b.ticked)]).toEqual(['', null])
        if (row.kind === 'table') expect(row.lines.flat().filter(Boolean)).toEqual([])
      }
  })

  it('keeps refused consent as an answer of its own, which is no silence', () => {
    const rows = paperForm(profile, blank('en', 1)).sections.flatMap((s) => s.rows)
    const labelsOf = (name: string) =>
      rows.flatMap((r) => (r.kind === 'question' && r.name === name ? r.boxes.map((b) => b.label) : []))
    expect(labelsOf('consent_status')).toContain('Refused')
    expect(rows.find((r) => r.kind === 'question' && r.name === 'health_urgent')).toMatchObject({ mayLeaveOpen: true })
    expect(rows.find((r) => r.kind === 'question' && r.name === 'consent_status')).toMatchObject({ mayLeaveOpen: false })
  })

  it('says a condition by the numbers on the paper, and none that leads to a question which is not there', () => {
    const when = (language: 'fr' | 'en', name: string) =>
      paperForm(profile, blank(language, 3))
        .sections.flatMap((s) => s.rows)
        .find((row) => row.kind !== 'gap' && row.name === name)
    const number = (name: string) => paperNumbers(profile, 3).get(profile.tree.byName.get(name)!)
    expect(when('fr', 'interpreter_nda')).toMatchObject({ when: `${number('interpreter_used')}\u00a0= Oui` })
    expect(when('en', 'interpreter_nda')).toMatchObject({ when: `${number('interpreter_used')}\u00a0= Yes` })
    expect(when('fr', 'marital_status')).toMatchObject({ when: 'Âge\u00a0≥ 12' })
    expect(when('fr', 'phone_owner')).toMatchObject({ when: `${number('phone')} a une réponse` })
    expect(when('fr', 'age_stated')).toMatchObject({ when: `${number('birth_date')} n’a pas de réponse` })
    expect(when('fr', 'skills')).toMatchObject({ kind: 'table', when: 'Âge\u00a0≥ 12' })
  })

  it('the code of a page says which form, version and page, and the number of a case, never a name', () => {
    const paper = paperForm(profile, blank('fr', 2))
    expect(paperPageCode(paper, 3, 16)).toBe('form:profile;version:1;part:2;language:fr;page:3/16')
    expect(paperPageCode({ ...paper, caseNumber: 'MOR-26-000001-97' }, 1, 2)).toBe(
      'form:profile;version:1;part:2;language:fr;page:1/2;case:MOR-26-000001-97',
    )
  })

  it('writes answers where they belong, repeats on their lines with room for more', () => {
    const form = compileForm(
      sampleForm('f', [
        { type: 'begin_group', name: 's', label: { fr: 'S', en: 'S' } },
        { type: 'text', name: 'a', label: { fr: 'A', en: 'A' } },
        { type: 'select_multiple', name: 'b', list: 'abc', label: { fr: 'B', en: 'B' } },
        { type: 'text', name: 'hidden', label: { fr: 'H', en: 'H' } },
        { type: 'text', name: 'secret', label: { fr: 'X', en: 'X' } },
        { type: 'begin_repeat', name: 'r', label: { fr: 'R', en: 'R' } },
        { type: 'text', name: 'c', label: { fr: 'C', en: 'C' } },
        { type: 'end_repeat' },
        { type: 'end_group' },
      ]),
    )
    const answers = { a: 'refused', b: ['a', 'c'], hidden: 'top', secret: 'bad', 'r[k1]': 'here', 'r[k1].c': 'one' }
    const paper = paperForm(form, {
      language: 'en',
      tier: 2,
      exercise: false,
      isPlain: () => true,
      mayPrint: (name) => name !== 'hidden',
      filled: {
        caseNumber: 'N',
        state: new FormState(form, answers, worldOn('2026-11-24')),
        mayWrite: (_name, words) => words !== 'bad',
        mayTick: (_name, code) => code !== 'c',
        inWords: (_name, answer) => String(answer),
      },
    })
    const rows = paper.sections[0]!.rows
    expect(rows[0]).toMatchObject({ number: '1.1', value: '', open: 'refused' })
    expect(rows[1]).toMatchObject({
      more: false,
      boxes: [
        { label: 'a', ticked: true },
        { label: 'b', ticked: false },
        { label: 'c', ticked: false },
      ],
    })
    expect(rows[2]).toEqual({ kind: 'gap', first: '1.3', last: '1.3' })
    expect(rows[3]).toMatchObject({ number: '1.4', value: '', more: true })
    expect(rows[4]).toMatchObject({ kind: 'table', lines: [['one'], ['']] })
    expect(JSON.stringify(paper)).not.toMatch(/top|bad/)
  })
})

describe('a condition in words', () => {
  const say = (source: string) =>
    skipWords(source, (name) => (name === 'gone' ? undefined : { name, answerOf: (code) => code.toUpperCase() }), 'en')
  it.each([
    ["${a} = 'x' or ${a} = 'y'", 'a\u00a0= X or Y'],
    ["${a} = 'x' and (${b} = 'y' or ${c} > 3)", 'a\u00a0= X and (b\u00a0= Y or c\u00a0> 3)'],
    ["${a} != 'x' and ${a} != ''", 'a\u00a0≠ X'],
    ["selected(${a}, 'x')", 'a\u00a0= X'],
    ["${a} != '' and ${a} != 'unknown' and ${a} != 'refused'", 'a has an answer'],
    ["not(${a} != '' and ${a} != 'unknown')", 'a has no answer'],
    ["${a} = 'x' and ${gone} = 'y'", undefined],
    ['count-selected(${a}) > 2', undefined],
    ["not(${a} = 'x')", undefined],
    ['${a} = (', undefined],
  ])('%s', (source, words) => {
    expect(say(source)).toBe(words)
  })
})
