import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isNeutral, slipOf, type SlipSource } from './referral-slip.ts'
import { infoItems, type InfoItem } from './referral.ts'

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
  phone: '600000042',
  age_sex: '77 ans',
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
    for (const name of ['Violette', 'violon', 'Centre de santé', 'Addis', 'Ambassade'])
      expect(`${name}: ${isNeutral(name)}`).toBe(`${name}: true`)
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
    expect(lines('fr')).toContain('77 ans')
    expect(lines('en')).toContain('77 years')
    expect(lines('en')).not.toContain('formation')
  })
})
