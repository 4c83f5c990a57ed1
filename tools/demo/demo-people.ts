// The invented person and answers of the demonstration.
import type { Consent } from './desk-driver.ts'

export const moraUser = {
  siteSearch: 'Mora',
  siteName: /Mora/,
  siteCode: 'MOR',
  name: 'Aminatou Bello',
  login: 'aminatou.b',
  password: 'le mil pousse vite ici',
  roles: ['CW', 'DIR'],
} as const
export const bueaUser = {
  siteSearch: 'Bu',
  siteName: /Bu[eé]a/,
  siteCode: 'BUE',
  name: 'Ewane Njoh',
  login: 'ewane.n',
  password: 'rain falls on the mountain',
  roles: ['COO'],
} as const

export const consent: Consent = {
  intake_channel: 'arrival',
  interviewer_sex_pref: 'woman',
  interview_private: 'yes',
  interview_language: 'fra',
  interpreter_used: 'no',
  info_points_given: ['purpose', 'who_sees', 'voluntary', 'skip', 'withdraw', 'retention', 'rights', 'complaint', 'limits'],
  legal_basis: 'consent',
  consent_status: 'given',
  consent_giver: 'self',
  consent_method: 'signature',
  consent_date: '24/11/2026',
  consent_referral_general: 'yes',
  consent_other_centre: 'yes',
  consent_statistics: 'yes',
  consent_photo: 'no',
  consent_home_visit: 'no',
  safe_contact_methods: ['own_phone'],
}

export const card: Consent = {
  family_name: 'Ŋgono Ɓello',
  given_names: 'Aïssatou',
  sex: 'F',
  birth_date: '1994',
  birth_precision: 'year',
  nationality: 'CM',
  main_language: 'fra',
  phone: '6 00 00 00 42',
  phone_owner: 'own',
  phone_safe: 'careful',
  id_docs: ['birth'],
  origin_place: 'CM004005:Mayo-Sava',
  current_residence_type: 'host',
  current_place: 'CM004005002:Mora',
  return_intention: 'undecided',
  programme_category: 'ex_hostage',
  health_urgent: 'no',
  immediate_risk: 'no',
  private_talk_offered: 'yes',
  psea_info_given: 'yes',
  track_1: 'agriculture',
  expectations_discussed: 'yes',
}

/** Pieces of the person that must be readable in no file the desks wrote. */
export const markers = ['Ŋgono', 'Ɓello', 'Aïssatou', '600000042', '00 00 42'] as const
