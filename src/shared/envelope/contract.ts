import { z } from 'zod'
import { PrintJob, SlipFormat } from '../printing/contract.ts'
import { FileToken, Id, Instant, Nothing, procedure, shortText } from '../procedure.ts'
import { Password, RecoveryCodeTyped } from '../security/contract.ts'
import { consentMethods, Envelope, EnvelopeAnswers, outcomes, WantedService } from './envelope.ts'

/** Minutes without a call about envelopes after which they close (H29). */
export const envelopeIdleMinutes = 2

const State = z.strictObject({
  open: z.boolean(),
  /** When something was last changed; null: never, or closed. An older copy of the file in its place shows here. */
  changedAt: Instant.nullable(),
  /** No paper code opens it yet. */
  paperDue: z.boolean(),
  /** The user's own six words, which somebody who gives access compares with theirs. */
  words: z.array(z.string()),
})
const Row = z.strictObject({
  id: Id,
  code: z.string(),
  caseId: Id,
  /** '' when the case is not held here. */
  caseNumber: z.string(),
  opened: z.string(),
  /** Whole hours of the 72 that are left; 0 when they are over; null without a clock. */
  hoursLeft: z.number().int().nullable(),
  nextContact: z.string(),
  closed: z.boolean(),
})
const ServiceOffered = z.strictObject({
  serviceId: Id,
  nameFr: z.string(),
  nameEn: z.string(),
  place: z.string(),
  phone: z.string(),
  services: z.array(WantedService),
  /** Day on which a focal point found it fit; null: never. */
  checkedOn: z.string().nullable(),
  /** Within 90 days, and open: it may be chosen. */
  offered: z.boolean(),
})
export const Shown = z.strictObject({ envelope: Envelope, row: Row })
/** A call that is not there for whoever does not keep envelopes (H22). */
export const secretCall = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) =>
  procedure({ input, output, permission: null, secret: 'envelope.own' })
export const Done = z.strictObject({})

/**
 * Talks in private (docs/adr/0032-the-vault.md). For whoever does not hold `envelope.own` each call answers not-found, whatever is asked.
 *
 * All but `state`, `open`, `openWithPaper` and `beginAnew` throw private-closed; all that change something throw private-full, disk-full.
 */
export const envelopeContract = {
  'envelope.state': secretCall(Nothing, State),
  /** Throws wrong-password, wait-before-retry, private-no-key, private-damaged. */
  'envelope.open': secretCall(z.strictObject({ password: Password }), State),
  /** With the paper code, which gives the signed-in user access again. Throws wrong-recovery-code and what `open` throws. */
  'envelope.openWithPaper': secretCall(z.strictObject({ code: RecoveryCodeTyped, password: Password }), State),
  /** Gives up what nobody can open any more. Throws wrong-password, wait-before-retry. */
  'envelope.beginAnew': secretCall(z.strictObject({ password: Password }), State),
  'envelope.close': secretCall(Nothing, Done),
  /** The user is still at it. */
  'envelope.stay': secretCall(Nothing, Done),
  /** A new paper code, grouped; it counts once it was typed back. */
  'envelope.newPaper': secretCall(Nothing, z.strictObject({ code: z.string() })),
  /** Throws wrong-recovery-code, not-found without `newPaper`. */
  'envelope.keepPaper': secretCall(z.strictObject({ code: RecoveryCodeTyped }), State),
  /** `text`: part of a code or of a case number; '' for all. */
  'envelope.list': secretCall(z.strictObject({ text: shortText(40) }), z.strictObject({ rows: z.array(Row) })),
  'envelope.get': secretCall(z.strictObject({ id: Id }), Shown),
  /** Throws not-found for a case that is not held here. */
  'envelope.create': secretCall(z.strictObject({ caseId: Id }), Shown),
  /** Throws bad-input {field} for answers that do not go together. */
  'envelope.save': secretCall(z.strictObject({ id: Id, answers: EnvelopeAnswers }), Shown),
  /** The services for a wish that were found fit within 90 days (H16). */
  'envelope.services': secretCall(z.strictObject({ service: WantedService }), z.strictObject({ rows: z.array(ServiceOffered) })),
  /** Every service of the directory by its words, to be found fit or not. */
  'envelope.directory': secretCall(z.strictObject({ text: shortText(80) }), z.strictObject({ rows: z.array(ServiceOffered) })),
  /** For which wishes a service is fit, from today on; none: not any more. */
  'envelope.markService': secretCall(z.strictObject({ serviceId: Id, services: z.array(WantedService).max(7) }), Done),
  /** Throws service-needs-check for a service that is not offered, service-not-for-minors, bad-input {field}. */
  'envelope.consent': secretCall(
    z.strictObject({
      id: Id,
      service: WantedService,
      serviceId: Id,
      consent: z.enum(['yes', 'no']),
      method: z.enum(consentMethods),
      mayCallBack: z.enum(['yes', 'no']),
    }),
    Shown,
  ),
  /** What the coupon of a referral says. */
  'envelope.outcome': secretCall(z.strictObject({ id: Id, code: z.string().max(20), outcome: z.enum(outcomes) }), Shown),
  /** For good, at the person's request. */
  'envelope.erase': secretCall(z.strictObject({ id: Id }), Done),
  'envelope.previewSlip': secretCall(z.strictObject({ id: Id, code: z.string().max(20), format: SlipFormat }), PrintJob),
  /** Shell only. */
  'envelope.prepareSlip': secretCall(
    z.strictObject({ id: Id, code: z.string().max(20), format: SlipFormat }),
    z.strictObject({ job: Id }),
  ),
  'envelope.printSlip': procedure({
    input: z.strictObject({
      id: Id,
      code: z.string().max(20),
      format: SlipFormat,
      to: z.union([z.literal('printer'), z.strictObject({ file: FileToken })]),
    }),
    output: z.strictObject({ printed: z.boolean() }),
    permission: null,
    secret: 'envelope.own',
    shell: true,
  }),
  /** Those who could be given access, with six words for both to compare. */
  'envelope.holders': secretCall(
    Nothing,
    z.strictObject({
      rows: z.array(
        z.strictObject({ id: Id, name: z.string(), hasAccess: z.boolean(), words: z.array(z.string()), self: z.boolean() }),
      ),
    }),
  ),
  'envelope.giveAccess': secretCall(z.strictObject({ userId: Id }), Done),
  /** What was done with envelopes, newest first; `whole` is false when a line was changed or taken out. */
  'envelope.audit': secretCall(
    Nothing,
    z.strictObject({
      whole: z.boolean(),
      rows: z.array(z.strictObject({ at: Instant, user: z.string(), action: z.string(), about: z.string() })),
    }),
  ),
} as const
