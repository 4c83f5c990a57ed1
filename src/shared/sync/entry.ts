import { z } from 'zod'

/** What an entry does: insert, update, erase, writer-index declaration. Others of the format are refused by this version. */
export const entryOperations = ['i', 'u', 'x', 'w'] as const

/** First part of a journal line; hashed as the exact bytes written. */
export const EntryHeader = z.strictObject({
  /** Sequence number, from 1 without gap within (stream, writer). */
  q: z.int().min(1),
  /** Stamp. */
  t: z.string().regex(/^[0-9a-z]{9}-[0-9a-z]{2}$/),
  /** Actor: user id of the writing device. */
  a: z.string().max(64),
  /** Kind of row. */
  k: z.string().regex(/^[a-z_]{0,40}$/),
  /** Row id. */
  r: z.string().regex(/^[A-Za-z0-9-]{0,64}$/),
  o: z.enum(entryOperations),
  /** Schema version of the writer. */
  sv: z.int().min(1),
})
export type EntryHeader = z.infer<typeof EntryHeader>

export const RegisterValueSent = z.union([z.string().max(262_144), z.number(), z.null(), z.array(z.string().max(1000)).max(1000)])
const FieldName = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/)
/** Which change a field's former value came from: (index of a writer declared in this chain, sequence number). */
export const Dot = z.tuple([z.int().min(0), z.int().min(1)])
export type Dot = z.infer<typeof Dot>

/** Second part of a journal line: committed to, not hashed, so that it can be erased. */
export const EntryPayload = z.strictObject({
  /** Changed fields. */
  p: z.record(FieldName, RegisterValueSent).optional(),
  /** Base dots: absent = the field had no value. */
  b: z.record(FieldName, Dot).optional(),
  /** Row secret of an inserted row, 32 hex digits. */
  s: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
  /** Declared writer index -> writer id. */
  w: z.record(z.string().regex(/^\d{1,6}$/), z.string().regex(/^[a-z2-7]{16}$/)).optional(),
})
export type EntryPayload = z.infer<typeof EntryPayload>

/** Header text as it is written: fixed key order, no spaces. */
export function headerText(h: EntryHeader): string {
  return JSON.stringify({ q: h.q, t: h.t, a: h.a, k: h.k, r: h.r, o: h.o, sv: h.sv })
}

/** Payload text as it is written. */
export function payloadText(p: EntryPayload): string {
  return JSON.stringify(p)
}

/** One journal line without its line break. */
export function entryLine(header: string, payload: string): string {
  return `${header}\t${payload}`
}

/** A line whose payload is gone or withheld: the commitment, as base64, keeps the chain whole. */
export function erasedLine(header: string, commitmentBase64: string): string {
  return `${header}\t~${commitmentBase64}`
}

/**
 * A closing change of a row whose content is withheld: commitment and payload.
 *
 * Who holds the row (and so its secret) proves the payload by the commitment; others keep the commitment alone.
 */
export function closingLine(header: string, commitmentBase64: string, payload: string): string {
  return `${erasedLine(header, commitmentBase64)}\t${payload}`
}

/** Writer id: an incarnation of a device, 10 random bytes as 16 base-32 letters. */
export function isWriterId(text: string): boolean {
  return /^[a-z2-7]{16}$/.test(text)
}

/** Entry 0 of a chain: who writes, and why under this name. `hash_0` is the SHA-256 of its bytes. */
export const WriterRecord = z.strictObject({
  writer: z.string().regex(/^[a-z2-7]{16}$/),
  device: z.string().regex(/^[a-z2-7]{16}$/),
  reason: z.enum(['install', 'restore', 'clone', 'ack-ahead']),
  parent: z.strictObject({ writer: z.string(), seq: z.int(), hash: z.string() }).nullable(),
  machine: z.string().regex(/^[0-9a-f]{64}$/),
  app: z.string().max(40),
  schema: z.int().min(1),
})
export type WriterRecord = z.infer<typeof WriterRecord>
