import type { Priority } from '#shared/referrals/referral.ts'
import { Refusal } from '#shared/result.ts'
import { regionStream } from '#shared/sync/stream.ts'
import { today } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import type { ReferenceData } from '../../reference-data.ts'
import { reachableCase } from '../cases/index.ts'
import { findPoint } from '../directory/index.ts'
import { assertReferralAllowed } from './check-referral.ts'

export interface NewReferral {
  readonly caseId: string
  readonly serviceId: string
  readonly need: string
  readonly priority: Priority
}

/** Opens a referral in `draft`; see referrals.create. Returns its id. */
export function createReferral(input: NewReferral, reference: ReferenceData, context: CallContext): string {
  const { store, session, ports } = context
  const day = today(ports.clock)
  const owner = reachableCase('referral.create', input.caseId, context)
  const point = findPoint(store, input.serviceId)
  if (!point || point.sensitive === 1) throw new Refusal('not-found')
  if (owner.origin_site !== null) throw new Refusal('read-only-copy')
  if (owner.status === 'closed') throw new Refusal('case-closed')
  if (!reference.taxonomy.some((t) => t.code === input.need && t.parent === null && !t.sensitive))
    throw new Refusal('bad-input', { field: 'need' })
  assertReferralAllowed(
    { case_id: owner.id, service_point_id: point.id },
    { db: store, siteCode: session.site.code, day, stage: 'draft' },
  )
  return store.write((unit) => {
    const id = unit.insert('referral', {
      stream: regionStream(session.site.code),
      fields: {
        case_id: owner.id,
        service_point_id: point.id,
        need: input.need,
        priority: input.priority,
        status: 'draft',
        created_on: day,
        created_by: session.userId,
      },
    })
    unit.audit({ action: 'referrals.create', object: id })
    return id
  })
}
