import { z } from 'zod'
import { isCleanText } from '../procedure.ts'
import { remembered } from '../remembered.ts'

/**
 * First part of a journal line (docs/formats/sync-file.md, "Journal"); hashed as the exact bytes written.
 *
 * There is one spelling of a header, so that it can be written again from its parts.
 */
export interface EntryHeader {
  /** Sequence number, from 1 without gap within (stream, writer). */
  readonly q: number
  /** Stamp. */
  readonly t: string
  /** Actor: user id of the writing device. */
  readonly a: string
  /** Kind of row; empty for `w`. */
  readonly k: string
  /** Row id; empty for `w`. */
  readonly r: string
  /** `i` insert, `u` update, `x` erase, `w` writer-index declaration; others are of a newer version. */
  readonly o: string
  /** Schema version of the writer. */
  readonly sv: number
}

const headerPattern =
  /^\{"q":([1-9]\d{0,14}),"t":"([0-9a-z]{9}-[0-9a-z]{2})","a":"([A-Za-z0-9-]{0,64})","k":"([a-z_]{0,40})","r":"([A-Za-z0-9-]{0,64})","o":"([a-z])","sv":([1-9]\d{0,5})\}$/

/** Header text as it is written: fixed key order, no spaces. */
export function headerText(h: EntryHeader): string {
  return `{"q":${h.q},"t":"${h.t}","a":"${h.a}","k":"${h.k}","r":"${h.r}","o":"${h.o}","sv":${h.sv}}`
}

/** The parts of a header text, or undefined if it is not the one spelling. */
export function readHeader(text: string): EntryHeader | undefined {
  const m = headerPattern.exec(text)
  if (!m) return undefined
  const [, q, t = '', a = '', k = '', r = '', o = '', sv] = m
  return { q: Number(q), t, a, k, r, o, sv: Number(sv) }
}

/** A value as it travels: text, number, null, or a list of codes kept as one value. */
export type SentValue = string | number | null | readonly string[]

/** Which change a value came from: (index of a writer declared in this chain, sequence number); index 0 is the chain's own writer. */
export type Dot = readonly [writer: number, seq: number]

/** Second part of a journal line: committed to, so that it can be erased. */
export interface EntryPayload {
  /** Changed fields. `field/code` is one code of a set: 1 chosen, 0 not. */
  readonly p?: Readonly<Record<string, SentValue>>
  /** Base: the changes whose values these fields replace, one for all fields or one each; absent = the field had no value. */
  readonly b?: Dot | Readonly<Record<string, Dot>>
  /** Other values of a field, changed at the same time elsewhere, that this change decides against. */
  readonly d?: Readonly<Record<string, readonly Dot[]>>
  /** Row secret, 32 hex digits: in the first entry of a writer for a row. */
  readonly s?: string
  /** Declared writer index -> writer id. */
  readonly w?: Readonly<Record<string, string>>
  /** Erasure: number of its certificate and its ground. */
  readonly x?: { readonly c: string; readonly g: string }
}

/** Limits of one entry (docs/formats/sync-file.md, "Limits"). */
export const entryLimits = { textMax: 262_144, codesMax: 1000, codeMax: 1000, fieldsMax: 1000, dotsMax: 100 } as const

/** The register of an answer is `a_` and its path, that of an instance of a repeat too (docs/formats/forms.md). */
const answerRegister = String.raw`a_(?!__)[A-Za-z_][\w-]{0,59}(?:\[[a-z0-9]{1,40}\]\.[A-Za-z_][\w-]{0,59}){0,20}(?:\[[a-z0-9]{1,40}\])?`
const answerPattern = new RegExp(`^${answerRegister}$`)
const fieldPattern = new RegExp(String.raw`^(?:[a-z][a-z0-9_]{0,63}|${answerRegister})(?:/[^\p{Cc}/\\"]{1,300})?$`, 'u')

/** True for the register of an answer, without a code. */
export function isAnswerRegister(register: string): boolean {
  return answerPattern.test(register)
}

/** The register of one code of a set: `field/code`; what could be mistaken is written as in an address (`%2F`). */
export function codeRegister(field: string, code: string): string {
  return `${field}/${code.replace(/[\p{Cc}%/\\"]/gu, (c) => encodeURIComponent(c))}`
}
/** The code of such a register. */
export function codeOf(register: string): string {
  const code = register.slice(register.indexOf('/') + 1)
  try {
    return decodeURIComponent(code.replace(/%(?![0-9A-F]{2})/g, '%25'))
  } catch {
    return code
  }
}
const writerPattern = /^[a-z2-7]{16}$/

/** Payload text as it is written. */
export function payloadText(p: EntryPayload): string {
  return JSON.stringify(p)
}

/** True for a writer's or device's id: 10 random bytes as 16 base-32 letters. */
export function isWriterId(text: unknown): text is string {
  return typeof text === 'string' && writerPattern.test(text)
}

/**
 * A parsed payload if it is one, else undefined; strict: unknown keys are refused, so is anything over `entryLimits`.
 *
 * By hand, because a file holds hundreds of thousands of them.
 */
export function readPayload(value: unknown): EntryPayload | undefined {
  if (!isPlain(value)) return undefined
  for (const key of Object.keys(value)) {
    const check = payloadChecks[key]
    if (!check || !check(value[key])) return undefined
  }
  return value as EntryPayload
}

const payloadChecks: Readonly<Record<string, ((v: unknown) => boolean) | undefined>> = Object.assign(
  Object.create(null) as Record<string, (v: unknown) => boolean>,
  {
    p: (v: unknown) => isRecord(v, isSentValue),
    b: (v: unknown) => isDot(v) || isRecord(v, isDot),
    d: (v: unknown) => isRecord(v, (dots) => Array.isArray(dots) && dots.length <= entryLimits.dotsMax && dots.every(isDot)),
    s: (v: unknown) => typeof v === 'string' && /^[0-9a-f]{32}$/.test(v),
    w: (v: unknown) => isPlain(v) && Object.entries(v).every(([i, id]) => /^[1-9]\d{0,5}$/.test(i) && isWriterId(id)),
    x: (v: unknown) =>
      isPlain(v) &&
      Object.keys(v).length === 2 &&
      typeof v['c'] === 'string' &&
      typeof v['g'] === 'string' &&
      /^[A-Z0-9-]{1,40}$/.test(v['c']) &&
      /^[a-z-]{1,40}$/.test(v['g']),
  },
)

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isRecord(value: unknown, check: (v: unknown) => boolean): boolean {
  if (!isPlain(value)) return false
  const fields = Object.keys(value)
  return fields.length <= entryLimits.fieldsMax && fields.every((f) => isFieldName(f) && check(value[f]))
}
const isFieldName = remembered((f) => fieldPattern.test(f) && isCleanText(f))

function isSentValue(value: unknown): boolean {
  if (value === null) return true
  if (typeof value === 'string') return value.length <= entryLimits.textMax && isCleanText(value)
  if (typeof value === 'number') return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER
  return (
    Array.isArray(value) &&
    value.length <= entryLimits.codesMax &&
    value.every((code) => typeof code === 'string' && code.length <= entryLimits.codeMax && isCleanText(code))
  )
}

function isDot(value: unknown): value is Dot {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    Number.isSafeInteger(value[0]) &&
    Number.isSafeInteger(value[1]) &&
    (value[0] as number) >= 0 &&
    (value[1] as number) >= 1
  )
}

/** The base of a field in a payload, or undefined when it had no value. */
export function baseOf(payload: EntryPayload, field: string): Dot | undefined {
  const { b } = payload
  if (b === undefined) return undefined
  return isDot(b) ? b : b[field]
}

/** One journal line without its line break. */
export function entryLine(header: string, payload: string): string {
  return `${header}\t${payload}`
}

/** A line whose payload is gone or withheld: the commitment, as hex, keeps the chain whole. */
export function erasedLine(header: string, commitmentHex: string): string {
  return `${header}\t~${commitmentHex}`
}

/**
 * A closing change of a row whose content is withheld: commitment and payload.
 *
 * Who holds the row (and so its secret) proves the payload by the commitment; others keep the commitment alone.
 */
export function closingLine(header: string, commitmentHex: string, payload: string): string {
  return `${erasedLine(header, commitmentHex)}\t${payload}`
}

/** Entry 0 of a chain: who writes, and why under this name. `hash_0` is made of its bytes. */
export const WriterRecord = z.strictObject({
  writer: z.string().regex(writerPattern),
  device: z.string().regex(writerPattern),
  reason: z.enum(['install', 'restore', 'clone', 'ack-ahead', 'fork']),
  /** The writer before, and for each of its chains the last entry that this device still had. */
  parent: z
    .strictObject({
      writer: z.string().regex(writerPattern),
      tips: z.record(z.string().max(60), z.strictObject({ seq: z.int().min(0), hash: z.string().regex(/^[0-9a-f]{64}$/) })),
    })
    .nullable(),
  machine: z.string().regex(/^[0-9a-f]{64}$/),
  app: z.string().max(40),
  schema: z.int().min(1),
})
export type WriterRecord = z.infer<typeof WriterRecord>
