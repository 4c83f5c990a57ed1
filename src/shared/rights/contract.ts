import { z } from 'zod'
import { withdrawalScopes } from '../cases/withdrawal.ts'
import { Day, Id, Nothing, procedure, shortText } from '../procedure.ts'
import { infoItems } from '../referrals/referral.ts'
import { keepNoteCharactersMax, keepReasons } from '../cases/keep-longer.ts'
import { requestKinds } from './person-request.ts'

/** Names one receiver of a case: the referral whose slip it got, or the centre. */
export const ReceiverKey = z.string().regex(/^(?:referral|centre) [A-Za-z0-9-]{1,64}$/)

/** Somebody who got something about a person. */
export const Receiver = z.strictObject({
  key: ReceiverKey,
  kind: z.enum(['provider', 'centre']),
  name: z.strictObject({ fr: z.string(), en: z.string() }),
  place: z.string(),
  phone: z.string(),
  /** By which the receiver knows whom it is about: the code of the slip; '' for a centre, which holds the case’s number. */
  code: z.string(),
  /** What the slip said of the person. */
  items: z.array(z.enum(infoItems)),
  /** The day of issue, or on which the first copy was made. */
  first: Day,
  /** The days on which a slip was printed at this computer, oldest first. */
  printed: z.array(Day),
  /** The person no longer agrees to what this one has: it is to be told. */
  mustBeTold: z.boolean(),
  toldOn: Day.nullable(),
})
export type Receiver = z.infer<typeof Receiver>

export const Receivers = z.strictObject({
  /** Since when, and for what the person took their agreement back; null for nothing. */
  withdrawn: z.strictObject({ on: Day.nullable(), scopes: z.array(z.enum(withdrawalScopes)) }).nullable(),
  rows: z.array(Receiver),
})
export type Receivers = z.infer<typeof Receivers>

const RequestId = z.string().regex(/^[0-9a-f]{8}$/)
/** What a person asked about their own data, and what became of it. */
export const RequestShown = z.strictObject({
  id: RequestId,
  kind: z.enum(requestKinds),
  on: Day,
  dueOn: Day,
  about: z.string(),
  decision: z.enum(['accepted', 'refused']).nullable(),
  reason: z.string(),
  doneOn: Day.nullable(),
})
export type RequestShown = z.infer<typeof RequestShown>
const Requests = z.strictObject({ rows: z.array(RequestShown) })

const Task = z.strictObject({ caseId: z.string(), number: z.string(), name: z.string() })
/** What the centre owes to the people it follows, for whoever is signed in. */
export const RightsTasks = z.strictObject({
  /** Children who wait for a civilian hand-over for longer than two days (H26). */
  handover: z.array(Task.extend({ hours: z.number().int() })),
  /** Consent was taken back, and receivers were not told yet. */
  toTell: z.array(Task.extend({ since: Day.nullable(), waiting: z.number().int() })),
  /** Requests that wait for an answer, the soonest due first (H44). */
  requests: z.array(Task.extend({ kind: z.enum(requestKinds), dueOn: Day, daysLeft: z.number().int(), decided: z.boolean() })),
  /** Closings that wait for the supervisor. */
  closings: z.array(Task.extend({ on: Day })),
  /** Closed cases whose time has ended: to be anonymised or destroyed (H43). */
  ended: z.array(Task.extend({ until: Day, maybeFigures: z.boolean() })),
  /** People who turned 18 since their guardian consented for them (H27). */
  renewals: z.array(Task),
  /** Cases of which figures alone were kept. */
  figures: z.number().int(),
})
export type RightsTasks = z.infer<typeof RightsTasks>

/** Hours after which a child without a civilian hand-over is a red task; to be fixed with the hand-over protocol (H26). */
export const handoverHoursMax = 48

export const rightsContract = {
  /** What the person asked about their own data. Throws not-found. */
  'rights.requests': procedure({
    input: z.strictObject({ caseId: Id }),
    output: Requests,
    permission: 'case.read',
    audited: 'read',
  }),
  /**
   * The person asks for their own data, or says what is wrong (H44); answered within `requestDaysMax` days.
   *
   * Throws not-found, read-only-copy, bad-input {field: on, about}.
   */
  'rights.ask': procedure({
    input: z.strictObject({ caseId: Id, kind: z.enum(requestKinds), on: Day, about: shortText(500) }),
    output: Requests,
    permission: 'request.receive',
    audited: 'write',
  }),
  /** Decides whether a correction is made; a refusal says why, and answers the request. Throws not-found, read-only-copy, bad-input {field: reason}. */
  'rights.decide': procedure({
    input: z.strictObject({ caseId: Id, request: RequestId, accept: z.boolean(), reason: shortText(200) }),
    output: Requests,
    permission: 'request.decide',
    audited: 'write',
  }),
  /** What was asked is done: the data were given, or the card was corrected as decided. Throws not-found, read-only-copy. */
  'rights.finish': procedure({
    input: z.strictObject({ caseId: Id, request: RequestId }),
    output: Requests,
    permission: 'request.finish',
    audited: 'write',
  }),
  /** What is to be done for the rights of the people whose cases the signed-in user follows. */
  'rights.tasks': procedure({ input: Nothing, output: RightsTasks, permission: 'rights.tasks', audited: 'read' }),
  /** Who received what about a person, and when: by the referrals, the register of prints and the mailboxes (H5). Throws not-found. */
  'rights.receivers': procedure({
    input: z.strictObject({ caseId: Id }),
    output: Receivers,
    permission: 'case.read',
    audited: 'read',
  }),
  /**
   * The person takes back their agreement, whole or in part (H5): what is open with others ends, nothing of it is shared or counted any more.
   *
   * No reason is asked. Throws not-found, read-only-copy, bad-input {field} for a day to come or no part.
   */
  'rights.withdraw': procedure({
    input: z.strictObject({ caseId: Id, on: Day, scopes: z.array(z.enum(withdrawalScopes)).min(1).max(withdrawalScopes.length) }),
    output: Receivers,
    permission: 'consent.withdraw',
    audited: 'write',
  }),
  /**
   * A closed case is kept for longer, for a reason: at most two years more, then it is asked again (H43).
   *
   * Throws not-found for one that is not closed, read-only-copy, bad-input {field: until, note}.
   */
  'rights.keepLonger': procedure({
    input: z.strictObject({ caseId: Id, until: Day, reason: z.enum(keepReasons), note: shortText(keepNoteCharactersMax) }),
    output: z.strictObject({}),
    permission: 'erasure.decide',
    audited: 'write',
  }),
  /** A receiver was told that the person no longer agrees. Throws not-found, read-only-copy, bad-input {field} for a day to come. */
  'rights.told': procedure({
    input: z.strictObject({ caseId: Id, receiver: ReceiverKey, on: Day }),
    output: Receivers,
    permission: 'consent.withdraw',
    audited: 'write',
  }),
} as const
