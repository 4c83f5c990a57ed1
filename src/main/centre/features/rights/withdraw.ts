import { takenBack, withdrawnScopes, withdrawalScopes, type WithdrawalScope } from '#shared/cases/withdrawal.ts'
import type { Receivers } from '#shared/rights/contract.ts'
import { Refusal } from '#shared/result.ts'
import { today } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import { answerRegisters, findCase, reachableCase, type CaseRecord } from '../cases/index.ts'
import { endAsWithdrawn } from '../referrals/index.ts'
import { mustTell, receiversOf, toldRegister } from './receivers.ts'

/** The case if it is this centre's own and the withdrawal may be noted on this day. Throws Refusal not-found, read-only-copy, bad-input. */
function ownCase(caseId: string, on: string, context: CallContext): CaseRecord {
  const record = reachableCase('consent.withdraw', caseId, context)
  if (record.origin_site !== null) throw new Refusal('read-only-copy')
  if (on > today(context.ports.clock)) throw new Refusal('bad-input', { field: 'on' })
  return record
}

function receiversNow(caseId: string, context: CallContext): Receivers {
  const record = findCase(context.store, context.session.site.code, caseId)
  if (!record) throw new Refusal('not-found')
  return receiversOf(record, context)
}

/** Notes what the person takes back, and ends what is open with others; see rights.withdraw. */
export function withdrawConsent(
  { caseId, on, scopes }: { readonly caseId: string; readonly on: string; readonly scopes: readonly WithdrawalScope[] },
  context: CallContext,
): Receivers {
  const { store, session } = context
  const record = ownCase(caseId, on, context)
  const before = withdrawnScopes(record.answers)
  const noted = withdrawalScopes.filter((s) => scopes.includes(s) || before.includes(s))
  store.write((unit) => {
    unit.change(
      'case',
      caseId,
      answerRegisters({ ...takenBack(scopes), consent_withdrawn_date: on, consent_withdrawal_scope: noted }),
    )
    const ended = scopes.includes('all') || scopes.includes('sharing') ? endAsWithdrawn(unit, caseId, on, session.userName) : 0
    unit.audit({ action: 'rights.withdraw', object: caseId, details: { scopes: scopes.join(' '), ended } })
  })
  return receiversNow(caseId, context)
}

/** Notes that a receiver was told; see rights.told. */
export function noteTold(
  { caseId, receiver, on }: { readonly caseId: string; readonly receiver: string; readonly on: string },
  context: CallContext,
): Receivers {
  const record = ownCase(caseId, on, context)
  if (!mustTell(record, receiver, context)) throw new Refusal('not-found')
  const told = record.answers[toldRegister]
  const others = Array.isArray(told) ? told.filter((code) => !code.startsWith(`${receiver} `)) : []
  context.store.write((unit) => {
    unit.change('case', caseId, answerRegisters({ [toldRegister]: [...others, `${receiver} ${on}`] }))
    unit.audit({ action: 'rights.told', object: caseId })
  })
  return receiversNow(caseId, context)
}
