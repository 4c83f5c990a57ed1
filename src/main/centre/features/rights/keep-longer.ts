import { keepLongerMax, type KeepReason } from '#shared/cases/keep-longer.ts'
import { Refusal } from '#shared/result.ts'
import { today } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import { answerRegisters, closingOf, ownCase } from '../cases/index.ts'

/** Keeps a closed case for longer, for a reason; see rights.keepLonger. */
export function keepLonger(
  {
    caseId,
    until,
    reason,
    note,
  }: { readonly caseId: string; readonly until: string; readonly reason: KeepReason; readonly note: string },
  context: CallContext,
): void {
  const day = today(context.ports.clock)
  const record = ownCase('erasure.decide', caseId, context)
  const keepUntil = record.status === 'closed' ? (closingOf(record.answers)?.keepUntil ?? null) : null
  if (keepUntil === null) throw new Refusal('not-found')
  if (until <= keepUntil || until <= day || until > keepLongerMax(keepUntil, day))
    throw new Refusal('bad-input', { field: 'until' })
  if (reason === 'other' && note === '') throw new Refusal('bad-input', { field: 'note' })
  context.store.write((unit) => {
    unit.change('case', caseId, answerRegisters({ retention_until: until, close_keep_reason: reason }))
    unit.audit({ action: 'rights.keepLonger', object: caseId, details: { reason, until, ...(note === '' ? {} : { note }) } })
  })
}
