import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { readXlsx, writeXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { readXlsxSheets, writeXlsxForm } from '#main/centre/features/forms/xlsx-file.ts'
import { zipIsWithin } from '#main/centre/features/forms/zip-limits.ts'
import { changeSentence, compareForms, moveToVersion, retiredChoicesInUse } from '#shared/forms/compare-forms.ts'
import { faultSentence, faultWords, type FormFault } from '#shared/forms/form-fault.ts'
import { FormPack, rowTypes, widgets, type SurveyRow } from '#shared/forms/form-pack.ts'
import { lintForm, mayPublish } from '#shared/forms/lint-form.ts'
import { readSheets, type Sheets } from '#shared/forms/read-sheets.ts'
import { canonicalForm } from '#shared/forms/write-sheets.ts'
import { sampleForm, sampleForms } from './sample-forms.ts'

const brief = (faults: readonly FormFault[]) => faults.map((f) => [f.code, f.sheet, f.row, f.column, f.about])

describe('a form as a spreadsheet', () => {
  const words = fc.string({
    unit: fc.constantFrom('a', 'é', 'ŋ', ' ', '=', '+', '@', "'", '"', '<', '&', '\n', '${x}', '1'),
    minLength: 1,
    maxLength: 12,
  })
  const texts = fc.record({ fr: words, en: words }, { requiredKeys: [] }).filter((t) => Object.keys(t).length > 0)
  const cell = words.filter((w) => w.trim() !== '')
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/), { minLength: 1, maxLength: 8 })
  const row = (name: string): fc.Arbitrary<SurveyRow> =>
    fc
      .record(
        {
          type: fc.constantFrom(...rowTypes),
          label: texts,
          hint: texts,
          requiredMessage: texts,
          constraintMessage: texts,
          required: fc.constantFrom('yes', "${x} = 'a'"),
          relevant: cell,
          constraint: cell,
          calculation: cell,
          default: cell,
          readonly: cell,
          choiceFilter: cell,
          repeatCount: cell,
          appearance: fc.constant('multiline'),
          parameters: fc.constant('start=0 end=7'),
          index: fc.constant('yes' as const),
          sensitivity: fc.constantFrom('public' as const, 'restricted' as const, 'confidential' as const),
          tier: fc.constantFrom(1, 2, 3),
          widget: fc.constantFrom(...widgets),
          slip: fc.constantFrom('always' as const, 'if_consented' as const, 'never' as const),
        },
        { requiredKeys: ['type'] },
      )
      .map((r): SurveyRow => {
        if (r.type.startsWith('end_')) return { type: r.type, name: '' }
        return { ...r, name, ...(/^(?:select|rank)/.test(r.type) ? { list: 'abc' } : {}) }
      })
  const pack = names
    .chain((all) => fc.tuple(...all.map(row)))
    .map((survey) =>
      FormPack.parse({
        ...sampleForm('round', []),
        attribution: 'who',
        survey,
        choices: { abc: [{ name: '1', label: { fr: 'x' }, with: { of: 'é' } }] },
      }),
    )

  it('is the same form when it is read back, through Excel’s own file', async () => {
    await fc.assert(
      fc.asyncProperty(pack, async (before) => {
        const { sheets, faults } = await readXlsxSheets(await writeXlsxForm(before))
        const read = readSheets(sheets)
        expect([...faults, ...read.faults.filter((f) => f.weight === 'error')]).toEqual([])
        expect(read.pack).toEqual(before)
        expect(canonicalForm(read.pack ?? before)).toBe(canonicalForm(before))
      }),
      { numRuns: 60 },
    )
  })

  it('U18 the sample forms too, and every cell of the file is text', async () => {
    for (const form of sampleForms) {
      const bytes = await writeXlsxForm(form)
      expect(readSheets((await readXlsxSheets(bytes)).sheets).pack).toEqual(form)
      const { sheets } = await readXlsx(bytes)
      expect(
        sheets.every((s) => s.rows.flat().every((c) => c === null || typeof c === 'string') && (s.cells?.size ?? 0) === 0),
      ).toBe(true)
    }
  })

  it('takes what Kobo writes: a label without language, aliases, what the device notes', () => {
    const { pack: read, faults } = readSheets({
      survey: [
        ['type', 'name', 'label', '$kuid', 'relevance'],
        ['start', 'start', '', '', ''],
        ['select one  yn', 'has', 'A-t-il ?', 'x', ''],
        ['begin group', 'g', 'Groupe', '', "${has} = 'yes'"],
        ['string', 't', 'Texte', '', ''],
        ['end group', '', '', '', ''],
        ['', '', '', '', ''],
      ],
      choices: [
        ['list name', 'name', 'label'],
        ['yn', 'yes', 'Oui'],
      ],
      settings: [
        ['form_title', 'default_language', 'style'],
        ['Enquête', 'Français (fr)', 'pages'],
      ],
    })
    expect(brief(faults)).toEqual([
      ['column-unknown', 'settings', 1, 'style', 'style'],
      ['column-unknown', 'survey', 1, '$kuid', '$kuid'],
      ['type-left-out', 'survey', 2, 'type', 'start'],
    ])
    expect(read?.survey.map((r) => [r.type, r.name, r.list, r.relevant])).toEqual([
      ['select_one', 'has', 'yn', undefined],
      ['begin_group', 'g', undefined, "${has} = 'yes'"],
      ['text', 't', undefined, undefined],
      ['end_group', '', undefined, undefined],
    ])
    expect(read?.title).toEqual({ fr: 'Enquête' })
  })

  it('U15 every fault is told with sheet, row and column, in both languages', () => {
    const sheets: Sheets = {
      survey: [
        ['type', 'name', 'label::Français (fr)', 'label::English (en)', 'relevant', 'tier', 'sensitivity', 'note'],
        ['geopoint', 'where', 'Où', 'Where', '', '', '', ''],
        ['text', 'nom complet', 'Nom', 'Name', '', '1', 'secret', ''],
        ['text', 'a', 'A', 'A', 'pulldata(1)', '9', 'restricted', ''],
        ['text', 'a', 'A', 'A', '', '', 'restricted', ''],
        ['select_one nowhere', 'b', 'B', '', "${c} = 'x'", '', 'restricted', ''],
        ['begin_group', 'g', 'G', 'G', '', '', '', ''],
      ],
      choices: [
        ['list_name', 'name', 'label::Français (fr)', 'label::English (en)'],
        ['l', 'has space', 'X', 'X'],
        ['l', 'y', 'Y', ''],
        ['l', 'y', 'Y', 'Y'],
      ],
    }
    const read = readSheets(sheets)
    expect(read.pack).toBeUndefined()
    expect(brief(read.faults)).toEqual([
      ['column-unknown', 'survey', 1, 'note', 'note'],
      ['type-unknown', 'survey', 2, 'type', 'geopoint'],
      ['cell-value', 'survey', 3, 'sensitivity', 'secret'],
      ['name-wrong', 'survey', 3, 'name', 'nom complet'],
      ['cell-value', 'survey', 4, 'tier', '9'],
    ])
    const mended = readSheets({
      ...sheets,
      survey: (sheets.survey ?? []).filter((_, i) => i !== 1 && i !== 2).map((r) => r.map((c) => (c === '9' ? '' : c))),
    })
    const { faults } = lintForm(mended.pack as FormPack, { places: mended.places })
    expect(brief(faults)).toEqual([
      ['name-twice', 'survey', 3, 'name', 'a'],
      ['group-not-closed', 'survey', 5, 'name', 'g'],
      ['function-unknown', 'survey', 2, 'relevant', 'pulldata'],
      ['reference-missing', 'survey', 4, 'relevant', 'c'],
      ['words-missing', 'survey', 4, 'label::en', 'en'],
      ['list-missing', 'survey', 4, 'type', 'nowhere'],
      ['list-unused', 'choices', 2, 'list_name', 'l'],
      ['choice-code', 'choices', 2, 'name', 'has space'],
      ['words-missing', 'choices', 3, 'label::en', 'en'],
      ['choice-twice', 'choices', 4, 'name', 'y'],
    ])
    expect(mayPublish(faults)).toBe(false)
    const [first] = faults
    expect(first && faultSentence(first, 'fr')).toBe(
      'survey, ligne 3, colonne name\u00a0: Le nom «\u00a0a\u00a0» est déjà pris\u00a0: choisissez-en un autre.',
    )
    expect(first && faultSentence(first, 'en')).toBe('survey, row 3, column name: The name “a” is taken: choose another.')
    expect(
      Object.values(faultWords).every((w) => w.fr !== '' && w.en !== '' && w.fr.includes('{about}') === w.en.includes('{about}')),
    ).toBe(true)
  })

  it('U17 a circle and a reference to nothing stop a form', () => {
    const circle = sampleForm('c', [
      { type: 'calculate', name: 'a', calculation: '${b}' },
      { type: 'calculate', name: 'b', calculation: '${a}' },
    ])
    expect(brief(lintForm(circle).faults).filter(([code]) => code === 'cycle')).toEqual([
      ['cycle', 'survey', 2, 'calculation', expect.stringMatching(/^(?:a → b|b → a)$/)],
    ])
    expect(mayPublish(lintForm(circle).faults)).toBe(false)
  })

  it('U17 a calculation on a group or a repeat stops a form, which has no value there', () => {
    const pack = sampleForm('g', [
      { type: 'begin_repeat', name: 'child', calculation: '1 + 1' },
      { type: 'text', name: 'a' },
      { type: 'end_repeat', name: '' },
    ])
    const { form, faults } = lintForm(pack)
    expect(brief(faults).filter(([code]) => code === 'calculation-of-group')).toEqual([
      ['calculation-of-group', 'survey', 2, 'calculation', ''],
    ])
    expect(mayPublish(faults)).toBe(false)
    expect(form.units.some((u) => u.kind === 'value')).toBe(false)
  })

  it('never throws on sheets of any text', () => {
    const heading = fc.constantFrom(
      'type',
      'name',
      'label',
      'label::Français (fr)',
      'label::x',
      'relevant',
      'list_name',
      'tier',
      '',
      '__proto__',
      'constructor',
    )
    const grid = fc.array(
      fc.array(fc.oneof(heading, fc.constantFrom('text', 'select_one abc', 'end_group', 'begin_repeat', 'a', 'a b', '((')), {
        maxLength: 6,
      }),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(fc.record({ survey: grid, choices: grid, settings: grid }, { requiredKeys: [] }), (sheets) => {
        const { pack: read, places } = readSheets(sheets as Sheets)
        if (read) lintForm(read, { places })
      }),
      { numRuns: 500 },
    )
  })
})

describe('a file that is no honest spreadsheet', () => {
  const refused = async (bytes: Uint8Array) => {
    const error: unknown = await readXlsxSheets(bytes).catch((e: unknown) => e)
    return (error as { code?: string }).code
  }

  it('is refused: no zip, a cut one, one that is too large', async () => {
    const whole = await writeXlsxForm(sampleForm('f', [{ type: 'text', name: 'a' }]))
    expect(await refused(new Uint8Array([1, 2, 3]))).toBe('file-unreadable')
    expect(await refused(whole.subarray(0, whole.length - 30))).toBe('file-unreadable')
    expect(await refused(new Uint8Array(6 * 1024 * 1024))).toBe('too-large')
  })

  it('a bomb is found before it is unpacked, also when its size lies', () => {
    const packed = deflateRawSync(new Uint8Array(64 * 1024 * 1024))
    const limits = { entries: 10, entryBytes: 1024 * 1024, allBytes: 2 * 1024 * 1024 }
    for (const told of [64 * 1024 * 1024, 10]) {
      expect(zipIsWithin(zipOf([{ packed, told }]), limits)).toBe(false)
    }
    const small = deflateRawSync(new Uint8Array(900 * 1024))
    const entry = { packed: small, told: 900 * 1024 }
    expect(zipIsWithin(zipOf([entry, entry]), limits)).toBe(true)
    expect(zipIsWithin(zipOf([entry, entry, entry]), limits)).toBe(false)
    expect(
      zipIsWithin(zipOf(Array.from({ length: 11 }, () => ({ packed: deflateRawSync(new Uint8Array(1)), told: 1 }))), limits),
    ).toBe(false)
  })

  it('a formula is told and not worked out', async () => {
    const bytes = await writeXlsx({
      sheets: [
        {
          name: 'survey',
          rows: [['type', 'name'], ['text']],
          cells: new Map([['1,1', { value: 'a', formula: 'CONCATENATE("a")' }]]),
        },
      ],
    })
    expect(brief((await readXlsxSheets(bytes)).faults)).toEqual([['cell-formula', 'survey', 2, 'name', '']])
  })
})

/** A zip with those entries, as a forger writes it. */
function zipOf(entries: readonly { readonly packed: Uint8Array; readonly told: number }[]): Uint8Array {
  const parts: Uint8Array[] = []
  const central: Uint8Array[] = []
  let at = 0
  for (const { packed, told } of entries) {
    const head = new DataView(new ArrayBuffer(30))
    head.setUint32(0, 0x04034b50, true)
    head.setUint16(8, 8, true)
    const entry = new DataView(new ArrayBuffer(46))
    entry.setUint32(0, 0x02014b50, true)
    entry.setUint16(10, 8, true)
    entry.setUint32(20, packed.length, true)
    entry.setUint32(24, told, true)
    entry.setUint32(42, at, true)
    parts.push(new Uint8Array(head.buffer), packed)
    central.push(new Uint8Array(entry.buffer))
    at += 30 + packed.length
  }
  const end = new DataView(new ArrayBuffer(22))
  end.setUint32(0, 0x06054b50, true)
  end.setUint16(10, entries.length, true)
  end.setUint32(16, at, true)
  return new Uint8Array(Buffer.concat([...parts, ...central, new Uint8Array(end.buffer)]))
}

describe('two versions of a form', () => {
  const one = sampleForm('v', [
    { type: 'select_one', name: 'work', list: 'abc', label: { fr: 'Travail', en: 'Work' } },
    { type: 'text', name: 'gone', label: { fr: 'Retirée', en: 'Gone' } },
    { type: 'text', name: 'years', label: { fr: 'Années', en: 'Years' } },
    { type: 'begin_repeat', name: 'child' },
    { type: 'text', name: 'who' },
    { type: 'end_repeat' },
  ])
  const two: FormPack = {
    ...sampleForm('v', [
      { type: 'integer', name: 'years', label: { fr: 'Années', en: 'Years' } },
      { type: 'select_one', name: 'work', list: 'abc', label: { fr: 'Activité', en: 'Work' }, relevant: '${years} > 12' },
      { type: 'begin_repeat', name: 'child' },
      { type: 'text', name: 'who' },
      { type: 'end_repeat' },
      { type: 'text', name: 'fresh', label: { fr: 'Nouvelle', en: 'Fresh' } },
    ]),
    version: '2',
    choices: {
      yn: one.choices['yn'] ?? [],
      abc: [
        { name: 'a', label: { fr: 'un A', en: 'a' } },
        { name: 'c', label: { fr: 'c', en: 'c' } },
        { name: 'd', label: { fr: 'd', en: 'd' } },
      ],
    },
  }

  it('are compared in words', () => {
    expect(compareForms(one, two, 'fr').map((c) => changeSentence(c, 'fr').replaceAll(/[\u00a0\u202f]/g, ' '))).toEqual([
      '« Années » change de type : text devient integer.',
      'Nouveau libellé : « Travail » devient « Activité ».',
      '« Activité », relevant : « rien » devient « ${years} > 12 ».',
      'Nouvelle question : « Nouvelle » (fresh).',
      'Question retirée : « Retirée » (gone). Ses réponses restent visibles.',
      'L’ordre des questions change à partir de « Années ».',
      'Réponse reformulée dans abc : « a » devient « un A ».',
      'Nouvelle réponse dans abc : « d » (d).',
      'Réponse retirée de abc : « b » (b). Elle reste visible où elle a été donnée.',
    ])
    expect(changeSentence({ kind: 'question-removed', name: 'gone', label: 'Gone' }, 'en')).toBe(
      'Question taken out: “Gone” (gone). Its answers stay visible.',
    )
    expect(compareForms(one, one, 'en')).toEqual([])
  })

  it('tell how many records hold a choice that goes', () => {
    const usedBy = (question: string, code: string) => (question === 'work' && code === 'b' ? 12 : 0)
    expect(brief(retiredChoicesInUse(one, two, usedBy))).toEqual([['choice-in-use', 'choices', 0, 'name', 'work = b, 12']])
  })

  it('U16 a record moves with every answer: what moves, what stays aside, what is new', () => {
    const answers = { work: 'b', gone: 'kept', years: '12', 'child[k1]': 'here', 'child[k1].who': 'Ama', other: null }
    expect(moveToVersion(answers, one, two)).toEqual({
      answers,
      moved: ['child[k1]', 'child[k1].who'],
      aside: [
        { path: 'work', answer: 'b', why: 'choice-retired' },
        { path: 'gone', answer: 'kept', why: 'question-removed' },
        { path: 'years', answer: '12', why: 'type-changed' },
      ],
      added: ['fresh'],
    })
    expect(moveToVersion({ work: 'a', years: 'unknown' }, two, two).moved).toEqual(['work', 'years'])
  })
})
