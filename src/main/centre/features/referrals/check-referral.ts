import { freshness } from '#shared/directory/freshness.ts'
import { blockReason, type BlockReason, type ReferralStanding, type Stage } from '#shared/referrals/referral-allowed.ts'
import { Refusal } from '#shared/result.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { ageOf, findCase } from '../cases/index.ts'
import { findPoint } from '../directory/index.ts'
import type { ReferralRecord } from './referrals-repository.ts'

/** What a check is about: a record that exists, or the pair that a new one would join. */
export type Checked = Pick<ReferralRecord, 'case_id' | 'service_point_id'> & Partial<ReferralRecord>
export interface CheckAt {
  readonly db: ReadableDb
  readonly siteCode: string
  /** YYYY-MM-DD. */
  readonly day: string
  readonly stage: Stage
}

/** Why a referral may not go on as things are on this day, or undefined. `consent` replaces the recorded one. */
export function referralBlock(
  record: Checked,
  { db, siteCode, day, stage }: CheckAt,
  consent: ReferralStanding['consent'] = recordedConsent(record),
): BlockReason | undefined {
  const answers = findCase(db, siteCode, record.case_id)?.answers ?? {}
  const point = findPoint(db, record.service_point_id)
  return blockReason({
    stage,
    today: day,
    answers,
    ageYears: ageOf(answers, day),
    // a service that became sensitive is in no ordinary list any more (H16)
    service:
      point && point.sensitive !== 1
        ? {
            active: point.status === 'active',
            checked: freshness(point.verified_on, day) !== 'red',
            securityActor: point.security_actor === 1,
          }
        : undefined,
    consent,
  })
}

/** Refuses what `referralBlock` names. */
export function assertReferralAllowed(record: Checked, at: CheckAt, consent?: ReferralStanding['consent']): void {
  const reason = referralBlock(record, at, consent)
  if (reason !== undefined) throw new Refusal(reason)
}

function recordedConsent(record: Checked): ReferralStanding['consent'] {
  if (!record.consent_given || !record.consent_on) return undefined
  return {
    given: record.consent_given === 'yes',
    on: record.consent_on,
    guardianAgrees: record.guardian_agrees === 'yes',
    childAssents: record.child_assents === 'yes',
  }
}
