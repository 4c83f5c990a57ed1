import type { PrintJob } from '#shared/printing/contract.ts'
import { providerName } from '#shared/referrals/referral-slip.ts'
import { Refusal } from '#shared/result.ts'
import type { Language } from '#shared/security/contract.ts'
import type { CallContext } from '../../feature.ts'
import { reachableCase } from '../cases/index.ts'
import { receiversOf } from '../rights/index.ts'

/**
 * Whom to tell that a person no longer agrees (H5), for somebody at the telephone: a receiver knows whom it is about by the code of the slip.
 *
 * Nothing of the person is in it, nor in a name of a provider (H7). Throws Refusal not-found, nothing-to-send when nobody is to be told.
 */
export function callSheet(
  { caseId, language }: { readonly caseId: string; readonly language: Language },
  context: CallContext,
): Extract<PrintJob, { kind: 'call-sheet' }> {
  const { rows } = receiversOf(reachableCase('consent.withdraw', caseId, context), context)
  const wanted = rows.filter((r) => r.mustBeTold)
  if (wanted.length === 0) throw new Refusal('nothing-to-send')
  return {
    kind: 'call-sheet',
    language,
    lines: wanted.map(({ kind, name, place, phone, code, first, toldOn }) => ({
      kind,
      name: providerName(name.fr, name.en)[language],
      place,
      phone,
      code,
      first,
      toldOn,
    })),
    exercise: context.session.mode === 'training',
  }
}
