import { bytesToHex } from '@noble/hashes/utils.js'
import { requestAnswers, requestsOf, type PersonRequest, type RequestKind } from '#shared/rights/person-request.ts'
import type { PermissionId } from '#shared/permissions.ts'
import { Refusal } from '#shared/result.ts'
import { today } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import type { WriteUnit } from '../../storage/store.ts'
import { answerRegisters, findCase, reachableCase, type CaseRecord } from '../cases/index.ts'

/** The register that names the requests still open, so that they are found without reading every case. */
const openRegister = 'requests_open'

function openIds({ answers }: CaseRecord): readonly string[] {
  const open = answers[openRegister]
  return Array.isArray(open) ? open : []
}

function ownCase(permission: PermissionId, caseId: string, context: CallContext): CaseRecord {
  const record = reachableCase(permission, caseId, context)
  if (record.origin_site !== null) throw new Refusal('read-only-copy')
  return record
}

function openRequest(record: CaseRecord, id: string): PersonRequest {
  const found = requestsOf(record.answers).find((r) => r.id === id && r.doneOn === null)
  if (!found) throw new Refusal('not-found')
  return found
}

/** Writes a request down, inside the caller's transaction; returns its id. */
export function insertRequest(
  unit: WriteUnit,
  record: CaseRecord,
  { kind, on, about }: { readonly kind: RequestKind; readonly on: string; readonly about: string },
  context: Pick<CallContext, 'ports'>,
): string {
  const id = bytesToHex(context.ports.random.bytes(4))
  unit.change(
    'case',
    record.id,
    answerRegisters({ ...requestAnswers(id, { kind, on, about }), [openRegister]: [...openIds(record), id] }),
  )
  return id
}

/** Ends a request, inside the caller's transaction. */
export function endRequest(unit: WriteUnit, record: CaseRecord, id: string, on: string): void {
  unit.change(
    'case',
    record.id,
    answerRegisters({ ...requestAnswers(id, { done_on: on }), [openRegister]: openIds(record).filter((o) => o !== id) }),
  )
}

/** The requests of a case, as they are now. */
export function requestsNow(caseId: string, context: CallContext): PersonRequest[] {
  const record = findCase(context.store, context.session.site.code, caseId)
  return record ? requestsOf(record.answers) : []
}

/** The person asks; see rights.ask. */
export function askRequest(
  input: { readonly caseId: string; readonly kind: RequestKind; readonly on: string; readonly about: string },
  context: CallContext,
): void {
  const record = ownCase('request.receive', input.caseId, context)
  if (input.on > today(context.ports.clock)) throw new Refusal('bad-input', { field: 'on' })
  if (input.kind === 'correction' && input.about === '') throw new Refusal('bad-input', { field: 'about' })
  context.store.write((unit) => {
    insertRequest(unit, record, input, context)
    unit.audit({ action: 'rights.ask', object: record.id, details: { kind: input.kind } })
  })
}

/** The supervisor decides whether a correction is made; see rights.decide. A refused one is answered with that. */
export function decideRequest(
  input: { readonly caseId: string; readonly request: string; readonly accept: boolean; readonly reason: string },
  context: CallContext,
): void {
  const record = ownCase('request.decide', input.caseId, context)
  const { kind, decision } = openRequest(record, input.request)
  if (kind !== 'correction' || decision !== null) throw new Refusal('not-found')
  if (!input.accept && input.reason === '') throw new Refusal('bad-input', { field: 'reason' })
  context.store.write((unit) => {
    const decided = requestAnswers(input.request, {
      decision: input.accept ? 'accepted' : 'refused',
      ...(input.accept ? {} : { reason: input.reason, done_on: today(context.ports.clock) }),
    })
    const open = openIds(record).filter((o) => input.accept || o !== input.request)
    unit.change('case', record.id, answerRegisters({ ...decided, [openRegister]: open }))
    unit.audit({ action: 'rights.decide', object: record.id, details: { accepted: input.accept ? 'yes' : 'no' } })
  })
}

/** What was asked is done; see rights.finish. A correction is one that was decided, made in the card itself. */
export function finishRequest(input: { readonly caseId: string; readonly request: string }, context: CallContext): void {
  const record = ownCase('request.finish', input.caseId, context)
  const { kind, decision } = openRequest(record, input.request)
  if (kind === 'correction' && decision !== 'accepted') throw new Refusal('not-found')
  context.store.write((unit) => {
    endRequest(unit, record, input.request, today(context.ports.clock))
    unit.audit({ action: 'rights.finish', object: record.id, details: { kind } })
  })
}
