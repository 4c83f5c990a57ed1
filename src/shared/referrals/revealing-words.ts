/** Names of armed groups and of acts; some are also surnames (Amba, Boko), so a person's own name is not held against them. */
const alsoSurnames = ['boko\\p{L}*', 'haram', 'ambas?', 'viols?', 'rap(?:e|es|ed|ing|ists?)']

/** Also written with dots. */
const acronyms = ['cnddr', 'pnddrr', 'ddr', 'ddrr', 'icrs', 'iswap', 'caafag', 'eafga', 'gbv', 'sgbv', 'vbg', 'vih', 'hiv']

const plainly = [
  ...acronyms.map((a) => [...a].join('\\.?')),
  // programmes and groups
  'ex[-\\s]*(?:associ|combat|otage|hostage|fighter|rebel)\\p{L}*',
  '(?:former|ancien(?:ne)?s?)\\s+(?:associ|combat|otage|hostage|fighter|rebel)\\p{L}*',
  'combatt?ant(?:e|s|es)?',
  'otages?',
  'hostages?',
  'ambazon\\p{L}*',
  'ambaland',
  'repent\\p{L}*',
  'd[ée]mobili[sz]\\p{L}*',
  'd[ée]sarm\\p{L}*',
  'disarm\\p{L}*',
  'd[ée]radicali\\p{L}*',
  'terroris\\p{L}*',
  'd?jihad\\p{L}*',
  // violence and its services
  'viol(?:é|ée|és|ées|en[ct]|eu[rs]|at)\\p{L}*',
  'surviv(?:or|ant)\\p{L}*',
  'sex(?:ual|uel)\\p{L}*',
  'abus(?:e|es|ed|é|ée|és|ées|ive|ifs?)?',
  'harc[eè]l\\p{L}*',
  'harass\\p{L}*',
  'maltrait\\p{L}*',
  'mutil\\p{L}*',
  'safe[-\\s]?(?:house|space)s?',
  '(?:maison|espace)s?\\s+s[uû]re?s?',
  // what a sick person has is nobody's business
  'sida',
  'psychiatr\\p{L}*',
  'sant[ée]\\s+mentale',
  'mental\\s+health',
  'addict\\p{L}*',
  'toxicoman\\p{L}*',
  'tubercul\\p{L}*',
  'l[eè]pr\\p{L}*',
]

/** Whole words only: Nanga-Eboko, Ambam, Violette and pilotage hold none of them. */
const wholeWords = (words: readonly string[]): RegExp => new RegExp(`(?<!\\p{L})(?:${words.join('|')})(?!\\p{L})`, 'iu')
const always = wholeWords(plainly)
const unlessAName = wholeWords(alsoSurnames)

/** True if a text may stand on a slip: nothing in it reveals where somebody comes from, what was done to them, what they have (H7, D.3). */
export function isNeutral(text: string): boolean {
  return isNeutralName(text) && !unlessAName.test(plain(text))
}

/** True if a person's own name may stand on a slip. */
export function isNeutralName(name: string): boolean {
  return !always.test(plain(name))
}

function plain(text: string): string {
  return text.normalize('NFC').replace(/[\u2010-\u2015\u2212]/g, '-')
}

/** The part of a name before what would reveal: "Hôpital de Mora – psychiatrie" is "Hôpital de Mora". Undefined when nothing is left. */
export function neutralPart(name: string): string | undefined {
  if (isNeutral(name)) return name
  const head = name.split(/\s+[-\u2010-\u2015]\s+|\s*[(:,;/]/)[0]?.trim() ?? ''
  return head !== '' && isNeutral(head) ? head : undefined
}
