import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { takenUp } from '#shared/cases/draft.ts'
import { nodeOfPath } from '#shared/forms/filled-form.ts'
import { answerRefused, answerUnknown, type Answer, type Answers } from '#shared/forms/form-definition.ts'
import type { FormNode } from '#shared/forms/form-tree.ts'
import { instanceHere, mayLeaveOpen } from '#shared/forms/path-answers.ts'
import { questionOfRow, quickCard } from '#shared/forms/quick-card.ts'
import { cleanText } from '#shared/procedure.ts'
import { draftOfSubmission, sortByConsent } from '#shared/submissions/draft-of-submission.ts'
import { readHeading } from '#shared/submissions/heading.ts'
import { LeftColumns, readTables, type Table } from '#shared/submissions/read-tables.ts'
import { filledQuestions, koboTables, profile, type ExportChoices, type Interview } from '#test/support/submission-files.ts'

const day = '2026-11-28'
const card = quickCard(profile.pack)
const choicesOf = (node: FormNode) => profile.pack.choices[node.row.list ?? ''] ?? []
const lineKey = (n: number) => String(n).padStart(9, '0')

function read(tables: readonly Table[]) {
  const left = new LeftColumns()
  const { submissions, lost } = readTables(profile, 'export', tables, left)
  return { left: left.all(), lost, drafts: submissions.map((raw) => draftOfSubmission(profile, raw, day)), submissions }
}
/** What the form page takes up from a draft. */
const answersIn = (texts: Readonly<Record<string, string>>) =>
  takenUp((path) => {
    const row = nodeOfPath(profile, path)?.row
    return row && questionOfRow(row)
  }, texts)
const one = (answers: Answers, choices: ExportChoices = { groups: true, several: 'codes' }, edit?: (table: Table) => Table) => {
  const [main = { name: '', rows: [] }, ...others] = koboTables([{ answers }], choices)
  return read([edit ? edit(main) : main, ...others])
}

const dayOf = (shape: 1 | 2 | 3) =>
  fc
    .tuple(fc.integer({ min: 1930, max: 2025 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
    .map(([y, m, d]) => [String(y), ...[m, d].map((n) => String(n).padStart(2, '0'))].slice(0, shape).join('-'))
const plainText = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }).map(cleanText).filter(Boolean)

function answerTo(node: FormNode): fc.Arbitrary<Answer> {
  const codes = choicesOf(node).map((c) => c.name)
  const question = questionOfRow(node.row)
  switch (question?.type) {
    case 'select_one':
      return fc.constantFrom(...codes, ...(mayLeaveOpen(node) ? ['unknown', 'refused'] : []))
    case 'select_multiple':
      // in a draft these alone say that the question stays open, whether they are among the choices or not
      return fc.subarray(
        codes.filter((code) => code !== answerUnknown && code !== answerRefused),
        { minLength: 1 },
      )
    case 'integer':
      return fc.nat({ max: 9999 })
    case 'decimal':
      return fc.nat({ max: 99_999 }).map((n) => n / 100)
    case 'date':
      return dayOf(3)
    case 'partial_date':
      return fc.constantFrom(1 as const, 2 as const, 3 as const).chain(dayOf)
    case 'phone':
      return fc.nat({ max: 9_999_999 }).map((n) => `+2376${String(n).padStart(8, '0')}`)
    default:
      return plainText
  }
}

/** Any answers to any of the questions, with up to three lines in each repeat. */
const interview: fc.Arbitrary<Interview> = fc
  .record({
    top: fc.record(Object.fromEntries(filledQuestions.filter((n) => n.repeats.length === 0).map((n) => [n.name, answerTo(n)])), {
      requiredKeys: [],
    }),
    lines: fc.record(
      Object.fromEntries(
        profile.tree.nodes
          .filter((n) => n.kind === 'repeat')
          .map((repeat) => {
            const own = filledQuestions.filter((n) => n.repeats[0] === repeat)
            const line = fc.record(Object.fromEntries(own.map((n) => [n.name, answerTo(n)])), { requiredKeys: [] })
            return [repeat.name, fc.array(line, { maxLength: 3 })]
          }),
      ),
    ),
  })
  .map(({ top, lines }) => {
    const answers: Record<string, Answer> = { ...(top as Answers) }
    for (const [repeat, list] of Object.entries(lines)) {
      for (const [at, line] of list.entries()) {
        const path = `${repeat}[${lineKey(at + 1)}]`
        answers[path] = instanceHere
        for (const [name, answer] of Object.entries(line)) answers[`${path}.${name}`] = answer as Answer
      }
    }
    return { answers }
  })

/** Words that stand for more than one choice of their question: they cannot be read back. */
const doubtful = (node: FormNode, answer: Answer, language: 'fr' | 'en') => {
  const bare = (text: string | undefined) => (text ?? '').replaceAll('’', "'").toLowerCase()
  const said = choicesOf(node).find((c) => c.name === answer)?.label[language]
  return choicesOf(node).filter((c) => [c.label['fr'], c.label['en']].some((l) => bare(l) === bare(said))).length > 1
}

describe('an export of Kobo', () => {
  it('gives back every answer, whatever its columns are called and however choices are written', () => {
    fc.assert(
      fc.property(
        fc.array(interview, { minLength: 1, maxLength: 2 }),
        fc.boolean(),
        fc.constantFrom('codes' as const, 'columns' as const, 'both' as const),
        fc.constantFrom(undefined, 'fr' as const, 'en' as const),
        (interviews, groups, several, words) => {
          const kept = interviews.map(({ answers }) => ({
            answers: Object.fromEntries(
              Object.entries(answers).filter(([path, answer]) => {
                const node = nodeOfPath(profile, path)
                return words === undefined || node?.row.type !== 'select_one' || !doubtful(node, answer, words)
              }),
            ),
          }))
          const { drafts, left, lost } = read(koboTables(kept, { groups, several, ...(words ? { words } : {}) }))
          expect(drafts).toHaveLength(kept.length)
          for (const [at, { texts, findings }] of drafts.entries()) {
            const wanted = kept[at]?.answers ?? {}
            const { answers, unread } = answersIn(texts)
            const lines = Object.fromEntries(Object.entries(texts).filter(([path]) => path.endsWith(']')))
            expect({ ...answers, ...lines }).toEqual(wanted)
            expect(unread).toEqual({})
            expect(findings.filter((f) => f.problem !== 'constraint')).toEqual([])
          }
          expect(left.unknown).toEqual([])
          expect(lost).toEqual([])
        },
      ),
      { numRuns: 40 },
    )
  })

  it('a value that fits no answer stays as it was typed and is told with its column', () => {
    const { drafts } = one({ birth_date: '1990', sex: 'F', household_size: 4, phone: '+237600000042' }, undefined, (t) => ({
      ...t,
      rows: t.rows.map((row, at) =>
        at === 0
          ? row
          : row.map((cell, column) => {
              const wrong: Record<string, string> = {
                'identity/birth_date': '31/02/1990',
                'identity/sex': 'Garçonnet',
                'household/household_size': 'quatre',
                'identity/phone': '6 00',
              }
              return wrong[t.rows[0]?.[column] ?? ''] ?? cell
            }),
      ),
    }))
    expect(drafts[0]?.texts).toMatchObject({
      birth_date: '31/02/1990',
      sex: 'Garçonnet',
      household_size: 'quatre',
      phone: '6 00',
    })
    expect(drafts[0]?.findings.map((f) => [f.column, f.value, f.problem]).toSorted()).toEqual([
      ['household/household_size', 'quatre', 'integer'],
      ['identity/birth_date', '31/02/1990', 'no-such-day'],
      ['identity/phone', '6 00', 'phone'],
      ['identity/sex', 'Garçonnet', 'choice'],
    ])
  })

  it('takes days and telephone numbers as people write them, and the instants of a phone', () => {
    const table = (birth: string, consent: string, phone: string): Table => ({
      name: 'x',
      rows: [
        ['birth_date', 'consent_date', 'phone'],
        [birth, consent, phone],
      ],
    })
    expect(read([table('24/03/1994', '2026-11-20T10:00:00.000+01:00', '600 00 00 42')]).drafts[0]?.texts).toEqual({
      birth_date: '1994-03-24',
      consent_date: '2026-11-20',
      phone: '+237600000042',
    })
  })

  it('lists each column that is not taken, by why', () => {
    const { left } = read([
      {
        name: 'x',
        rows: [
          [
            'consent/consent_status',
            'identity/age_years',
            'commune',
            '_uuid',
            'meta/instanceID',
            '__version__',
            'id_docs/passport_no',
          ],
          ['given', '31', 'Mora', 'u-1', 'uuid:u-1', 'v1', '1'],
        ],
      },
    ])
    expect(left).toEqual({
      unknown: ['commune', 'id_docs/passport_no'],
      desk: ['identity/age_years'],
      tool: ['_uuid', 'meta/instanceID', '__version__'],
    })
  })

  it('a choice column that says neither yes nor no is told, and the others of its question stay', () => {
    const { drafts } = read([
      {
        name: 'x',
        rows: [
          ['id_docs/cni', 'id_docs/birth'],
          ['1', 'peut-être'],
        ],
      },
    ])
    expect(drafts[0]?.texts['id_docs']).toBe('cni birth: peut-être')
    expect(drafts[0]?.findings).toMatchObject([{ path: 'id_docs', problem: 'choice', value: 'cni birth: peut-être' }])
  })

  it('a line of a repeat that belongs to no interview is told with its sheet and row', () => {
    const [main, ...sheets] = koboTables([{ answers: { [`skills[${lineKey(1)}]`]: 'here' } }], {
      groups: false,
      several: 'codes',
    })
    const skills = sheets.find((s) => s.name === 'skills')!
    const at = skills.rows[0]!.indexOf('_parent_index')
    const strayed = { ...skills, rows: skills.rows.map((row, i) => (i === 0 ? row : row.with(at, '7'))) }
    expect(read([main!, strayed]).lost).toEqual([{ sheet: 'skills', row: 2 }])
  })

  it('lines in numbered columns of one sheet are lines', () => {
    const rows = [
      ['livelihood/skills[1]/skills_years', 'livelihood/skills[2]/skills_years'],
      ['3', '12'],
    ]
    expect(read([{ name: '', rows }]).drafts[0]?.texts).toEqual({
      [`skills[${lineKey(1)}]`]: 'here',
      [`skills[${lineKey(1)}].skills_years`]: '3',
      [`skills[${lineKey(2)}]`]: 'here',
      [`skills[${lineKey(2)}].skills_years`]: '12',
    })
  })

  it('a choice that has the name of a question ticks its own question', () => {
    const node = filledQuestions.find((n) => n.row.type === 'select_multiple')!
    const code = choicesOf(node)[0]!.name
    expect(readHeading(profile, `any/${node.name}/${code}`)).toMatchObject({ kind: 'question', node, code })
  })
})

describe('what the person agreed to', () => {
  const texts = {
    consent_status: 'given',
    consent_giver: 'self',
    guardian_consent_name: 'X',
    family_name: 'Ɓello',
    id_number: '12',
  }

  it('H1 a person who said no or later leaves the codes of the interview and the consent alone', () => {
    for (const status of ['refused', 'deferred']) {
      expect(sortByConsent(card, { ...texts, consent_status: status })).toEqual({
        consent: 'declined',
        reception: { consent_status: status, consent_giver: 'self' },
        card: {},
        leftOut: 3,
      })
    }
  })

  it('H1 without a readable consent nothing is taken', () => {
    for (const status of ['', 'peut-être']) {
      expect(sortByConsent(card, { ...texts, consent_status: status })).toMatchObject({
        consent: 'unreadable',
        reception: {},
        card: {},
      })
    }
  })

  it('parts what the consent page asks from what waits for the card', () => {
    expect(sortByConsent(card, texts)).toMatchObject({
      consent: 'allows',
      reception: { consent_status: 'given', consent_giver: 'self', guardian_consent_name: 'X' },
      card: { family_name: 'Ɓello', id_number: '12' },
    })
  })
})
