import { fault, type FormFault } from './form-fault.ts'
import type { FormPack, SurveyRow } from './form-pack.ts'
import type { SheetPlaces } from './read-sheets.ts'

/**
 * Questions that the desk itself reads, by form: consent and reach (H1, H2), name, age, the end of a case and how long it is kept.
 *
 * Their words are free; they themselves, their type, their codes, when they are asked and how sensitive they are stay as in the form that ships.
 */
export const deskQuestions: Readonly<Record<string, readonly string[]>> = {
  profile: [
    ...['interviewer_sex_pref', 'interview_language', 'info_points_given', 'consent_status', 'consent_giver', 'child_assent'],
    ...['guardian_consent_name', 'consent_method', 'consent_witness', 'consent_date', 'consent_referral_general'],
    ...['consent_other_centre', 'consent_statistics', 'consent_photo', 'consent_home_visit', 'safe_contact_methods'],
    ...['safe_contact_notes', 'consent_withdrawn_date', 'consent_withdrawal_scope', 'family_name', 'given_names', 'usual_name'],
    ...['sex', 'birth_date', 'birth_precision', 'age_stated', 'age_years', 'is_minor', 'main_language', 'phone', 'phone_owner'],
    // the offer of a private talk is made to everybody (H14)
    'private_talk_offered',
    ...['phone_safe', 'id_docs', 'programme_category', 'handover_civil', 'handover_date', 'guardian_name'],
  ],
  closure: ['close_date', 'close_reason', 'close_supervisor', 'retention_until'],
}

/** What a new version of a form may not change: see `deskQuestions`. `shipped` is the form of that id that came with the application. */
export function deskFaults(shipped: FormPack, pack: FormPack, places: SheetPlaces): readonly FormFault[] {
  const rows = (of: FormPack) => new Map(of.survey.map((row, at) => [row.name, { row, at }]))
  const [before, after] = [rows(shipped), rows(pack)]
  return (deskQuestions[shipped.id] ?? []).flatMap((question) => {
    const was = before.get(question)
    if (!was) return []
    const is = after.get(question)
    if (!is) return [fault('desk-question', { column: 'name', about: question, question })]
    const row = places.survey[is.at] ?? 0
    const changed = (['type', 'widget', 'tier', 'sensitivity', 'required', 'relevant'] as const).find(
      (c) => was.row[c] !== is.row[c],
    )
    if (changed !== undefined) return [fault('desk-question-changed', { row, column: changed, about: question, question })]
    const codes = codesOf(pack, is.row)
    const lacking = [...codesOf(shipped, was.row)].filter((code) => !codes.has(code))
    return lacking.map((code) => fault('desk-choice', { row, column: 'type', about: `${question} = ${code}`, question }))
  })
}

function codesOf(pack: FormPack, { list }: SurveyRow): ReadonlySet<string> {
  return new Set((pack.choices[list ?? ''] ?? []).map((c) => c.name))
}
