import type { ReferralFile, ReferralRow } from '#shared/referrals/contract.ts'
import { shownReferralCode } from '#shared/referrals/referral-code.ts'
import { infoItems, isOverdue, nextStates, type InfoItem } from '#shared/referrals/referral.ts'
import { Refusal } from '#shared/result.ts'
import { instantAt } from '../../desk-day.ts'
import type { ReferenceData } from '../../reference-data.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { storedJson } from '../../storage/stored-json.ts'
import { findCase, originName, personName } from '../cases/index.ts'
import { findPoint, serviceRow } from '../directory/index.ts'
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
    servicePlace: record.provider_place ?? point?.locality ?? '',
    createdOn: record.created_on,
    dueOn: record.due_on,
    overdue: isOverdue(record.status, record.due_on, day),
    receivedFrom: originName(record.origin_site),
  }
}

/** A whole referral as its page shows it. Throws Refusal not-found when its service is not held here. */
export function referralFile(
  record: ReferralRecord,
  db: ReadableDb,
  siteCode: string,
  reference: ReferenceData,
  day: string,
): ReferralFile {
  const point = findPoint(db, record.service_point_id)
  if (!point) throw new Refusal('not-found')
  const editable = record.origin_site === null
  return {
    row: referralRow(record, db, siteCode, day),
    need: record.need,
    service: serviceRow(point, reference.places, day),
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
    history: stepsOf(db, record.id).map((s) => ({
      from: s.from_state,
      to: s.to_state,
      on: s.happened_on,
      at: instantAt(s.recorded_at),
      by: s.by_name ?? '',
      reason: s.reason ?? '',
    })),
    next: editable ? [...nextStates(record.status)] : [],
    editable,
  }
}
