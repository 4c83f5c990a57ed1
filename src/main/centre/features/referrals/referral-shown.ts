import type { ReferralFile, ReferralRow } from '#shared/referrals/contract.ts'
import { shownReferralCode } from '#shared/referrals/referral-code.ts'
import { offeredStates } from '#shared/referrals/referral-steps.ts'
import { infoItems, isOverdue, maySlip, type InfoItem } from '#shared/referrals/referral.ts'
import { instantAt, today } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import type { Clock } from '../../ports.ts'
import type { ReferenceData } from '../../reference-data.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { storedJson } from '../../storage/stored-json.ts'
import { findCase, originName, personName } from '../cases/index.ts'
import { findPoint, serviceRow } from '../directory/index.ts'
import { referralBlock } from './check-referral.ts'
import { rolesFor } from './referral-access.ts'
import { stepsOf, type ReferralRecord } from './referrals-repository.ts'

/** The items ticked in a referral's consent. */
export function consentItems(record: ReferralRecord): readonly InfoItem[] {
  const stored = storedJson<readonly string[]>(record.consent_items)
  return infoItems.filter((i) => stored.includes(i))
}

/** A referral as lists show it. `day` is YYYY-MM-DD. */
export function referralRow(record: ReferralRecord, db: ReadableDb, siteCode: string, day: string): ReferralRow {
  const owner = findCase(db, siteCode, record.case_id)
  const point = findPoint(db, record.service_point_id)
  return {
    id: record.id,
    caseId: record.case_id,
    caseNumber: owner?.number ?? '',
    personName: owner ? personName(owner.answers) : '',
    code: shownReferralCode(record.code ?? ''),
    status: record.status,
    priority: record.priority,
    serviceName: {
      fr: record.provider_name_fr ?? point?.name_fr ?? '',
      en: record.provider_name_en ?? point?.name_en ?? '',
    },
    // safe houses: no place, wherever it is shown
    servicePlace: record.provider_place ?? (point?.hide_location === 1 ? '' : point?.locality) ?? '',
    createdOn: record.created_on,
    dueOn: record.due_on,
    overdue: isOverdue(record.status, record.due_on, day),
    receivedFrom: originName(record.origin_site),
  }
}

/** Whole hours since a referral was opened. */
export function hoursOpen(record: ReferralRecord, clock: Clock): number {
  return Math.floor((clock.now() - record.created_at) / 3_600_000)
}

/** Where the person goes: as the slip says, or as the directory says before issue. A received referral needs no directory row. */
function providerShown(record: ReferralRecord, db: ReadableDb, reference: ReferenceData, day: string): ReferralFile['provider'] {
  const point = findPoint(db, record.service_point_id)
  const service = point && serviceRow(point, reference.places, day)
  const place = service ? [...new Set([service.place.locality, service.place.arrondissement])].filter(Boolean).join(', ') : ''
  return {
    name: { fr: record.provider_name_fr ?? service?.name.fr ?? '', en: record.provider_name_en ?? service?.name.en ?? '' },
    place: record.provider_place ?? place,
    hours: record.provider_hours ?? service?.hours ?? '',
    phone: record.provider_phone ?? service?.phone ?? '',
  }
}

/** Why the referral's next own step would be refused today, so that the page says it before somebody tries. */
function blockShown(record: ReferralRecord, db: ReadableDb, siteCode: string, day: string): ReferralFile['blocked'] {
  const stage =
    record.status === 'draft' ? 'draft' : record.status === 'ready' ? 'issue' : maySlip(record.status) ? 'print' : undefined
  return (stage && referralBlock(record, { db, siteCode, day, stage })) ?? null
}

/** A whole referral as its page shows it to the signed-in user. */
export function referralFile(
  record: ReferralRecord,
  reference: ReferenceData,
  context: Pick<CallContext, 'store' | 'session' | 'ports'>,
): ReferralFile {
  const { store, session, ports } = context
  const day = today(ports.clock)
  const siteCode = session.site.code
  const editable = record.origin_site === null
  const now = { hoursOpen: hoursOpen(record, ports.clock), dueOn: record.due_on ?? '', today: day }
  return {
    row: referralRow(record, store, siteCode, day),
    need: record.need,
    provider: providerShown(record, store, reference, day),
    consent:
      record.consent_given === null
        ? null
        : {
            given: record.consent_given === 'yes',
            method: record.consent_method,
            on: record.consent_on ?? record.created_on,
            items: [...consentItems(record)],
          },
    appointment: record.appointment ?? '',
    slipLanguage: record.slip_language ?? 'bi',
    validUntil: record.valid_until,
    printedTimes: record.printed,
    history: stepsOf(store, record.id).map((s) => ({
      from: s.from_state,
      to: s.to_state,
      on: s.happened_on,
      at: instantAt(s.recorded_at),
      by: s.by_name ?? '',
      reason: s.reason ?? '',
    })),
    next: editable ? [...offeredStates(record.status, rolesFor(record, context), now)] : [],
    blocked: editable ? blockShown(record, store, siteCode, day) : null,
    editable,
  }
}
