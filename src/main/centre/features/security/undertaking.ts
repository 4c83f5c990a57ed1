import { foldName } from '#shared/cases/fold-name.ts'
import { Refusal } from '#shared/result.ts'
import type { Language } from '#shared/security/contract.ts'
import { dayMilliseconds } from '../../desk-day.ts'
import type { OpenDesk } from './open-desk.ts'

/** Grows when the words of the undertaking change (catalogues, `undertaking`): the audit says which words were accepted. */
const undertakingVersion = 1
const daysValid = 365

/** True when the user has not accepted the confidentiality undertaking, or a year ago (H49). Both in milliseconds since 1970. */
export function undertakingIsDue(acceptedAt: number | null, now: number): boolean {
  return acceptedAt === null || now >= acceptedAt + daysValid * dayMilliseconds
}

/** Keeps the acceptance, in words read in `language`. Throws Refusal undertaking-name-differs when another name than the user's was typed. */
export function acceptsUndertaking({ store, session }: OpenDesk, typedName: string, language: Language): void {
  if (foldName(typedName) !== foldName(session.userName)) throw new Refusal('undertaking-name-differs')
  store.write((unit) => {
    unit.local('UPDATE app_user SET undertaking_at = ? WHERE id = ?', unit.now, session.userId)
    unit.audit({
      action: 'undertaking.accept',
      object: session.userId,
      details: { version: undertakingVersion, language },
    })
  })
}
