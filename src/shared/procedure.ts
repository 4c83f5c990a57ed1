import { z } from 'zod'
import type { PermissionId } from './permissions.ts'

/**
 * One call of the contract between page and centre.
 *
 * - `permission`: what the signed-in user must hold; `null` only for calls that need no user.
 * - `audited`: `read` = the dispatcher records the read; `write` = the handler's write unit records it; `no` = nothing personal.
 * - `whileLocked`: answers although nobody is signed in.
 * - `secret`: whoever does not hold this permission is answered not-found, and nothing of the call is in the audit or the log.
 * - `shell`: answered by the shell (dialogs, printing), not by the centre.
 */
export interface Procedure<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly input: I
  readonly output: O
  readonly permission: PermissionId | null
  readonly audited: 'no' | 'read' | 'write'
  readonly whileLocked: boolean
  readonly secret: PermissionId | null
  readonly shell: boolean
}

/** Builds a procedure; unset flags take the strict value. */
export function procedure<I extends z.ZodType, O extends z.ZodType, const S extends boolean = false>(
  p: Pick<Procedure<I, O>, 'input' | 'output' | 'permission'> &
    Partial<Pick<Procedure, 'audited' | 'whileLocked' | 'secret'>> & { readonly shell?: S },
): Procedure<I, O> & { readonly shell: S } {
  return { audited: 'no', whileLocked: false, secret: null, ...p, shell: (p.shell ?? false) as S }
}

/** Input of a call that takes nothing. */
export const Nothing = z.strictObject({})
const controlCharacter = /[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b\ufeff]/u
const controlCharacters = new RegExp(controlCharacter, 'gu')
/**
 * Text as it is kept: NFC, no control characters, no direction overrides (they could make a name read as another), trimmed.
 *
 * Letters of every script stay; line breaks become spaces.
 */
export function cleanText(text: string): string {
  return text
    .replace(/[\r\n\t]+/g, ' ')
    .replace(controlCharacters, '')
    .toWellFormed()
    .normalize('NFC')
    .trim()
}
/** True for text that holds nothing `cleanText` would take out or write otherwise; spaces at its ends do not matter. */
export function isCleanText(text: string): boolean {
  if (/^[ -~]*$/.test(text)) return true
  return text.isWellFormed() && !controlCharacter.test(text) && text.normalize('NFC') === text
}
/** A short text typed by a person, cleaned; longer than `charactersMax` is refused, never cut. */
export const shortText = (charactersMax: number) => z.string().max(charactersMax).transform(cleanText)
/** A calendar day, YYYY-MM-DD; 31/02 is refused. */
export const Day = z.iso.date()
/** An instant, ISO 8601 in UTC. */
export const Instant = z.iso.datetime()
/** Opaque id made by the application. */
export const Id = z.string().regex(/^[A-Za-z0-9-]{1,64}$/)
/** Names a file chosen in a system dialog; the path itself never reaches the page (S23). */
export const FileToken = z.string().regex(/^[a-z0-9]{32}$/)
/** Names a long-running job, for progress and cancel. */
export const JobId = z.string().regex(/^[a-z0-9-]{1,40}$/)
