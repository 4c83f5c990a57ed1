import { z } from 'zod'
import { CaseRow } from '../cases/contract.ts'
import { Id, Instant, JobId, procedure, shortText } from '../procedure.ts'
import { linkVerdicts, relations } from './case-link.ts'

/** Longest reason for a decision, in characters. */
export const linkReasonMax = 200

const pair = { caseId: Id, otherId: Id }

/** Who decided what about two cases, and when. */
export const PairDecision = z.strictObject({
  verdict: z.enum(linkVerdicts),
  /** Of two cases of one person the one that is carried on; null for every other verdict. */
  leading: Id.nullable(),
  /** What the person of the other case is to the one of the first; null for every other verdict. */
  relation: z.enum(relations).nullable(),
  /** Name at this desk; '' for somebody of another one. */
  by: z.string(),
  site: z.string(),
  at: Instant,
  reason: z.string(),
  /** Decided otherwise at the same time at another computer: a person has to choose. */
  waits: z.boolean(),
})
export type PairDecision = z.infer<typeof PairDecision>

/** A case that a person linked with another one. */
export const LinkedCase = z.strictObject({ row: CaseRow, decision: PairDecision })
export type LinkedCase = z.infer<typeof LinkedCase>

/** What two cases have in common, beside names that sound alike. */
export const commonThings = ['name', 'phone', 'birth', 'mother', 'place'] as const

/** Two cases that may be of one person. */
export const PossiblePair = z.strictObject({
  first: CaseRow,
  second: CaseRow,
  common: z.array(z.enum(commonThings)),
  /** Decided in two ways at the same time: a person has to choose. */
  waits: z.boolean(),
})
export type PossiblePair = z.infer<typeof PossiblePair>

export const peopleContract = {
  /**
   * People whose name is like that of this case or who have its phone number, likest first, at most five, without those of whom it was
   * decided that they are somebody else; a person says whether they are the same (H40). Throws not-found.
   */
  'people.similar': procedure({
    input: z.strictObject({ caseId: Id }),
    output: z.strictObject({ rows: z.array(CaseRow) }),
    permission: 'case.search',
    audited: 'read',
  }),
  /**
   * Pairs of cases that may be of one person and about which nobody decided, likest first; the first hundred of `total`.
   *
   * `partial`: so many people bear the commonest names here that not all of them were compared. Throws cancelled.
   */
  'people.possible': procedure({
    input: z.strictObject({ job: JobId }),
    output: z.strictObject({ rows: z.array(PossiblePair), total: z.number().int(), partial: z.boolean() }),
    permission: 'people.decide',
    audited: 'write',
  }),
  /**
   * The cases that were linked with this one: other cases of the same person, and people of the household whose case the user may open.
   *
   * Throws not-found.
   */
  'people.linked': procedure({
    input: z.strictObject({ caseId: Id }),
    output: z.strictObject({ same: z.array(LinkedCase), household: z.array(LinkedCase) }),
    permission: 'case.read',
    audited: 'read',
  }),
  /** Writes down that two people live together. Throws not-found, bad-input {otherId} for one and the same person. */
  'people.addToHousehold': procedure({
    input: z.strictObject({ ...pair, relation: z.enum(relations) }),
    output: z.strictObject({}),
    permission: 'people.household',
    audited: 'write',
  }),
  /** They do not live together, or never did. Throws not-found. */
  'people.removeFromHousehold': procedure({
    input: z.strictObject(pair),
    output: z.strictObject({}),
    permission: 'people.household',
    audited: 'write',
  }),
  /** What was decided about two cases, and not taken back; null: nothing. Throws not-found. */
  'people.decisions': procedure({
    input: z.strictObject(pair),
    output: z.strictObject({ identity: PairDecision.nullable(), household: PairDecision.nullable() }),
    permission: 'people.decide',
    audited: 'read',
  }),
  /**
   * Decides about two people whom the user sees; a former decision about them is replaced, and what it had moved goes back first.
   *
   * `same`: the case `leading` is carried on and takes the answers to `take` from the other one; the other stays as it is and points to it.
   * `household`: two people who live together. Throws not-found also where one of them is hidden, bad-input {leading, take, otherId},
   * read-only-copy, case-closed, consent-missing, answer-invalid {question, problem}.
   */
  'people.decide': procedure({
    input: z.strictObject({
      ...pair,
      decision: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('same'), leading: Id, take: z.array(z.string().max(60)).max(400) }),
        z.strictObject({ kind: z.literal('different') }),
        z.strictObject({ kind: z.literal('household'), relation: z.enum(relations) }),
      ]),
      reason: shortText(linkReasonMax),
    }),
    output: z.strictObject({}),
    permission: 'people.decide',
    audited: 'write',
  }),
  /**
   * Takes the decision back whether two cases are of one person: both are as before, but for answers that were changed since.
   *
   * Throws not-found where nothing is decided.
   */
  'people.undo': procedure({
    input: z.strictObject(pair),
    output: z.strictObject({}),
    permission: 'people.decide',
    audited: 'write',
  }),
} as const
