import type { SurveyRow, Texts } from '#shared/forms/form-pack.ts'

/** What stands in place of a row's own cells, each with its reason in a comment or in the name of the table. */
export type Cells = Partial<SurveyRow>

const words = (fr: string, en: string): Texts => ({ fr, en })
const inFuture = words('La date ne peut pas être dans l’avenir.', 'The date cannot be in the future.')
export const dateParts = (q: string) =>
  `number(substr(concat(substr(${q}, 0, 4), substr(${q}, 5, 7), substr(${q}, 8, 10), '0000'), 0, 8))`

/** Groups by the section of the source; the first five are those of the quick card. */
export const groupNames: Readonly<Record<string, string>> = {
  s01_admin: 'interview',
  s02_consent: 'consent',
  s03_identity: 'identity',
  s04_location: 'places',
  s05_household: 'household',
  s06_programme: 'situation',
  s07_education: 'education',
  s08_livelihood: 'livelihood',
  s09_health: 'health',
  s10_wellbeing: 'wellbeing',
  s11_basic_needs: 'basic_needs',
  s12_protection: 'protection',
  s13_child: 'child',
  s14_community: 'community',
  s15_preferences: 'preferences',
  s16_needs: 'needs',
  p01_plan: 'plan_of_person',
  c01_session: 'session',
  r01_referral: 'orientation',
  r02_counter_referral: 'answer_of_provider',
  f01_followup: 'visit',
  x01_closure: 'closing',
  g01_gbv: 'envelope',
  z01_feedback: 'opinion',
}

/** A form of its own for each `form` of the source: its id, and its title where the source has none of its own. */
export const packIds: Readonly<Record<string, string>> = {
  profile: 'profile',
  plan: 'plan',
  counselling: 'counselling',
  referral: 'referral',
  counter_referral: 'counter-referral',
  followup: 'follow-up',
  closure: 'closure',
  gbv_envelope: 'envelope',
  feedback: 'feedback',
}

/** Values that another form of the case holds and that conditions here read: the desk carries them over. */
export const carried: Readonly<Record<string, readonly string[]>> = {
  plan: [],
  'counter-referral': ['ref_date'],
  'follow-up': ['age_years', 'consent_home_visit'],
  closure: ['age_years', 'is_minor'],
}

/** Questions whose answers the search finds. */
export const searched: readonly string[] = [
  'case_number',
  'family_name',
  'given_names',
  'usual_name',
  'father_name',
  'mother_name',
  'phone',
]

/** What the desk fills itself and nobody types. */
export const filledByDesk: readonly string[] = [
  'case_number',
  'registration_date',
  'centre_id',
  'referral_code',
  'ref_provider_snapshot',
  'g_survivor_code',
]

/** No default where the person decides: nothing is ticked beforehand (H4). */
export const defaultsLeftOut: readonly string[] = ['consent_photo', 'leader_informed_ok']

/** Conditions of the source that are a rule of the desk and no constraint of a row. */
export const keptByDesk: Readonly<Record<string, string>> = {
  phone: 'the field itself reads phone numbers',
  cr_code: 'the field itself checks the code’s check character',
  consent_status: 'no case is opened without consent (H1)',
  interview_private: 'a reminder of the page, no refusal',
  wellbeing_by_trained: 'the questions of the section ask for “yes” one by one',
  ref_consent: 'no slip without consent (H2)',
  ref_slip_variant: 'the variants allowed are worked out by the referral (H3, H17)',
  g_listened_only: 'the questions after it are asked only when it is “no”',
}

const between = (from: number, to: number, one: string, other: string): Cells => ({
  constraint: `. >= ${from} and . <= ${to}`,
  constraintMessage: words(one, other),
})
const days = between(0, 7, 'Un nombre de jours de 0 à 7.', 'A number of days from 0 to 7.')
const people = (from: number, to: number) => between(from, to, `Un nombre de ${from} à ${to}.`, `A number from ${from} to ${to}.`)

/** The constraints of the source, each with what to tell. */
export const constraints: Readonly<Record<string, Cells>> = {
  age_stated: between(0, 110, 'Un âge entre 0 et 110 ans.', 'An age between 0 and 110 years.'),
  birth_date: { constraint: `${dateParts('.')} <= number(format-date(today(), '%Y%m%d'))`, constraintMessage: inFuture },
  registration_date: { constraint: '. <= today()', constraintMessage: inFuture },
  consent_date: { constraint: '. <= today()', constraintMessage: inFuture },
  centre_exit_date: {
    constraint: "${centre_entry_date} = '' or . >= ${centre_entry_date}",
    constraintMessage: words('La sortie ne peut pas précéder l’entrée.', 'The exit cannot be before the entry.'),
  },
  cr_presented_date: {
    constraint: "${ref_date} = '' or . >= ${ref_date}",
    constraintMessage: words('Pas avant la date de l’orientation.', 'Not before the date of the referral.'),
  },
  info_points_given: {
    constraint: 'count-selected(.) = 9',
    constraintMessage: words(
      'Tous les points doivent avoir été expliqués avant de continuer.',
      'Every point must have been explained before going on.',
    ),
  },
  interpreter_nda: {
    constraint: ". = 'yes'",
    constraintMessage: words(
      'L’interprète doit signer l’engagement avant l’entretien.',
      'The interpreter must sign the undertaking before the interview.',
    ),
  },
  fb_entered_by_other: {
    constraint: ". = 'yes'",
    constraintMessage: words(
      'Une autre personne que le conseiller doit saisir cet avis.',
      'Someone other than the counsellor must enter this.',
    ),
  },
  fu_mode: {
    constraint: ". != 'home' or ${consent_home_visit} = 'yes'",
    constraintMessage: words('La personne n’a pas accepté les visites à domicile.', 'The person has not agreed to home visits.'),
  },
  household_size: people(1, 60),
  children_0_4: people(0, 20),
  children_5_11: people(0, 20),
  children_12_17: people(0, 20),
  land_ha: people(0, 200),
  max_training_months: people(0, 36),
  rcsi_less_preferred: days,
  rcsi_borrow: days,
  rcsi_portion: days,
  rcsi_adults: days,
  rcsi_meals: days,
  ref_transport: people(0, 100_000),
}

const bornOn = "regex(${birth_date}, '^[0-9]{4}(-[0-9]{2}){0,2}$')"
/** Completed years: with only a month or a year known, the younger possible age (H23). */
const ageFromBirth =
  "int((number(format-date(today(), '%Y%m%d')) - number(concat(substr(${birth_date}, 0, 4), " +
  "if(string-length(${birth_date}) >= 7, substr(${birth_date}, 5, 7), '12'), if(string-length(${birth_date}) = 10, substr(${birth_date}, 8, 10), '31')))) div 10000)"
const ageFromStated = "${age_stated} + if(${registration_date} = '', 0, int((today() - ${registration_date}) div 365.25))"
const rcsi = (prefix: string) =>
  `\${${prefix}less_preferred} + 2 * \${${prefix}borrow} + \${${prefix}portion} + 3 * \${${prefix}adults} + \${${prefix}meals}`
const who5 = (prefix: string) => `4 * (${[1, 2, 3, 4, 5].map((i) => `\${${prefix}${i}}`).join(' + ')})`
const wg = ['seeing', 'hearing', 'walking', 'remembering', 'selfcare', 'communicating'].map((i) => `\${wg_${i}}`)

/** The formulas of the source that are worked out in the form. */
export const calculations: Readonly<Record<string, string>> = {
  age_years: `if(${bornOn}, ${ageFromBirth}, if(regex(\${age_stated}, '^[0-9]+$'), ${ageFromStated}, ''))`,
  is_minor: "if(${age_years} = '' or ${age_years} < 18, 'yes', 'no')",
  wg_disability:
    `if(${wg.map((q) => `${q} = '3' or ${q} = '4'`).join(' or ')}, 'yes', ` +
    `if(${wg.map((q) => `${q} = '1' or ${q} = '2'`).join(' or ')}, 'no', ` +
    `if(${wg.map((q) => `${q} != ''`).join(' and ')}, 'unknown', '')))`,
  who5_score: who5('who5_'),
  rcsi_score: rcsi('rcsi_'),
  vulnerability_score:
    "if(${health_urgent} = 'yes' or ${immediate_risk} = 'yes', 'urgent', " +
    "if(${vulnerability_points} >= 6, 'high', if(${vulnerability_points} >= 3, 'medium', 'low')))",
  ref_due:
    "if(${ref_date} = '', '', date(${ref_date} + if(${ref_priority} = 'urgent', 1, if(${ref_priority} = 'high', 3, if(${ref_priority} = 'normal', 7, 30)))))",
  fu_rcsi: rcsi('fu_rcsi_'),
  fu_who5: who5('fu_who5_'),
  retention_until:
    "if(${close_date} = '', '', date(${close_date} + if(${is_minor} = 'yes', int((21 - coalesce(${age_years}, 0)) * 365.25), 1826)))",
}

const flag = (code: string, points: number) => `if(selected(\${vulnerability_flags}, '${code}'), ${points}, 0)`
/** Points by factor, for the screen to show each (H47); no score of any security risk. */
export const vulnerabilityPoints = [
  "if(${wg_disability} = 'yes' or selected(${vulnerability_flags}, 'disability'), 2, 0)",
  "if(${is_minor} = 'yes', 2, 0)",
  "if(${current_residence_type} = 'street' or ${shelter_condition} = 'none' or selected(${vulnerability_flags}, 'homeless'), 2, 0)",
  'if(${rcsi_score} >= 19, 2, 0)',
  flag('rejection', 1),
  "if(selected(${id_docs}, 'none') or selected(${vulnerability_flags}, 'no_docs'), 1, 0)",
  ...['single_parent', 'female_head', 'child_head', 'elderly_alone', 'medical', 'pregnant', 'uasc', 'stateless'].map((code) =>
    flag(code, 1),
  ),
].join(' + ')

const onlyWhenMore = "${g_listened_only} = 'no'"
/** Cells that differ from what the source would give, each for the reason told. */
export const ownCells: Readonly<Record<string, Cells>> = {
  // asked with the consent, before any age is known
  child_assent: { relevant: "${consent_status} = 'guardian' or (${consent_giver} != 'self' and ${consent_giver} != '')" },
  guardian_consent_name: { relevant: "${consent_giver} != 'self' and ${consent_giver} != ''" },
  usual_name: { hint: words('Nom donné par la famille ou les voisins.', 'Name given by family or neighbours.') },
  birth_date: {
    hint: words(
      'Jour, mois et année, ou mois et année, ou l’année seule : 24/03/1994, 03/1994 ou 1994.',
      'Day, month and year, or month and year, or the year alone: 24/03/1994, 03/1994 or 1994.',
    ),
  },
  phone: { hint: words('Neuf chiffres, ou + et l’indicatif d’un autre pays.', 'Nine digits, or + and another country’s code.') },
  rcsi_less_preferred: { hint: words('Nombre de jours sur les 7 derniers.', 'Number of days out of the last 7.') },
  // the person chose to be listened to only: nothing more is asked
  ...Object.fromEntries(
    ['g_safe_now', 'g_within_72h', 'g_is_minor', 'g_services_wanted'].map((name) => [name, { relevant: onlyWhenMore }]),
  ),
}

/** Words of the source that would tell of the programme (H7), and what stands in their place. */
export const rewordings: readonly (readonly [RegExp, string])[] = [
  [/un autre centre CNDDR/g, 'un autre centre'],
  [/\(CNDDR, (OIM|IOM)/g, '($1'],
  [/^Centre CNDDR$/g, 'Centre'],
  [/^CNDDR centre$/g, 'Centre'],
  [/l’orientation vient du CNDDR/g, 'l’orientation vient de ce centre'],
  [/the referral comes from CNDDR/g, 'the referral comes from this centre'],
]

/** The note of the envelope, in words that name nothing (H13). */
export const envelopeNote = words(
  'Jamais de récit, de nom d’une autre personne, de lieu ni de photo. Le dossier de soins appartient au prestataire spécialisé.',
  'Never an account, the name of another person, a place or a photo. The care file belongs to the specialised provider.',
)

/** Instruments whose official wording is not in the source: what stands there is a placeholder, and says so. */
export const placeholders: readonly { readonly standard: string; readonly hint: Texts }[] = [
  {
    standard: 'WG-SS',
    hint: words(
      'Libellé provisoire : la traduction officielle du Groupe de Washington reste à charger.',
      'Provisional wording: the Washington Group’s official translation is to be loaded.',
    ),
  },
  {
    standard: 'WHO-5',
    hint: words(
      'Libellé provisoire : le texte officiel de l’OMS reste à charger.',
      'Provisional wording: the official WHO text is to be loaded.',
    ),
  },
]
