import { z } from 'zod'
import { Day, FileToken, Id, JobId, Nothing, procedure, shortText } from '../procedure.ts'

/** How a service's details were checked; a directory file that tells a date is a document. */
const VerifiedHow = z.enum(['visit', 'phone', 'document', 'partner'])
export type VerifiedHow = z.infer<typeof VerifiedHow>

/** One service at one place (HSDS service_at_location), with what a counsellor needs to choose it. */
export const ServiceRow = z.strictObject({
  id: z.string(),
  name: z.strictObject({ fr: z.string(), en: z.string() }),
  /** Codes of the taxonomy, e.g. S02 and S02.03. */
  sectors: z.array(z.string()),
  types: z.array(z.string()),
  place: z.strictObject({
    pcode: z.string(),
    arrondissement: z.string(),
    department: z.string(),
    region: z.string(),
    locality: z.string(),
    /** The location is told by phone alone: every other field of the place is empty. */
    hidden: z.boolean(),
  }),
  phone: z.string(),
  hours: z.string(),
  cost: z.string(),
  targetGroups: z.array(z.string()),
  languages: z.array(z.string()),
  accessibility: z.array(z.string()),
  capacity: z.strictObject({ number: z.number().int(), unit: z.string() }).nullable(),
  status: z.enum(['active', 'inactive', 'to-verify']),
  verifiedOn: Day.nullable(),
  verifiedHow: VerifiedHow.nullable(),
  /** Name of who verified it at this desk; empty for a file and for other desks. */
  verifiedBy: z.string(),
  /** Green ≤ 90 days, amber ≤ 180, red beyond or never: red needs a phone check before a referral. */
  freshness: z.enum(['green', 'amber', 'red']),
  /** Police, gendarmerie, army: never for minors (H24). */
  securityActor: z.boolean(),
  isSample: z.boolean(),
})
export type ServiceRow = z.infer<typeof ServiceRow>

const Words = z.strictObject({ fr: z.string(), en: z.string() })
/** A region, department or arrondissement, and what is above it, nearest first: homonyms are told apart by it. */
const PlaceShown = z.strictObject({ pcode: z.string(), name: Words, within: Words })

export const TaxonomyTerm = z.strictObject({
  code: z.string(),
  parent: z.string().nullable(),
  label: z.strictObject({ fr: z.string(), en: z.string() }),
})

export const CsvPreview = z.strictObject({
  previewId: JobId,
  fileRows: z.number().int(),
  toAdd: z.number().int(),
  toUpdate: z.number().int(),
  unchanged: z.number().int(),
  /** The first rows that cannot be taken, with the line where each begins, column and what is wrong. */
  refused: z.array(
    z.strictObject({
      line: z.number().int(),
      column: z.string(),
      problem: z.enum([
        'missing',
        'unknown-place',
        'unknown-sector',
        'unknown-status',
        'not-a-date',
        'date-in-future',
        'not-a-number',
        'not-a-uuid',
        'needs-uuid',
        'too-long',
        'duplicate',
      ]),
    }),
  ),
  refusedCount: z.number().int(),
  encoding: z.enum(['utf-8', 'windows-1252']),
  /** Headings that we do not know: their columns are passed over. */
  unknownColumns: z.array(z.string()),
  samples: z.array(z.string()),
})
export type CsvPreview = z.infer<typeof CsvPreview>

export const directoryContract = {
  'directory.taxonomy': procedure({ input: Nothing, output: z.array(TaxonomyTerm), permission: 'directory.read' }),
  /** Places by their names and spellings, best first, for the place pickers; `locality` is a village or quarter in that unit, or ''. At most 30. */
  'directory.places': procedure({
    input: z.strictObject({ text: shortText(60) }),
    output: z.array(PlaceShown.extend({ locality: z.string() })),
    permission: 'directory.read',
  }),
  /** One place by its P-code. Throws not-found. */
  'directory.place': procedure({
    input: z.strictObject({ pcode: z.string().max(20) }),
    output: PlaceShown,
    permission: 'directory.read',
  }),
  /** Words in French or English, accents and plurals ignored, synonyms found; sector or type code; any P-code. By name. */
  'directory.search': procedure({
    input: z.strictObject({
      text: shortText(100),
      sector: z.string().max(10).nullable(),
      pcode: z.string().max(20).nullable(),
      after: z.string().max(200).nullable(),
      limit: z.number().int().min(1).max(100),
    }),
    output: z.strictObject({ rows: z.array(ServiceRow), next: z.string().nullable(), total: z.number().int() }),
    permission: 'directory.read',
  }),
  'directory.get': procedure({ input: z.strictObject({ serviceId: Id }), output: ServiceRow, permission: 'directory.read' }),
  /**
   * Records that the service was reached by phone or visited today, so that it may be chosen again (directory.md, verified_on).
   *
   * A sensitive action: a permission of its own, an audit event, a journal entry that names who and how. Throws not-found.
   */
  'directory.verify': procedure({
    input: z.strictObject({ serviceId: Id, how: VerifiedHow }),
    output: ServiceRow,
    permission: 'directory.verify',
    audited: 'write',
  }),
  /** Writes the model of a directory file with its headings and one example, or the list of codes that its cells take. */
  'directory.saveModel': procedure({
    input: z.strictObject({ file: FileToken, what: z.enum(['model', 'codes']) }),
    output: z.strictObject({}),
    permission: 'directory.edit',
  }),
  /** Reads the whole file and changes nothing. Throws csv-*, file-unreadable, cancelled. Emits progress under `job`. */
  'directory.previewCsv': procedure({
    input: z.strictObject({ file: FileToken, job: JobId }),
    output: CsvPreview,
    permission: 'directory.edit',
  }),
  /** Takes the previewed rows in one transaction. Throws not-found for an old preview, csv-changed, cancelled. */
  'directory.importCsv': procedure({
    input: z.strictObject({ previewId: JobId, job: JobId }),
    output: z.strictObject({
      added: z.number().int(),
      updated: z.number().int(),
      unchanged: z.number().int(),
      refused: z.number().int(),
    }),
    permission: 'directory.edit',
    audited: 'write',
  }),
} as const
