import { z } from 'zod'
import type { SentValue } from '#shared/sync/entry.ts'
import { isStampTime } from '#shared/sync/stamp.ts'
import { caseFormStates } from '#shared/case-forms/case-form.ts'
import { linkSubjects, linkVerdicts, relations } from '#shared/people/case-link.ts'
import { infoItems, priorities, referralStates } from '#shared/referrals/referral.ts'
import type { JournaledKind } from './journaled-tables.ts'

type Check = (value: SentValue) => boolean

const dayPattern = z.regexes.date
const day: Check = (v) => typeof v === 'string' && dayPattern.test(v)
const text: Check = (v) => typeof v === 'string'
const integer: Check = (v) => Number.isSafeInteger(v)
const number: Check = (v) => typeof v === 'number'
const flag: Check = (v) => v === 0 || v === 1
const oneOf =
  (...allowed: readonly string[]): Check =>
  (v) =>
    typeof v === 'string' && allowed.includes(v)
const orNull =
  (check: Check): Check =>
  (v) =>
    v === null || check(v)
const yesNo = oneOf('yes', 'no')
const toldBy = oneOf('provider', 'person', 'staff')
const state = oneOf(...referralStates)

/** What a register may hold when it is more than free text; a value that a page could not show must not get into a row. */
const checks: Readonly<Record<JournaledKind, Readonly<Record<string, Check>>>> = {
  case: { number: text, status: oneOf('draft', 'active', 'closed'), registered_on: day, form_version: text },
  information_session: { held_on: day, outcome: oneOf('refused', 'deferred') },
  organization: { security_actor: orNull(flag), is_sample: orNull(flag) },
  service: {
    status: oneOf('active', 'inactive', 'to-verify'),
    capacity: orNull(integer),
    is_sample: orNull(flag),
    sensitive: orNull(flag),
  },
  service_point: { lat: orNull(number), lon: orNull(number), hide_location: orNull(flag), verified_on: orNull(day) },
  referral: {
    case_id: text,
    need: text,
    priority: oneOf(...priorities),
    status: state,
    created_on: day,
    issued_on: orNull(day),
    due_on: orNull(day),
    valid_until: orNull(day),
    consent_given: orNull(yesNo),
    consent_method: orNull(oneOf('signature', 'thumb', 'verbal')),
    consent_on: orNull(day),
    consent_items: (v) => Array.isArray(v) && v.every((i) => (infoItems as readonly unknown[]).includes(i)),
    guardian_agrees: orNull(yesNo),
    child_assents: orNull(yesNo),
    slip_language: orNull(oneOf('fr', 'en', 'bi')),
    served_told_by: orNull(toldBy),
  },
  referral_step: {
    referral_id: text,
    from_state: state,
    to_state: state,
    happened_on: day,
    recorded_at: isStampTime,
    told_by: toldBy,
  },
  case_form: { case_id: text, form: text, form_version: text, filled_on: day, state: oneOf(...caseFormStates) },
  case_link: {
    case_a: text,
    case_b: text,
    about: oneOf(...linkSubjects),
    verdict: oneOf(...linkVerdicts),
    leading: orNull(oneOf('a', 'b')),
    relation: orNull(oneOf(...relations)),
  },
  roster_entry: { body: text, sig: text },
  form_version: { body: text, sig: text, pack: text },
}
/** Registers without which a row cannot be shown: the insert brings them. */
const required: Readonly<Record<JournaledKind, readonly string[]>> = {
  case: ['number', 'status', 'registered_on', 'form_version'],
  information_session: ['held_on', 'outcome'],
  organization: [],
  service: ['status'],
  service_point: [],
  referral: ['case_id', 'need', 'priority', 'status', 'created_on'],
  referral_step: ['referral_id', 'from_state', 'to_state', 'happened_on', 'recorded_at', 'told_by'],
  case_form: ['case_id', 'form', 'form_version', 'filled_on', 'state'],
  case_link: ['case_a', 'case_b', 'about', 'verdict'],
  roster_entry: ['body', 'sig'],
  form_version: ['body', 'sig', 'pack'],
}

/** True when a received value can be kept in its register. Codes of a set are 0 or 1; answers are of any kind. */
export function fitsRegister(kind: JournaledKind, register: string, value: SentValue): boolean {
  if (register.includes('/')) return flag(value)
  const check = checks[kind][register]
  if (check) return check(value)
  return register.startsWith('a_') || value === null || typeof value === 'string'
}

/** True when an insert brings what its row needs to be shown. */
export function isWholeInsert(kind: JournaledKind, fields: Readonly<Record<string, SentValue>>): boolean {
  return required[kind].every((f) => fields[f] !== undefined && fields[f] !== null)
}
