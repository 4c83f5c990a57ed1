import { z } from 'zod'
import { shownCost } from '../directory/cost.ts'
import { shownHours } from '../directory/opening-hours.ts'
import { shownPhone } from '../forms/phone.ts'
import type { InfoItem } from './referral.ts'
import { isNeutral, isNeutralName, neutralPart } from './revealing-words.ts'

/** One printed line: label in the languages of the slip and the value. */
const Line = z.strictObject({ label: z.strictObject({ fr: z.string(), en: z.string() }), value: z.string() })

/**
 * All that a slip may hold (referrals.md D.3, variant `neutral`); nothing else reaches the print window.
 *
 * Personal lines are present only if the item was ticked in this referral's consent (H3).
 */
export const SlipContent = z.strictObject({
  variant: z.enum(['neutral', 'code']),
  language: z.enum(['fr', 'en', 'bi']),
  /** XXXX-XXXX-X; also what the QR holds, and only that. */
  code: z.string(),
  issuer: z.strictObject({ fr: z.string(), en: z.string() }),
  deskPhone: z.string(),
  date: z.string(),
  validUntil: z.string(),
  provider: z.strictObject({
    name: z.strictObject({ fr: z.string(), en: z.string() }),
    place: z.string(),
    hours: z.string(),
    phone: z.string(),
    appointment: z.string(),
  }),
  person: z.array(Line),
  toBring: z.array(Line),
  duplicate: z.boolean(),
  /** Training mode: "EXERCICE" across the page. */
  exercise: z.boolean(),
})
export type SlipContent = z.infer<typeof SlipContent>

/** What the slip is made from; only what the rules below let through reaches `SlipContent`. */
export interface SlipSource {
  /** `code`: an appointment and nothing else; neutral unless told. */
  readonly variant?: 'neutral' | 'code'
  readonly code: string
  readonly issuedOn: string
  readonly validUntil: string
  readonly language: 'fr' | 'en' | 'bi'
  readonly appointment: string
  readonly provider: {
    readonly nameFr: string
    readonly nameEn: string
    readonly place: string
    readonly hours: string
    readonly phone: string
    readonly cost: string
  }
  readonly need: { readonly fr: string; readonly en: string }
  /** Items ticked in the consent to this referral. */
  readonly items: readonly InfoItem[]
  readonly person: {
    readonly familyName: string
    readonly givenNames: string
    readonly ageYears: number | undefined
    /** True when no full date of birth tells it. */
    readonly ageEstimated: boolean
    readonly sex: string
    readonly phone: string
    /** Names of documents held and of languages spoken, in both languages. */
    readonly docs: { readonly fr: string; readonly en: string }
    readonly access: { readonly fr: string; readonly en: string }
  }
  readonly deskPhone: string
  readonly duplicate: boolean
  readonly exercise: boolean
}

const neutralProvider = { fr: 'Centre social', en: 'Social centre' }
const personLabels = {
  name: { fr: 'Nom et prénoms', en: 'Name' },
  age_sex: { fr: 'Âge, sexe', en: 'Age, sex' },
  phone: { fr: 'Téléphone de la personne', en: 'Person’s phone' },
  need: { fr: 'Demande', en: 'Request' },
  docs: { fr: 'Pièces', en: 'Documents' },
  access: { fr: 'Langue', en: 'Language' },
} as const

/**
 * Decides what a slip of variant `neutral` shows (referrals.md D.3).
 *
 * A datum of the person only if its item is ticked (H3); a revealing provider name is cut or replaced by neutral words, and any other
 * revealing text is left out (H7). `issuer` belongs to the sealed letter and changes nothing here.
 */
export function slipOf(source: SlipSource): SlipContent {
  const { person, provider, items } = source
  const lines: SlipContent['person'] = []
  const add = (item: Exclude<InfoItem, 'issuer'>, fr: string, en: string) => {
    if (!items.includes(item) || (fr === '' && en === '')) return
    // the name was looked at as a name
    if (item !== 'name' && !isNeutral(`${fr} ${en}`)) return
    lines.push({ label: { ...personLabels[item] }, value: shownIn(source.language, fr, en) })
  }
  const sex = person.sex === 'F' || person.sex === 'M' ? person.sex : ''
  const name = `${person.familyName} ${person.givenNames}`.trim()
  if (isNeutralName(name)) add('name', name, name)
  const age = shownAge(person)
  add('age_sex', [age.fr, sex].filter(Boolean).join(', '), [age.en, sex].filter(Boolean).join(', '))
  add('phone', shownPhone(person.phone), shownPhone(person.phone))
  add('need', source.need.fr, source.need.en)
  add('docs', person.docs.fr, person.docs.en)
  add('access', person.access.fr, person.access.en)
  const orNothing = (text: string) => (isNeutral(text) ? text : '')
  const hours = shownHours(provider.hours)
  const cost = shownCost(provider.cost)
  return {
    variant: source.variant ?? 'neutral',
    language: source.language,
    code: source.code,
    issuer: { fr: 'Bureau d’orientation sociale', en: 'Social orientation desk' },
    deskPhone: shownPhone(source.deskPhone),
    date: source.issuedOn,
    validUntil: source.validUntil,
    provider: {
      name: providerName(provider.nameFr, provider.nameEn),
      place: provider.place.split(/,\s*/).filter(isNeutral).join(', '),
      hours: orNothing(shownIn(source.language, hours.fr, hours.en)),
      phone: shownPhone(provider.phone),
      appointment: orNothing(source.appointment),
    },
    person: lines,
    toBring:
      provider.cost === ''
        ? []
        : [{ label: { fr: 'Coût du service', en: 'Cost of the service' }, value: shownIn(source.language, cost.fr, cost.en) }],
    duplicate: source.duplicate,
    exercise: source.exercise,
  }
}

function shownIn(language: SlipSource['language'], fr: string, en: string): string {
  if (language === 'fr') return fr
  if (language === 'en') return en
  return fr === en || en === '' ? fr : `${fr} / ${en}`
}

/** The provider's name up to what would reveal; neutral words when nothing is left in one of the languages (H7). */
export function providerName(nameFr: string, nameEn: string): { fr: string; en: string } {
  const [fr, en] = [neutralPart(nameFr), neutralPart(nameEn)]
  return fr === undefined || en === undefined ? { ...neutralProvider } : { fr, en }
}

function shownAge({ ageYears, ageEstimated }: SlipSource['person']): { readonly fr: string; readonly en: string } {
  if (ageYears === undefined) return { fr: '', en: '' }
  const years = { fr: ageYears < 2 ? 'an' : 'ans', en: ageYears === 1 ? 'year' : 'years' }
  return {
    fr: `${ageEstimated ? 'environ ' : ''}${ageYears}\u00a0${years.fr}`,
    en: `${ageEstimated ? 'about ' : ''}${ageYears}\u00a0${years.en}`,
  }
}
