import { Refusal } from '#shared/result.ts'
import { readHeader, readPayload, type EntryPayload } from '#shared/sync/entry.ts'
import type { ChainPart } from '#shared/sync/manifest.ts'
import { isSignedKind, type SignedKind } from '#shared/sync/signed-kinds.ts'
import type { ReceivedEntry } from '../../storage/apply-entries.ts'
import { formRow } from '../../crypto/form-statement.ts'
import { statementRow } from '../../crypto/roster-statement.ts'
import { entryHash, noRowSecret, payloadCommitment } from '../../storage/journal.ts'
import { isRegister, journaledTables, type JournaledKind } from '../../storage/journaled-tables.ts'
import { fitsRegister, isWholeInsert } from '../../storage/register-values.ts'
import { ownText, storedJson } from '../../storage/stored-json.ts'
import { schemaVersion } from '../../storage/write-unit.ts'
import { mayCarry } from './audience.ts'

/** Cannot be proved because the row's secret was erased here: the chain waits until its sender has heard of the erasure. */
export class WaitsForErasure extends Error {}

/** Follows the lines of one chain. */
export interface ChainCheck {
  /** The next line as an entry. */
  next(line: string): ReceivedEntry
  /** True when the chain ends where the file says. */
  isWhole(): boolean
  /** The secret of this writer for a row, as far as the lines tell it or it was held. */
  readonly secretOf: SecretOf
}
export type SecretOf = (kind: string, row: string) => string | undefined

const noPayload: EntryPayload = {}

/**
 * Proves the lines of one chain, one after the other: spelling, number, commitment, hash.
 *
 * `heldSecret` gives a secret of this writer that is held already. Throws Refusal sync-suspicious on the first line that does not fit, and
 * WaitsForErasure.
 */
export function chainCheck(part: ChainPart, heldSecret: SecretOf, isErased: (kind: string, row: string) => boolean): ChainCheck {
  const { stream, writer } = part
  const carried = new Map<string, boolean>()
  const carries = (kind: string, isNewer: boolean): boolean => {
    const key = isNewer ? `${kind} newer` : kind
    let known = carried.get(key)
    if (known === undefined) carried.set(key, (known = mayCarry(stream, kind, isNewer)))
    return known
  }
  const told = new Map<string, string>()
  let seq = part.from - 1
  let previous = part.prev
  const secretOf: SecretOf = (kind, row) => told.get(`${kind}/${row}`) ?? heldSecret(kind, row)
  const suspicious = (): never => {
    throw new Refusal('sync-suspicious')
  }
  return {
    next(line) {
      seq += 1
      const { headerText, given, text } = lineParts(line)
      const header = readHeader(headerText)
      if (!header || header.q !== seq) return suspicious()
      const { o, k, r } = header
      const isNewer = header.sv > schemaVersion
      if (o !== 'w' && !carries(k, isNewer)) return suspicious()
      if (!isNewer && o !== 'i' && o !== 'u' && o !== 'x' && o !== 'w') return suspicious()
      if ((o === 'w') !== (r === '') || (o === 'w' && k !== '')) return suspicious()
      if (given === undefined) return suspicious()
      const payload = text === null ? noPayload : parsed(text)
      if (!payload || (text !== null && !(isNewer && o !== 'x') && !(saysWhatItDoes(o, payload) && fitsItsRow(k, o, payload))))
        return suspicious()
      // whatever version wrote it
      if (isSignedKind(k) && !isWholeStatement(k, o, r, payload)) return suspicious()
      if (payload.s !== undefined) told.set(ownText(`${k}/${r}`), payload.s)
      const secret = o === 'w' || o === 'x' ? noRowSecret : secretOf(k, r)
      const proved = text !== null && secret !== undefined ? payloadCommitment(secret, stream, writer, seq, text) : null
      const commitment = given ?? proved
      if (commitment === null) {
        if (isErased(k, r)) throw new WaitsForErasure()
        return suspicious()
      }
      // a given commitment must fit a payload that can be proved
      if (proved !== null && proved !== commitment) return suspicious()
      const hash = entryHash(previous, stream, writer, headerText, commitment)
      previous = hash
      return proved === null
        ? { header, payload: noPayload, payloadText: null, commitment, hash }
        : { header, payload, payloadText: text, commitment, hash }
    },
    secretOf,
    isWhole: (): boolean => seq === part.to.seq && previous === part.to.hash,
  }
}

/** The parts of a line; `given` is its commitment, null when it has none, undefined when it is not one. Nothing is checked of the others. */
export function lineParts(line: string): {
  readonly headerText: string
  readonly given: string | null | undefined
  readonly text: string | null
} {
  const tab = line.indexOf('\t')
  const headerText = line.slice(0, tab)
  const rest = line.slice(tab + 1)
  if (!rest.startsWith('~')) return { headerText, given: null, text: rest }
  const given = rest.slice(1, 65)
  const isOne = /^[0-9a-f]{64}$/.test(given) && (rest.length === 65 || rest[65] === '\t')
  return { headerText, given: isOne ? given : undefined, text: rest.length > 66 ? rest.slice(66) : null }
}

/** Nobody changes, erases or withholds what is signed, nor puts another text under its id. */
function isWholeStatement(kind: SignedKind, op: string, row: string, { p }: EntryPayload): boolean {
  const { body, sig, pack, ...others } = p ?? {}
  if (op !== 'i' || typeof body !== 'string' || typeof sig !== 'string' || Object.keys(others).length > 0) return false
  if (kind === 'roster_entry') return pack === undefined && statementRow({ body, sig }) === row
  return typeof pack === 'string' && formRow({ body, sig, pack }) === row
}

/** Each operation has its own payload and no other. */
function saysWhatItDoes(op: string, { p, b, d, s, w, x }: EntryPayload): boolean {
  if (op === 'w') return w !== undefined && !p && !b && !d && s === undefined && !x
  if (op === 'x') return x !== undefined && !p && !b && !d && s === undefined && !w
  return p !== undefined && !w && !x && (op !== 'i' || s !== undefined)
}

/** Values that a page could not show are refused; fields of a newer version pass unread. */
function fitsItsRow(kind: string, op: string, { p }: EntryPayload): boolean {
  if (p === undefined || !Object.hasOwn(journaledTables, kind)) return true
  const known = kind as JournaledKind
  if (op === 'i' && !isWholeInsert(known, p)) return false
  return Object.entries(p).every(([field, value]) => !isRegister(known, field) || fitsRegister(known, field, value))
}

function parsed(text: string): ReturnType<typeof readPayload> {
  try {
    const value: unknown = storedJson(text)
    // one spelling: no key twice, no number beyond numbers, no half of a letter
    return JSON.stringify(value) === text && text.isWellFormed() ? readPayload(value) : undefined
  } catch {
    return undefined
  }
}
