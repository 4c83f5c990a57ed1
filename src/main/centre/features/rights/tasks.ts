import { mayBeCounted } from '#shared/cases/consent.ts'
import { withdrawnScopes } from '#shared/cases/withdrawal.ts'
import { mayDo } from '#shared/permissions.ts'
import { daysBetween } from '#shared/forms/partial-date.ts'
import { requestsOf } from '#shared/rights/person-request.ts'
import { handoverHoursMax, type RightsTasks } from '#shared/rights/contract.ts'
import { stampMilliseconds } from '#shared/sync/stamp.ts'
import { today } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import {
  ageOf,
  closingOf,
  figuresKept,
  mayReach,
  personName,
  taskCases,
  textAnswer,
  timeEnded,
  type CaseRecord,
} from '../cases/index.ts'
import { firstStampOf, waitingReceivers } from './receivers.ts'

const childCategories: readonly unknown[] = ['child', 'born', 'ex_hostage']

/** True for who consented through a guardian and is of age today: the consent is to be asked anew (H27). */
function consentToRenew({ answers }: CaseRecord, day: string): boolean {
  return answers['consent_status'] === 'guardian' && (ageOf(answers, day) ?? 0) >= 18
}

/** Whole hours that a child has waited for a civilian hand-over, undefined for anybody else (H26). Age in doubt counts as childhood. */
function hoursWaiting(record: CaseRecord, { store, ports }: CallContext): number | undefined {
  const { answers } = record
  const isChild = (ageOf(answers, today(ports.clock)) ?? 0) < 18
  if (record.status === 'closed' || !isChild || answers['handover_civil'] === 'yes') return undefined
  if (!childCategories.includes(answers['programme_category'])) return undefined
  const stamp = firstStampOf(store, record.id)
  return stamp === undefined ? undefined : Math.floor((ports.clock.now() - stampMilliseconds(stamp)) / 3_600_000)
}

/** What is owed to the people whose cases the user follows; see rights.tasks. */
export function rightsTasks(context: CallContext): RightsTasks {
  const { store, session, ports } = context
  const day = today(ports.clock)
  const tasks: RightsTasks = {
    handover: [],
    toTell: [],
    requests: [],
    closings: [],
    ended: [],
    renewals: [],
    figures: figuresKept(store),
  }
  for (const record of taskCases(store, session.site.code, day)) {
    if (!mayReach('rights.tasks', record, context)) continue
    const who = {
      caseId: record.id,
      number: record.number,
      name: mayDo(session.roles, 'case.search') ? personName(record.answers) : '',
    }
    for (const { kind, dueOn, decision, doneOn } of requestsOf(record.answers))
      if (doneOn === null)
        tasks.requests.push({ ...who, kind, dueOn, daysLeft: daysBetween(day, dueOn), decided: decision !== null })
    // whoever only controls deadlines learns nothing else of a case
    if (!mayReach('case.read', record, context)) continue
    const closing = closingOf(record.answers)
    if (timeEnded(record, day)) {
      if (mayDo(session.roles, 'erasure.decide'))
        tasks.ended.push({ ...who, until: closing?.keepUntil ?? day, maybeFigures: mayBeCounted(record.answers) })
      continue
    }
    const hours = hoursWaiting(record, context)
    if (hours !== undefined && hours > handoverHoursMax) tasks.handover.push({ ...who, hours })
    if (closing?.state === 'pending' && record.status !== 'closed' && mayDo(session.roles, 'case.close'))
      tasks.closings.push({ ...who, on: closing.on })
    // what only whoever follows the case does
    if (!mayReach('consent.withdraw', record, context)) continue
    if (withdrawnScopes(record.answers).length > 0) {
      const waiting = waitingReceivers(record, context)
      if (waiting > 0) tasks.toTell.push({ ...who, since: textAnswer(record.answers, 'consent_withdrawn_date') || null, waiting })
    }
    if (record.status !== 'closed' && consentToRenew(record, day)) tasks.renewals.push(who)
  }
  tasks.handover.sort((a, b) => b.hours - a.hours)
  tasks.requests.sort((a, b) => a.daysLeft - b.daysLeft)
  return tasks
}
