import { z } from 'zod'
import { Instant } from '../procedure.ts'
import { auditKinds } from './actions.ts'

/** A calendar month, YYYY-MM. */
export const Month = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/)

/** The month so many months later; earlier for a negative number. Months are YYYY-MM. */
export function monthAfter(month: string, later: number): string {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + later
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`
}

const count = z.number().int().min(0)

/**
 * The register of one computer and one month in figures, with the head of its chain, to be held against the register later
 * (roles-and-audit.md E.2). Nobody stands in it.
 */
export const MonthReport = z.strictObject({
  month: Month,
  siteName: z.string(),
  /** Id of the computer. */
  device: z.string(),
  printedAt: Instant,
  /** The newest event of the register, which is this printing: its number, and its hash as 64 hexadecimal digits. */
  head: z.strictObject({ events: count, hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  /** Numbers of the first and the last event of the month; null for a month without any. */
  range: z.strictObject({ first: count, last: count }).nullable(),
  kinds: z.array(z.strictObject({ kind: z.enum(auditKinds), events: count })),
  /** How often confidential answers of a case were shown: after a reason was given in that session, and to whose case it is. */
  confidential: z.strictObject({ withReason: count, without: count }),
  failedSignIns: count,
  exports: count,
  imports: count,
  erasures: count,
  /** How often the end of the register had been cut off. */
  cuts: count,
})
export type MonthReport = z.infer<typeof MonthReport>

/** Digits of a hash that are typed from the paper at least: 80 bits. */
export const paperDigitsMin = 20

/** A head as it is read from the paper: the number, and the hash or its beginning. */
export const PaperHead = z.strictObject({
  events: z.number().int().min(1),
  hash: z.string().regex(new RegExp(`^[0-9a-f]{${paperDigitsMin},64}$`)),
})
export type PaperHead = z.infer<typeof PaperHead>

/** What a register says of a paper: it passes through its head, holds another event there, or ends before it. */
export const PaperVerdict = z.enum(['fits', 'differs', 'ends-before'])
export type PaperVerdict = z.infer<typeof PaperVerdict>

/** Hexadecimal digits as they stand on paper, in groups of four. */
export const groupedHash = (hash: string): string => hash.match(/.{1,4}/g)?.join(' ') ?? ''

/** The digits of a hash that was typed in groups; '' for what is none. */
export function typedHash(typed: string): string {
  const digits = typed.replace(/[\s.-]/g, '').toLowerCase()
  return PaperHead.shape.hash.safeParse(digits).success ? digits : ''
}
