import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { slipOf, type SlipSource } from './referral-slip.ts'
import { infoItems, type InfoItem } from './referral.ts'
import { isNeutral } from './revealing-words.ts'

const source: SlipSource = {
  code: 'M245-WHV2-K',
  issuedOn: '24/11/2026',
  validUntil: '23/01/2027',
  language: 'bi',
  appointment: 'mardi, 9 h',
  provider: {
    nameFr: 'Centre de formation',
    nameEn: 'Training centre',
    place: 'Mora',
    hours: '08:00-16:00',
    phone: '+237 6 00 00 00 34',
    cost: 'free',
  },
  need: { fr: 'formation', en: 'training' },
  items: [],
  person: {
    familyName: 'Zz-FAMILLE',
    givenNames: 'Zz-PRENOM',
    ageYears: 77,
    ageEstimated: false,
    sex: 'F',
    phone: '+237600000042',
    docs: { fr: 'Zz-PIECES', en: 'Zz-DOCS' },
    access: { fr: 'Zz-LANGUE', en: 'Zz-LANGUAGE' },
  },
  deskPhone: '',
  duplicate: false,
  exercise: false,
}
/** A text that stands on the slip only if the item is ticked. */
const datum: Readonly<Record<Exclude<InfoItem, 'issuer'>, string>> = {
  name: 'Zz-FAMILLE',
  phone: '6\u00a000\u00a000\u00a000\u00a042',
  age_sex: '77\u00a0ans',
  need: 'formation / training',
  docs: 'Zz-PIECES',
  access: 'Zz-LANGUE',
}
const subsets = Array.from({ length: 2 ** infoItems.length }, (_, n) => infoItems.filter((_item, i) => (n >> i) & 1))

describe('slip', () => {
  it('H3 shows a datum of the person if and only if its item is ticked: all 128 subsets', () => {
    for (const items of subsets) {
      const text = JSON.stringify(slipOf({ ...source, items }))
      for (const [item, shown] of Object.entries(datum))
        expect(`${item}: ${text.includes(shown)}`).toBe(`${item}: ${items.some((i) => i === item)}`)
    }
  })

  it('H7 never names association or violence, whatever the provider is called', () => {
    const revealing = [
      'Centre CNDDR de Mora',
      'Bureau DDR',
      'Prise en charge VBG',
      'Appui aux ex-associés',
      'Survivor support',
      'Former combatants centre',
      'Accueil des ex-otages',
      'GBV desk',
    ]
    for (const name of revealing) {
      expect(isNeutral(name)).toBe(false)
      const text = JSON.stringify(
        slipOf({ ...source, items: infoItems, provider: { ...source.provider, nameFr: name, place: name, hours: name } }),
      )
      expect(isNeutral(text)).toBe(true)
      expect(text).toContain('Centre social')
    }
  })

  it('H7 keeps a provider and a place whose names only hold such letters, and drops the revealing part of a place alone', () => {
    const at = (changes: Partial<SlipSource['provider']>) =>
      slipOf({ ...source, provider: { ...source.provider, ...changes } }).provider
    expect(at({ nameFr: 'CMPJ de Nanga-Eboko', nameEn: 'CMPJ – Nanga-Eboko', place: 'Ambam' })).toMatchObject({
      name: { fr: 'CMPJ de Nanga-Eboko', en: 'CMPJ – Nanga-Eboko' },
      place: 'Ambam',
    })
    expect(at({ place: 'Camp DDR, Mora' }).place).toBe('Mora')
    expect(at({ nameFr: 'Hôpital de Buea – santé mentale', nameEn: 'Buea Hospital – mental health unit' }).name).toEqual({
      fr: 'Hôpital de Buea',
      en: 'Buea Hospital',
    })
  })

  it('H7 a person’s own name is not taken from the slip that she let it stand on', () => {
    const named = (familyName: string) =>
      JSON.stringify(slipOf({ ...source, items: ['name'], person: { ...source.person, familyName } }).person)
    expect(named('Amba')).toContain('Amba')
    expect(named('ex-associée')).toBe('[]')
  })

  it('says an estimated age as such, hours, cost and numbers as people say them', () => {
    const slip = slipOf({
      ...source,
      deskPhone: '+237600000001',
      items: ['age_sex'],
      person: { ...source.person, ageEstimated: true },
      provider: { ...source.provider, cost: 'membership' },
    })
    const plain = JSON.parse(JSON.stringify(slip).replace(/[\u00a0\u202f]/g, ' ')) as typeof slip
    expect(plain.person.map((l) => l.value)).toEqual(['environ 77 ans, F / about 77 years, F'])
    expect(plain.deskPhone).toBe('6 00 00 00 01')
    expect(plain.provider.phone).toBe('6 00 00 00 34')
    expect(plain.toBring.map((l) => l.value)).toEqual([
      'pour les membres : demandez la cotisation / for members: ask about the membership fee',
    ])
    const hours = slipOf({ ...source, language: 'en', provider: { ...source.provider, hours: 'Mo-Fr 08:00-16:00' } }).provider
      .hours
    expect(hours.replaceAll('\u00a0', ' ')).toBe('Monday to Friday, 8 am to 4 pm')
  })

  it('H8 H11 holds nothing but the fields of a slip, the same ones for every need', () => {
    fc.assert(
      fc.property(fc.subarray([...infoItems]), fc.constantFrom('fr', 'en', 'bi'), fc.string(), (items, language, need) => {
        const slip = slipOf({ ...source, items, language, need: { fr: need, en: need } } as SlipSource)
        expect(Object.keys(slip).toSorted()).toEqual(
          [
            'code',
            'date',
            'deskPhone',
            'duplicate',
            'exercise',
            'issuer',
            'language',
            'person',
            'provider',
            'toBring',
            'validUntil',
            'variant',
          ].toSorted(),
        )
        expect(slip.person.length).toBeLessThanOrEqual(items.length)
      }),
    )
  })

  it('H51 speaks the language that the person chose', () => {
    const lines = (language: 'fr' | 'en') =>
      JSON.stringify(slipOf({ ...source, language, items: infoItems }).person.map((l) => l.value))
    expect(lines('fr')).toContain('77\u00a0ans')
    expect(lines('en')).toContain('77\u00a0years')
    expect(lines('en')).not.toContain('formation')
  })
})
