import type { Answers } from '../forms/form-definition.ts'
import { allowsIdentity } from './consent.ts'

/** What somebody may take their agreement back for (`consent_withdrawal_scope` of the profile). */
export const withdrawalScopes = ['all', 'sharing', 'stats', 'photo', 'visits'] as const
export type WithdrawalScope = (typeof withdrawalScopes)[number]

/** The answers of the consent that each part of it stands for. */
const questionsOf: Readonly<Record<Exclude<WithdrawalScope, 'all'>, readonly string[]>> = {
  sharing: ['consent_referral_general', 'consent_other_centre'],
  stats: ['consent_statistics'],
  photo: ['consent_photo'],
  visits: ['consent_home_visit'],
}

/** The consent as it is once these parts of it were taken back; nothing else is touched. */
export function takenBack(scopes: readonly WithdrawalScope[]): Answers {
  const all = scopes.includes('all')
  const parts = Object.entries(questionsOf).filter(([scope]) => all || (scopes as readonly string[]).includes(scope))
  return {
    ...Object.fromEntries(parts.flatMap(([, questions]) => questions.map((q) => [q, 'no']))),
    ...(all ? { consent_status: 'refused' } : {}),
  }
}

/** The parts of the consent that are noted as taken back. */
export function withdrawnScopes(answers: Answers): readonly WithdrawalScope[] {
  const noted = answers['consent_withdrawal_scope']
  return Array.isArray(noted) ? withdrawalScopes.filter((s) => noted.includes(s)) : []
}

/**
 * What has to be noted when the consent is changed in the card itself: since when it is taken back, and for what (H5).
 *
 * Who agrees anew is noted as well. Empty when nothing of it changes. `day` is YYYY-MM-DD.
 */
export function noteOfChange(before: Answers, after: Answers, day: string): Answers {
  const was = withdrawnScopes(before)
  const agreed = (answers: Answers, scope: WithdrawalScope): readonly string[] =>
    scope === 'all' ? (allowsIdentity(answers) ? ['consent_status'] : []) : questionsOf[scope].filter((q) => answers[q] === 'yes')
  const now = withdrawalScopes.filter((scope) => {
    const [had, has] = [agreed(before, scope), agreed(after, scope)]
    if (had.some((q) => !has.includes(q))) return true
    return was.includes(scope) && has.every((q) => had.includes(q))
  })
  if (now.join() === was.join()) return {}
  const isMore = now.some((scope) => !was.includes(scope))
  return {
    consent_withdrawal_scope: now,
    ...(now.length === 0 ? { consent_withdrawn_date: null } : isMore ? { consent_withdrawn_date: day } : {}),
  }
}

/** True while providers may be given anything about the person. */
export function sharesWithProviders(answers: Answers): boolean {
  return allowsIdentity(answers) && answers['consent_referral_general'] === 'yes'
}

/** True while other centres may be given anything about the person. */
export function sharesWithCentres(answers: Answers): boolean {
  return allowsIdentity(answers) && answers['consent_other_centre'] === 'yes'
}
