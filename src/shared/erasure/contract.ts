import { z } from 'zod'
import { Day, Id, Instant, Nothing, procedure } from '../procedure.ts'

/** Why everything about a person is erased: a closed list, which travels with the erasure (docs/formats/sync-file.md, `g`). */
export const ErasureGround = z.enum([
  'consent-withdrawn',
  'right-to-erasure',
  'retention-ended',
  'entered-by-mistake',
  'danger-for-person',
])
export type ErasureGround = z.infer<typeof ErasureGround>

/** Number of a certificate: site, year, six random letters. */
export const CertificateNumber = z.string().regex(/^[A-Z0-9-]{1,40}$/)

/** What was erased, and how far the erasure has come; holds no name of the person. */
export const Certificate = z.strictObject({
  certificate: CertificateNumber,
  /** Null when another computer of this centre, or another centre, decided it, and for a case of which figures were kept. */
  caseNumber: z.string().nullable(),
  /** The case was anonymised: figures that name nobody were kept. Known where it was decided. */
  figuresKept: z.boolean(),
  /** One of the grounds, or that of a newer version. */
  ground: z.string(),
  at: Instant,
  /** Who decided it, with the role that allowed it; null when it was not decided here. */
  by: z.strictObject({ name: z.string(), role: z.string() }).nullable(),
  /** The centres that have, or had, a copy, this one first; `confirmed` when all their computers said that they hold the erasure. */
  sites: z.array(z.strictObject({ name: z.string(), confirmed: z.boolean() })),
  /** The day by which the last automatic backup of this computer that may still hold it is gone. */
  backupsUntil: Day,
})
export type Certificate = z.infer<typeof Certificate>

export const erasureContract = {
  /** What hangs on a case, before it is erased. Throws not-found, read-only-copy for a copy of another centre. */
  'erasure.preview': procedure({
    input: z.strictObject({ caseId: Id }),
    output: z.strictObject({
      caseNumber: z.string(),
      referrals: z.number().int(),
      /** Plans, sessions and visits, those set aside too. */
      forms: z.number().int(),
      /** Names of the centres that got a copy. */
      sites: z.array(z.string()),
      /** The time for keeping the case has ended; only then may that be the ground. */
      timeEnded: z.boolean(),
      /** The person agreed to be counted: figures may stay. */
      maybeFigures: z.boolean(),
    }),
    permission: 'erasure.decide',
    audited: 'read',
  }),
  /**
   * Erases a case of this centre and all that hangs on it, here and, with the next exchange, everywhere: nothing brings it back.
   *
   * `caseNumber` is typed by the user and must be the case's. `keepFigures` anonymises: what indicators count stays, and nothing that
   * tells who it was (docs/adr/0036-anonymise.md); only once the time for keeping has ended, and of people who agreed to be counted.
   * Throws not-found, read-only-copy, bad-input {field: caseNumber, ground, keepFigures}.
   */
  'erasure.erase': procedure({
    input: z.strictObject({
      caseId: Id,
      ground: ErasureGround,
      caseNumber: z.string().max(40),
      keepFigures: z.boolean().default(false),
    }),
    output: Certificate,
    permission: 'erasure.decide',
    audited: 'write',
  }),
  /** The certificates, newest first. */
  'erasure.list': procedure({
    input: Nothing,
    output: z.array(Certificate),
    permission: 'erasure.read',
    audited: 'no',
  }),
} as const
