import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { slipOf, type SlipSource } from '#shared/referrals/referral-slip.ts'
import { PrintedJob } from './printed-job.tsx'

const source: SlipSource = {
  code: 'M245-WHV2-K',
  issuedOn: '24/11/2026',
  validUntil: '23/01/2027',
  language: 'fr',
  appointment: '',
  provider: { nameFr: 'Centre', nameEn: 'Centre', place: 'Mora', hours: '', phone: '', cost: 'fee' },
  need: { fr: 'formation', en: 'training' },
  items: [],
  person: {
    familyName: '',
    givenNames: '',
    ageYears: undefined,
    ageEstimated: false,
    sex: '',
    phone: '',
    docs: { fr: '', en: '' },
    access: { fr: '', en: '' },
  },
  deskPhone: '+237600000001',
  duplicate: false,
  exercise: false,
}
const languages = ['fr', 'en', 'bi'] as const

/** What stands on the paper, tags taken off, no-break spaces plain. */
const textOf = (changes: Partial<SlipSource>, format: 'a5' | 'a4-two' = 'a5') =>
  renderToStaticMarkup(<PrintedJob job={{ kind: 'slip', format, slip: slipOf({ ...source, ...changes }) }} />)
    .replace(/<[^>]*>/g, '\n')
    .replace(/[\u00a0\u202f]/g, ' ')
const times = (text: string, word: RegExp) => [...text.matchAll(word)].length

describe('the printed slip', () => {
  it.each(languages)('U25 an exercise says EXERCICE on both halves, in the language %s too', (language) => {
    expect(times(textOf({ language, exercise: true }), /EXERCICE/g)).toBe(2)
    expect(times(textOf({ language, exercise: true }, 'a4-two'), /EXERCICE/g)).toBe(4)
    expect(textOf({ language })).not.toMatch(/EXERCI[CS]E/)
  })

  it.each(languages)('a second print says so on both halves, in the language %s', (language) => {
    expect(times(textOf({ language, duplicate: true }), /^DUPLICAT[AE]/gm)).toBe(2)
    expect(textOf({ language })).not.toMatch(/DUPLICAT/)
  })

  it('H51 says in the person’s language that nobody may ask for a favour, and where to complain', () => {
    expect(textOf({ language: 'fr' })).toMatch(
      /Personne ne peut vous demander de faveur, ni d’argent en plus du coût du service\./,
    )
    expect(textOf({ language: 'en' })).toMatch(/Nobody may ask you for a favour, or for money beyond the cost of the service\./)
    expect(textOf({ language: 'en' })).toMatch(/Complaint: /)
    expect(textOf({ language: 'en' })).not.toMatch(/Plainte|gratuite/)
    // never "free" beside a service that is paid for
    expect(textOf({ language: 'fr' })).not.toMatch(/^Gratuit/m)
  })

  it.each(['fr' as const, 'en' as const])(
    'H50 every paper that a person takes along says where to complain, in the language %s too',
    (language) => {
      const complaint = { fr: 'Plainte : à ce bureau ou à un autre', en: 'Complaint: ' }[language]
      for (const variant of ['neutral', 'code'] as const)
        for (const format of ['a5', 'a4-two'] as const) {
          const slips = renderToStaticMarkup(
            <PrintedJob job={{ kind: 'slip', format, slip: slipOf({ ...source, language, variant }) }} />,
          ).replace(/[\u00a0\u202f]/g, ' ')
          expect(slips.split(complaint).length - 1).toBe(format === 'a5' ? 1 : 2)
        }
      const record = {
        language,
        on: '2026-11-24',
        team: [],
        counsellor: [{ section: 'Identité', label: 'Nom', value: 'Bello', open: null }],
        aloud: 2,
        receivers: [],
        keepUntil: null,
        deskPhone: '+237 6 00 00 00 01',
        exercise: true,
      }
      const own = renderToStaticMarkup(<PrintedJob job={{ kind: 'own-record', language, record }} />).replace(
        /[\u00a0\u202f]/g,
        ' ',
      )
      expect(own).toContain(complaint)
      expect(own).toContain('EXERCICE')
      expect(own).toContain('Bello')
    },
  )

  it('U25 a form of the exercise says so at the foot of its page, beside a code for the page', () => {
    const row = { kind: 'gap', first: '1.1', last: '1.2' } as const
    const paper = (exercise: boolean) => ({
      form: 'profile',
      version: '1',
      title: 'Profil',
      language: 'fr' as const,
      tier: 2 as const,
      caseNumber: null,
      exercise,
      sections: [{ number: 1, title: 'Identité', rows: [row] }],
      lists: [],
    })
    const markup = (exercise: boolean) =>
      renderToStaticMarkup(<PrintedJob job={{ kind: 'form', language: 'fr', paper: paper(exercise) }} />)
    expect(markup(true)).toContain('EXERCICE')
    expect(markup(false)).not.toContain('EXERCICE')
    expect(markup(false)).toMatch(/<footer.*Page 1 sur 1.*<img src="data:image\/svg/)
  })

  it('a paper of the exercise with the recovery code says so', () => {
    const markup = renderToStaticMarkup(
      <PrintedJob job={{ kind: 'recovery', code: 'x', siteName: 'Mora', language: 'en', exercise: true }} />,
    )
    expect(markup).toContain('EXERCICE')
  })
})

describe('the printed certificate of an erasure', () => {
  const certificate = {
    certificate: 'MOR-26-A1B2C3',
    caseNumber: 'MOR-26-000001-97',
    figuresKept: false,
    ground: 'right-to-erasure',
    at: '2026-11-24T08:00:00Z',
    by: { name: 'A. Bello', role: 'SUP' },
    sites: [
      { name: 'Mora', confirmed: true },
      { name: 'Buéa', confirmed: false },
    ],
    backupsUntil: '2027-02-22',
  }
  const paper = (language: 'fr' | 'en', changes: Partial<typeof certificate> = {}) =>
    renderToStaticMarkup(
      <PrintedJob
        job={{ kind: 'certificate', certificate: { ...certificate, ...changes }, siteName: 'Mora', language, exercise: false }}
      />,
    )
      .replace(/<[^>]*>/g, '\n')
      .replace(/[\u00a0\u202f]/g, ' ')

  it('H43 says what, why, who, which centres confirmed and until when backups may hold it, in both languages', () => {
    const french = paper('fr')
    for (const said of [
      'MOR-26-A1B2C3',
      'MOR-26-000001-97',
      'La personne demande l’effacement',
      '24/11/2026',
      'A. Bello, superviseur',
      '22/02/2027',
    ])
      expect(french).toContain(said)
    expect(french).toMatch(/Mora\n+effacé, confirmé/)
    expect(french).toMatch(/Buéa\n+pas encore confirmé/)
    expect(paper('en')).toMatch(/Buéa\n+not confirmed yet/)
  })

  it('a ground of a newer version is another ground', () => {
    expect(paper('en', { ground: 'court-order' })).toContain('Another ground')
  })
})
