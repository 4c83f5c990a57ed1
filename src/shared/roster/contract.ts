import { z } from 'zod'
import { FileToken, Id, Instant, JobId, Nothing, procedure } from '../procedure.ts'
import { Password, TwoSheets } from '../security/contract.ts'
import { DeviceCard } from '../sync/contract.ts'
import { DeviceStatus, RevokedReason } from '../sync/roster.ts'

/** A computer of the network, as this one knows it. */
export const ListedDevice = z.strictObject({
  card: DeviceCard,
  /** `own` is this computer; `list` and `card` say why another one is trusted. */
  why: z.enum(['own', 'list', 'card']),
  /** The national list names it. */
  listed: z.boolean(),
  status: DeviceStatus,
  since: Instant,
  reason: RevokedReason.nullable(),
})
export type ListedDevice = z.infer<typeof ListedDevice>

export const RosterStatus = z.strictObject({
  /** The national key that is believed here; null before the first reply was taken in. */
  national: z
    .strictObject({
      words: z.array(z.string()).length(6),
      ceremony: z.string(),
      since: Instant,
      how: z.enum(['ceremony', 'words']),
      /** When the office last renewed it. */
      renewedAt: Instant.nullable(),
    })
    .nullable(),
  /**
   * Whether two sheets of the national key could open this desk: the office's recipient is not known here, known, the desk's key is sealed
   * for it, or only for that of a former national key.
   */
  recovery: z.enum(['unknown', 'known', 'here', 'former']),
  devices: z.array(ListedDevice),
  /** When this computer's own key was made, and whether it is older than six months. */
  ownKey: z.strictObject({ since: Instant, isOld: z.boolean() }),
  /** Until when the national key is open in memory; null when it is not. */
  openUntil: Instant.nullable(),
  /** Changes of computers reported lost that are kept aside. */
  setAside: z.number().int(),
})
export type RosterStatus = z.infer<typeof RosterStatus>

/** What is kept aside of one computer that was reported lost, the newest first; at most `asideShown` are listed. */
export const SetAside = z.strictObject({
  /** Null for a computer of which nothing was ever taken in. */
  siteName: z.string().nullable(),
  count: z.number().int(),
  entries: z.array(
    z.strictObject({
      kind: z.string(),
      row: z.string(),
      what: z.enum(['new', 'change', 'other']),
      writtenAt: Instant,
      keptAt: Instant,
    }),
  ),
})
export type SetAside = z.infer<typeof SetAside>
export const asideShown = 100

/** One sheet to be printed; any two of three open the key again. */
export const PaperSheet = z.strictObject({
  number: z.number().int(),
  ceremony: z.string(),
  groups: z.array(z.string()),
  words: z.array(z.string()).length(6),
})
export type PaperSheet = z.infer<typeof PaperSheet>

const TypedWords = z.string().max(200)

export const rosterContract = {
  'roster.status': procedure({ input: Nothing, output: RosterStatus, permission: 'roster.read' }),
  /** What reported computers wrote beyond what is believed of them, by computer: sorts and times, never what it says. */
  'roster.setAside': procedure({ input: Nothing, output: z.array(SetAside), permission: 'roster.take' }),
  /**
   * Makes a national key in memory and its three sheets; nothing counts until two were typed back. `renew` makes the successor of the
   * present key, which must be open. Throws national-exists, national-not-open, training-no-exchange.
   */
  'roster.beginCeremony': procedure({
    input: z.strictObject({ renew: z.boolean() }),
    output: z.strictObject({ sheets: z.array(PaperSheet).length(3) }),
    permission: 'roster.sign',
    audited: 'write',
  }),
  /** Two sheets were typed back: the key holds, this computer is on the list, and the key stays open. Throws not-found, share-*, national-other-key. */
  'roster.confirmCeremony': procedure({
    input: z.strictObject({ sheets: TwoSheets }),
    output: RosterStatus,
    permission: 'roster.sign',
    audited: 'write',
  }),
  /** Rebuilds the national key in memory for ten minutes. Throws national-none, share-*, national-other-key. */
  'roster.open': procedure({
    input: z.strictObject({ sheets: TwoSheets }),
    output: RosterStatus,
    permission: 'roster.sign',
    audited: 'write',
  }),
  /** Overwrites the key in memory. */
  'roster.close': procedure({ input: Nothing, output: RosterStatus, permission: 'roster.sign', audited: 'write' }),
  /** Reads a new computer's card; its words are not told: they are typed as heard. Throws card-*, training-no-exchange. */
  'roster.readCard': procedure({
    input: z.strictObject({ file: FileToken }),
    output: z.strictObject({ previewId: JobId, device: z.string(), siteCode: z.string(), siteName: z.string() }),
    permission: 'roster.sign',
  }),
  /** Signs the computer of the card onto the list; `words` are the six that were heard. Throws not-found, words-differ {place}, national-not-open, card-*. */
  'roster.enrol': procedure({
    input: z.strictObject({ previewId: JobId, words: TypedWords }),
    output: RosterStatus,
    permission: 'roster.sign',
    audited: 'write',
  }),
  /** Writes the list as a small file: the reply to a new computer. Throws national-none, disk-full. */
  'roster.saveList': procedure({
    input: z.strictObject({ file: FileToken }),
    output: z.strictObject({ devices: z.number().int() }),
    permission: 'roster.take',
    audited: 'write',
  }),
  /** Reads such a file; nothing is believed yet. Throws list-not-a-list, national-other-key, training-no-exchange. */
  'roster.readList': procedure({
    input: z.strictObject({ file: FileToken }),
    output: z.strictObject({
      previewId: JobId,
      devices: z.number().int(),
      /** This computer is on the list. */
      namesUs: z.boolean(),
      /** The national key is new here: its six words have to be heard and typed. */
      needsWords: z.boolean(),
    }),
    permission: 'roster.take',
  }),
  /** Believes the list and its national key. Throws not-found, words-differ {place}, national-other-key. */
  'roster.takeList': procedure({
    input: z.strictObject({ previewId: JobId, words: TypedWords }),
    output: RosterStatus,
    permission: 'roster.take',
    audited: 'write',
  }),
  /**
   * Seals this desk's key for the sheets of the national key; `password` is the signed-in user's own.
   *
   * Throws national-none when the office's recipient is not known here, wrong-password, wait-before-retry, training-no-exchange.
   */
  'roster.allowRecovery': procedure({
    input: z.strictObject({ password: Password }),
    output: RosterStatus,
    permission: 'recovery.manage',
    audited: 'write',
  }),
  /** Makes a new key to receive files with, and announces it; the two before it still open late files. Throws training-no-exchange. */
  'roster.renewOwnKey': procedure({ input: Nothing, output: RosterStatus, permission: 'roster.take', audited: 'write' }),
  /** Reports a computer lost: nobody writes to it nor reads its files any more. Throws not-found, national-not-open. */
  'roster.revoke': procedure({
    input: z.strictObject({ device: Id, reason: RevokedReason }),
    output: RosterStatus,
    permission: 'roster.sign',
    audited: 'write',
  }),
  /** A computer that is out of use in good order: nobody writes to it any more. Throws not-found, national-not-open. */
  'roster.retire': procedure({
    input: z.strictObject({ device: Id }),
    output: RosterStatus,
    permission: 'roster.sign',
    audited: 'write',
  }),
} as const
