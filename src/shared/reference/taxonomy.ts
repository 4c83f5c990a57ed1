/** A sector (S02) or a type of service (S02.03); decision 18: the one taxonomy. */
export interface TaxonomyEntry {
  readonly code: string
  readonly parent: string | null
  readonly label: { readonly fr: string; readonly en: string }
  /** Its name must not stand in ordinary lists or on paper. */
  readonly sensitive: boolean
  /** Only a focal point offers services of this type (H16). */
  readonly confidential: boolean
}

/** Plain public words of a sector for the slip, by its code: what a passer-by may read (referrals.md D.3). */
export const publicNeed: Readonly<Record<string, { readonly fr: string; readonly en: string }>> = {
  S01: { fr: 'documents', en: 'documents' },
  S02: { fr: 'santé', en: 'health' },
  S06: { fr: 'logement', en: 'housing' },
  S07: { fr: 'alimentation', en: 'food' },
  S08: { fr: 'eau', en: 'water' },
  S09: { fr: 'école', en: 'school' },
  S10: { fr: 'formation', en: 'training' },
  S11: { fr: 'agriculture, élevage, pêche', en: 'farming, livestock, fishing' },
  S12: { fr: 'travail', en: 'work' },
}

/** What the slip may say of a sector: its public words, or none. */
export function publicNeedOf(sector: string): { readonly fr: string; readonly en: string } {
  return publicNeed[sector] ?? { fr: 'accompagnement social', en: 'social support' }
}
