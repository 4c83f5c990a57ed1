import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { Refusal } from '#shared/result.ts'
import { paddedLength } from '#shared/sync/manifest.ts'
import { auditDigest, auditHash, auditStart } from '../../storage/audit-chain.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { storedJson } from '../../storage/stored-json.ts'
import { readLine } from './audit-line.ts'

const Hash = z.string().regex(/^[0-9a-f]{64}$/)
const Head = z.strictObject({
  psrl: z.literal('register'),
  v: z.literal(1),
  device: z.string().regex(/^[a-z2-7]{16}$/),
  site: z.string().regex(/^[A-Z0-9]{1,20}$/),
  created: z.int().min(0).max(8_640_000_000_000_000),
  events: z.int().min(1),
  hash: Hash,
})
/** First line of a register's file (docs/formats/register.md). */
export type RegisterHead = z.infer<typeof Head>

const lineBytesMax = 65_536
const eventsAtOnce = 500

/** The line as it travels: of an event with words of a person the digest alone. */
const travelling = (line: string): string =>
  readLine(line).details?.['note'] === undefined ? line : `~${bytesToHex(auditDigest(line))}`

/** This computer's register up to an event, in pieces, padded like a sync file. */
export async function* registerPieces(
  db: ReadableDb,
  head: RegisterHead,
  breathe: (done: number) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  let bytes = 0
  const piece = (text: string): Uint8Array => {
    const made = utf8ToBytes(text)
    bytes += made.length
    return made
  }
  yield piece(`${JSON.stringify(head)}\n`)
  const rows = db.read<{ seq: number; line: string }>(
    'SELECT seq, line FROM audit WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?',
  )
  for (let done = 0; done < head.events;) {
    const some = rows.all(done, head.events, eventsAtOnce)
    if (some.length === 0) throw new Refusal('database-damaged')
    yield piece(some.map(({ line }) => `${travelling(line)}\n`).join(''))
    done += some.length
    await breathe(done)
  }
  yield utf8ToBytes('\n'.repeat(paddedLength(bytes) - bytes))
}

/**
 * Reads a register's file to its end; `wanted`: numbers of events whose hashes are given back.
 *
 * Throws Refusal register-not-a-register, register-not-whole for a chain that does not end in the hash its first line names.
 */
export async function readRegister(
  pieces: AsyncIterable<Uint8Array>,
  wanted: (head: RegisterHead) => ReadonlySet<number>,
  breathe: (done: number, total: number) => Promise<void>,
): Promise<{ readonly head: RegisterHead; readonly hashes: ReadonlyMap<number, string> }> {
  let head: RegisterHead | undefined
  let numbers: ReadonlySet<number> = new Set()
  const hashes = new Map<number, string>()
  let hash = auditStart
  let seq = 0
  for await (const lines of linesOf(pieces)) {
    for (const line of lines) {
      if (!head) {
        head = readHead(line)
        numbers = wanted(head)
        continue
      }
      // the padding
      if (line === '' && seq === head.events) continue
      seq += 1
      if (seq > head.events) throw new Refusal('register-not-whole')
      hash = auditHash(hash, digestOf(line))
      if (numbers.has(seq)) hashes.set(seq, bytesToHex(hash))
    }
    await breathe(seq, head?.events ?? 0)
  }
  if (!head) throw new Refusal('register-not-a-register')
  if (seq !== head.events || bytesToHex(hash) !== head.hash) throw new Refusal('register-not-whole')
  return { head, hashes }
}

function readHead(line: string): RegisterHead {
  try {
    return Head.parse(storedJson(line))
  } catch {
    throw new Refusal('register-not-a-register')
  }
}

function digestOf(line: string): Uint8Array {
  if (!line.startsWith('~')) return auditDigest(line)
  if (!Hash.safeParse(line.slice(1)).success) throw new Refusal('register-not-whole')
  return hexToBytes(line.slice(1))
}

/** Whole lines, as many at once as a piece brings. Each ends with a line break. Throws Refusal register-not-a-register, register-not-whole. */
async function* linesOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decode = (piece?: Uint8Array): string => {
    try {
      return decoder.decode(piece, { stream: piece !== undefined })
    } catch {
      throw new Refusal('register-not-a-register')
    }
  }
  let held = ''
  for await (const piece of pieces) {
    const lines = (held + decode(piece)).split('\n')
    held = lines.pop() ?? ''
    if (held.length > lineBytesMax) throw new Refusal('register-not-a-register')
    yield lines
  }
  if (held + decode() !== '') throw new Refusal('register-not-whole')
}
