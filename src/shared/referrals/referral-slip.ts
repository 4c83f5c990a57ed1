import { z } from 'zod'
import type { InfoItem } from './referral.ts'

/** One printed line: label in the languages of the slip and the value. */
const Line = z.strictObject({ label: z.strictObject({ fr: z.string(), en: z.string() }), value: z.string() })

/**
 * All that a slip may hold (referrals.md D.3, variant `neutral`); nothing else reaches the print window.
 *
 * Personal lines are present only if the item was ticked in this referral's consent (H3).
 */
export const SlipContent = z.strictObject({
  variant: z.literal('neutral'),
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

/** Words that reveal where somebody comes from or what was done to them; never on a slip (H7). */
export const revealingWords =
  /CNDDR|\bDDR\b|ICRS|ex-?\s?associ|ex-?\s?combatt|combatant|former\s+(?:associate|combatant|fighter)|boko|haram|iswap|\bamba(?!ss)|repent|d[ée]mobilis|demobilis|\bVBG\b|\bGBV\b|\bviol(?!et|on)|\brape|survivor|survivant|otage|hostage|GBV|caafag|eafga/iu

/** True if a text may stand on a slip. */
export function isNeutral(text: string): boolean {
  return !revealingWords.test(text)
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
 * A datum of the person only if its item is ticked (H3); a revealing provider name is replaced by neutral words, and any other
 * revealing text is left out (H7). `issuer` belongs to the sealed letter and changes nothing here.
 */
export function slipOf(source: SlipSource): SlipContent {
  const { person, provider, items } = source
  const lines: SlipContent['person'] = []
  const add = (item: Exclude<InfoItem, 'issuer'>, fr: string, en: string) => {
    if (!items.includes(item) || (fr === '' && en === '') || !isNeutral(`${fr} ${en}`)) return
    lines.push({ label: { ...personLabels[item] }, value: shownIn(source.language, fr, en) })
  }
  const sex = person.sex === 'F' || person.sex === 'M' ? person.sex : ''
  const age = person.ageYears === undefined ? '' : String(person.ageYears)
  add('name', `${person.familyName} ${person.givenNames}`.trim(), `${person.familyName} ${person.givenNames}`.trim())
  add(
    'age_sex',
    [age === '' ? '' : `${age} ans`, sex].filter(Boolean).join(', '),
    [age === '' ? '' : `${age} years`, sex].filter(Boolean).join(', '),
  )
  add('phone', person.phone, person.phone)
  add('need', source.need.fr, source.need.en)
  add('docs', person.docs.fr, person.docs.en)
  add('access', person.access.fr, person.access.en)
  const providerIsNeutral = isNeutral(`${provider.nameFr} ${provider.nameEn}`)
  const orNothing = (text: string) => (isNeutral(text) ? text : '')
  return {
    variant: 'neutral',
    language: source.language,
    code: source.code,
    issuer: { fr: 'Bureau d’orientation sociale', en: 'Social orientation desk' },
    deskPhone: source.deskPhone,
    date: source.issuedOn,
    validUntil: source.validUntil,
    provider: {
      name: providerIsNeutral ? { fr: provider.nameFr, en: provider.nameEn } : { ...neutralProvider },
      place: orNothing(provider.place),
      hours: orNothing(provider.hours),
      phone: provider.phone,
      appointment: orNothing(source.appointment),
    },
    person: lines,
    toBring:
      provider.cost === '' ? [] : [{ label: { fr: 'Coût', en: 'Cost' }, value: costWords(provider.cost, source.language) }],
    duplicate: source.duplicate,
    exercise: source.exercise,
  }
}

function shownIn(language: SlipSource['language'], fr: string, en: string): string {
  if (language === 'fr') return fr
  if (language === 'en') return en
  return fr === en || en === '' ? fr : `${fr} / ${en}`
}

function costWords(cost: string, language: SlipSource['language']): string {
  switch (cost) {
    case 'free':
      return shownIn(language, 'gratuit', 'free')
    case 'fee':
      return shownIn(language, 'payant, demandez le prix avant', 'paid, ask the price first')
    case 'low':
    case 'subsidised':
      return shownIn(language, 'petite participation', 'small contribution')
    default:
      return shownIn(language, 'à demander', 'to be asked')
  }
}
