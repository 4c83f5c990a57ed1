import { z } from 'zod'
import { FileToken, Id, Instant, JobId, Nothing, procedure, shortText } from '../procedure.ts'

export const DeviceCard = z.strictObject({
  device: z.string(),
  siteCode: z.string(),
  siteName: z.string(),
  /** Six words to read aloud; equal words on both sides mean equal keys. */
  words: z.array(z.string()).length(6),
})
export type DeviceCard = z.infer<typeof DeviceCard>

const FileTold = z.strictObject({ at: Instant, counter: z.number().int(), changes: z.number().int() })

/** How the head of another computer's register of actions contradicts an earlier one: fewer events, or others. */
export const RegisterFault = z.enum(['shorter', 'other'])
export type RegisterFault = z.infer<typeof RegisterFault>

/** Where the exchange with one centre stands; a centre may have several PCs. */
export const CentreStatus = z.strictObject({
  siteCode: z.string(),
  siteName: z.string(),
  devices: z.array(
    z.strictObject({
      card: DeviceCard,
      trustedAt: Instant,
      /** Minutes by which its clock was ahead (positive) or behind in its newest file, when more than a day. */
      clockOffMinutes: z.number().int().nullable(),
    }),
  ),
  lastSent: FileTold.nullable(),
  lastReceived: FileTold.nullable(),
  /** They said that they hold all our changes for them up to this instant. */
  theyHaveOursUntil: Instant.nullable(),
  /** Changes of ours that they did not say they hold. */
  unacknowledged: z.number().int(),
  /** The last file was one of several and the next has not come. */
  partsMissing: z.boolean(),
  /** Writers of whom this centre holds a history that did not come whole yet. */
  twoHistories: z.number().int(),
  /** The newest file of the last 31 days whose register of actions contradicts an earlier file's. */
  registerFault: z.strictObject({ fault: RegisterFault, counter: z.number().int(), at: Instant }).nullable(),
  /** Files refused since the last good one, newest first: when, and the error code that says why. */
  refused: z.array(z.strictObject({ at: Instant, code: z.string() })),
})
export type CentreStatus = z.infer<typeof CentreStatus>

/** A file sent or received, for the record. */
export const FileEntry = z.strictObject({
  id: z.number().int(),
  direction: z.enum(['sent', 'received']),
  siteName: z.string(),
  at: Instant,
  counter: z.number().int(),
  changes: z.number().int(),
  /** `done`, `undone`, or the code with which it was refused. */
  outcome: z.string(),
  /** It may still be taken back as a whole; the attempt itself tells when something was built on it. */
  undoable: z.boolean(),
})
export type FileEntry = z.infer<typeof FileEntry>

export const ImportPreview = z.strictObject({
  previewId: JobId,
  fromSite: z.string(),
  fileCounter: z.number().int(),
  createdAt: Instant,
  people: z.number().int(),
  referrals: z.number().int(),
  services: z.number().int(),
  newChanges: z.number().int(),
  knownChanges: z.number().int(),
  oldestChange: Instant.nullable(),
  newestChange: Instant.nullable(),
  /** Minutes by which the sender's clock is ahead (positive) or behind, when more than a day. */
  clockOffMinutes: z.number().int().nullable(),
  /** What the sender wrote to the reader; may be empty. */
  note: z.string().max(500),
  /** Chains of computers that are not known here: passed over. */
  unknownWriters: z.number().int(),
  /** Chains of which the file brings a second history: both are kept. */
  twoHistories: z.number().int(),
  /** Chains of another history than the one held here, whose beginning is not in this file: it comes with a later one. */
  apart: z.number().int(),
  /** Chains that wait until their sender has heard of an erasure. */
  waiting: z.number().int(),
  /** Changes made with a newer version: kept, and shown after an update (W03). */
  fromNewer: z.number().int(),
  /** Changes that a computer wrote after it was reported lost: kept aside. */
  setAside: z.number().int(),
  /** It was made for a former key of this computer: its sender has not heard of the new one (E06). */
  toFormerKey: z.boolean(),
  /** The file holds changes of this computer that it does not have itself: it was restored or copied. */
  ownAhead: z.boolean(),
  /** A further part follows. */
  more: z.boolean(),
})
export type ImportPreview = z.infer<typeof ImportPreview>

export const ImportReceipt = z.strictObject({
  /** Names the import, for undoing it. */
  importId: z.number().int(),
  fromSite: z.string(),
  fileCounter: z.number().int(),
  newPeople: z.number().int(),
  changedPeople: z.number().int(),
  newReferrals: z.number().int(),
  changedReferrals: z.number().int(),
  services: z.number().int(),
  /** Rows with values that wait for a decision. */
  toReview: z.number().int(),
  twoHistories: z.boolean(),
  /** Changes of computers reported lost that were put aside, those that had been taken in before included. */
  setAside: z.number().int(),
  /** The sender still uses a former key of this computer (E06). */
  toFormerKey: z.boolean(),
  /** The sender's register of actions does not go on from the one that an earlier file told of. */
  registerFault: RegisterFault.nullable(),
  /** They hold our changes up to this instant, when they said so. */
  theyHaveOursUntil: Instant.nullable(),
})
export type ImportReceipt = z.infer<typeof ImportReceipt>

export const syncContract = {
  /** This computer's card; `file` is the text of its file. */
  'sync.ownCard': procedure({ input: Nothing, output: DeviceCard.extend({ file: z.string() }), permission: 'sync.read' }),
  'sync.saveOwnCard': procedure({
    input: z.strictObject({ file: FileToken }),
    output: z.strictObject({}),
    permission: 'sync.exchange',
    audited: 'write',
  }),
  /** Reads a card file. Throws card-not-a-card, card-damaged, card-own. Nothing is trusted yet. */
  'sync.readCard': procedure({
    input: z.strictObject({ file: FileToken }),
    output: z.strictObject({ previewId: JobId, card: DeviceCard, known: z.boolean() }),
    permission: 'sync.exchange',
  }),
  /** The user says that the six words read aloud were equal. Throws not-found for an old preview. */
  'sync.trustCard': procedure({
    input: z.strictObject({ previewId: JobId }),
    output: z.strictObject({ card: DeviceCard }),
    permission: 'sync.exchange',
    audited: 'write',
  }),
  /** The exchange with every centre, and whether this PC goes on from a copy under a new name. */
  'sync.centres': procedure({
    input: Nothing,
    output: z.strictObject({
      renewed: z.strictObject({ reason: z.enum(['restore', 'clone', 'ack-ahead', 'fork']), at: Instant }).nullable(),
      centres: z.array(CentreStatus),
      /** Rows with values that wait for a decision. */
      toReview: z.number().int(),
    }),
    permission: 'sync.read',
  }),
  /** Files sent and received, newest first. */
  'sync.files': procedure({
    input: z.strictObject({ limit: z.number().int().min(1).max(200) }),
    output: z.array(FileEntry),
    permission: 'sync.read',
  }),
  /**
   * Moves entries that are older than a year, and that every computer in use said it holds, into a sealed archive in the data folder. Nothing
   * that is shown changes; the history of a record begins later. `entries` is 0 when there is nothing to move. Throws disk-full, disk-failing, cancelled.
   */
  'sync.compact': procedure({
    input: z.strictObject({ job: JobId }),
    output: z.strictObject({ entries: z.number().int(), file: z.string() }),
    permission: 'sync.exchange',
    audited: 'write',
  }),
  /** Takes a whole import back, after a backup. Throws not-found, undo-too-late. */
  'sync.undoImport': procedure({
    input: z.strictObject({ importId: z.number().int() }),
    output: z.strictObject({ changes: z.number().int() }),
    permission: 'sync.exchange',
    audited: 'write',
  }),
  /** What would go to a peer: only people who agreed to it (consent_other_centre). */
  'sync.exportPreview': procedure({
    input: z.strictObject({ device: Id }),
    output: z.strictObject({
      people: z.number().int(),
      withheld: z.number().int(),
      referrals: z.number().int(),
      services: z.number().int(),
    }),
    permission: 'sync.exchange',
  }),
  /** Writes a sealed file for one centre. Throws training-no-exchange, nothing-to-send, disk-full, cancelled. Emits progress. */
  'sync.export': procedure({
    input: z.strictObject({ device: Id, file: FileToken, job: JobId, note: shortText(500).default('') }),
    output: z.strictObject({
      fileName: z.string(),
      bytes: z.number().int(),
      people: z.number().int(),
      referrals: z.number().int(),
      changes: z.number().int(),
      counter: z.number().int(),
      /** A further part has to be prepared. */
      more: z.boolean(),
    }),
    permission: 'sync.exchange',
    audited: 'write',
  }),
  /** Verifies the whole file and changes nothing. Throws sync-*, file-unreadable, training-no-exchange, cancelled. */
  'sync.preview': procedure({
    input: z.strictObject({ file: FileToken, job: JobId }),
    output: ImportPreview,
    permission: 'sync.exchange',
    audited: 'write',
  }),
  /** Takes the previewed file in one transaction, after a backup. Throws not-found, sync-*, cancelled. */
  'sync.import': procedure({
    input: z.strictObject({ previewId: JobId, job: JobId }),
    output: ImportReceipt,
    permission: 'sync.exchange',
    audited: 'write',
  }),
} as const
