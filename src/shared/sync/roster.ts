import { z } from 'zod'
import { AgeRecipient, CardSite, DeviceId, PublicKey, Signature } from './device-card-file.ts'
import { isStampTime } from './stamp.ts'

/** The kind of journaled row that carries one signed statement of the list of computers (docs/formats/roster.md). */
export const rosterKind = 'roster_entry'

export const rosterLimits = { bodyMax: 65_536, listBytesMax: 4_194_304, statementsMax: 20_000 } as const

export const DeviceStatus = z.enum(['active', 'revoked', 'retired'])
export type DeviceStatus = z.infer<typeof DeviceStatus>
export const RevokedReason = z.enum(['lost', 'stolen', 'copied', 'misused'])
export type RevokedReason = z.infer<typeof RevokedReason>

/** Statements are numbered by milliseconds, or the number before plus one: a number that comes later is always higher. */
const Serial = z.int().min(0)
const Time = z.int().refine(isStampTime)

/** How far a revoked computer's chain is believed: up to here, where the computer itself signed its head. */
export const LastAccepted = z.strictObject({
  stream: z.string().max(60),
  writer: DeviceId,
  seq: z.int().min(1),
  hash: PublicKey,
  at: z.int().min(0),
  sig: Signature,
})
export type LastAccepted = z.infer<typeof LastAccepted>

/** A computer of the network, as the national office says: signed by the national key. */
export const DeviceStatement = z.strictObject({
  v: z.literal(1),
  of: z.literal('device'),
  serial: Serial,
  device: DeviceId,
  site: CardSite,
  sign: PublicKey,
  age: AgeRecipient,
  /** When the recipient was made, as a number; a higher one from the computer itself counts instead. */
  renewed: Serial,
  status: DeviceStatus,
  since: Time,
  /** Only of a revoked computer: why, the centre of the office that says so, and how far its chains are believed. */
  revoked: z
    .strictObject({ reason: RevokedReason, office: CardSite.shape.code, last: z.array(LastAccepted).max(200) })
    .optional(),
})
export type DeviceStatement = z.infer<typeof DeviceStatement>

/** A computer's own new recipient: signed by the computer. */
export const RecipientStatement = z.strictObject({
  v: z.literal(1),
  of: z.literal('recipient'),
  serial: Serial,
  device: DeviceId,
  age: AgeRecipient,
})
export type RecipientStatement = z.infer<typeof RecipientStatement>

/** A new national key: signed by the former one. */
export const NationalStatement = z.strictObject({
  v: z.literal(1),
  of: z.literal('national'),
  serial: Serial,
  former: PublicKey,
  key: PublicKey,
  since: Time,
})
export type NationalStatement = z.infer<typeof NationalStatement>

export const StatementBody = z.discriminatedUnion('of', [DeviceStatement, RecipientStatement, NationalStatement])
export type StatementBody = z.infer<typeof StatementBody>

/** A statement as it travels: the body's exact text, and the signature over it. */
export const SignedStatement = z.strictObject({ body: z.string().max(rosterLimits.bodyMax), sig: Signature })
export type SignedStatement = z.infer<typeof SignedStatement>

/** Before the body, in what is signed and hashed. */
export const rosterTag = 'psrl1/roster\n'

/** The recipient of the national recovery, signed by the national key (docs/formats/roster.md, "Recovery recipient"). */
export const SignedRecovery = z.strictObject({ recipient: AgeRecipient, sig: Signature })
export type SignedRecovery = z.infer<typeof SignedRecovery>

/** The list of computers as a small file: an enrolled computer takes it in with the national key's six words. */
export const ListFile = z.strictObject({
  psrl: z.literal('list'),
  v: z.literal(1),
  national: PublicKey,
  recovery: SignedRecovery.optional(),
  statements: z.array(SignedStatement).max(rosterLimits.statementsMax),
})
export type ListFile = z.infer<typeof ListFile>
