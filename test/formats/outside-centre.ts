import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { cardText, newDeviceIdentity, signWith, type DeviceIdentity } from '#main/centre/crypto/device-identity.ts'
import { packSection, writeSyncFile, type ManifestDraft } from '#main/centre/crypto/sync-file-writer.ts'
import { chainStart, entryHash, headText, noRowSecret, payloadCommitment } from '#main/centre/storage/journal.ts'
import { namedSites } from '#shared/security/site.ts'
import { registerHeadsMax } from '#shared/sync/manifest.ts'
import { entryLine, payloadText, type WriterRecord } from '#shared/sync/entry.ts'
import { seededRandom } from '#test/support/fake-ports.ts'
import type { TestCentre } from '#test/support/open-test-centre.ts'

/** A trusted centre that is not the application: it may write anything into a file, and sign it. */
export interface OutsideCentre {
  readonly identity: DeviceIdentity
  readonly site: string
  readonly record: WriterRecord
}

/** A centre with keys of its own; `letter` makes its ids. */
export async function outsideCentre(site: string, letter: string, seed: number): Promise<OutsideCentre> {
  const identity = newDeviceIdentity(letter.repeat(16), seededRandom(seed))
  const record: WriterRecord = {
    writer: `${letter}w`.repeat(8),
    device: identity.device,
    reason: 'install',
    parent: null,
    machine: '0'.repeat(64),
    app: 'outside',
    schema: 1,
  }
  return { identity, site, record }
}

/** Makes a desk trust the outside centre's card. */
export async function trustOutside(desk: TestCentre, centre: OutsideCentre): Promise<void> {
  const card = path.join(desk.folder, 'outside.psrlcard')
  writeFileSync(
    card,
    cardText(
      centre.identity,
      namedSites.find((s) => s.code === centre.site)!,
    ),
  )
  const read = await desk.get('sync.readCard', { file: desk.token(card) })
  await desk.get('sync.trustCard', { previewId: read.previewId })
}

/** An entry to be written; what is left out is as the format wants it. */
export interface ForgedEntry {
  readonly k: string
  readonly r: string
  readonly o?: string
  readonly p?: unknown
  readonly q?: number
  readonly t?: string
  /** The payload's exact text instead of `p`. */
  readonly payload?: string
  readonly sv?: number
  /** The header's exact text, from the right one; hashed as it is. */
  readonly header?: (text: string) => string
  /** The row's secret, hex. */
  readonly secret?: string
  /** The line from its parts, for a line that should not be. */
  readonly line?: (header: string, payload: string, commitment: string) => string
}

export const rowSecret = '11'.repeat(16)

export interface ForgedChain {
  readonly part: ManifestDraft['chains'][number]
  readonly record: string
  readonly lines: readonly string[]
}

/** A chain that holds together whatever its entries say; the lines before `from` are counted, not sent. */
export function forgedChain(centre: OutsideCentre, stream: string, entries: readonly ForgedEntry[], from = 1): ForgedChain {
  const record = JSON.stringify(centre.record)
  const { writer } = centre.record
  let hash = chainStart(stream, record)
  let prev = hash
  const lines = entries.map((e, i) => {
    const q = e.q ?? i + 1
    const o = e.o ?? 'i'
    const right = `{"q":${q},"t":"${e.t ?? `0mib4k2a0-${String(i).padStart(2, '0')}`}","a":"u1","k":"${e.k}","r":"${e.r}","o":"${o}","sv":${e.sv ?? 1}}`
    const header = e.header?.(right) ?? right
    const secret = e.secret ?? rowSecret
    const whole = o === 'i' ? { p: e.p, s: secret } : { p: e.p }
    const payload = e.payload ?? payloadText(whole as Parameters<typeof payloadText>[0])
    const commitment = payloadCommitment(o === 'w' || o === 'x' ? noRowSecret : secret, stream, writer, q, payload)
    if (i === from - 1) prev = hash
    hash = entryHash(hash, stream, writer, header, commitment)
    return e.line ? e.line(header, payload, commitment) : entryLine(header, payload)
  })
  const at = Date.UTC(2026, 10, 24, 7)
  const seq = entries.length
  const sig = signWith(centre.identity.signSecret, '', utf8ToBytes(headText(stream, writer, seq, hash, at)))
  return { part: { stream, writer, from, prev, to: { seq, hash }, head: { at, sig } }, record, lines: lines.slice(from - 1) }
}

let files = 0

export async function* oneChunk(lines: readonly string[]): AsyncGenerator<{ text: string; lines: number }> {
  if (lines.length > 0) yield { text: lines.join('\n'), lines: lines.length }
}

/** The bytes of an asynchronous run of pieces. */
export async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return new Uint8Array(Buffer.concat(all))
}

/** The head of the outside centre's register, and those before it: an event for each file. */
function registerHeads(newest: number): [number, string][] {
  return Array.from({ length: Math.min(newest, registerHeadsMax) }, (_, i) => [
    newest - i,
    (newest - i).toString(16).padStart(64, '0'),
  ])
}

/** What a file of these chains says of itself; each call makes a new file with a higher counter. `changes` overrides it. */
export function forgedDraft(
  centre: OutsideCentre,
  to: { readonly device: string },
  chains: readonly ForgedChain[],
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  files += 1
  return {
    file_id: files.toString(16).padStart(32, '0'),
    counter: files,
    from: { device: centre.identity.device, site: centre.site, writer: centre.record.writer },
    to: [{ device: to.device }],
    profile: 'incremental' as const,
    part: { n: 1, more: false },
    created: Date.UTC(2026, 10, 24, 7),
    app: 'outside',
    schema: 1,
    writers: Object.fromEntries(chains.map((c) => [c.part.writer, c.record])),
    chains: chains.map((c) => c.part),
    base: {},
    have: {},
    audit: registerHeads(files),
    want: [],
    counts: {},
    span: null,
    note: '',
    ...changes,
  }
}

/** A file of chains for a device, signed and sealed; `changes` overrides what the manifest says, `with` who signs and who can open. */
export async function forgedFile(
  centre: OutsideCentre,
  to: { readonly device: string; readonly age: string },
  chains: readonly ForgedChain[],
  changes: Readonly<Record<string, unknown>> = {},
  options: { readonly signSecret?: Uint8Array; readonly lineCount?: number } = {},
): Promise<Uint8Array> {
  const draft = forgedDraft(centre, to, chains, changes)
  const section = await packSection(1, oneChunk(chains.flatMap((c) => c.lines)))
  return bytesOf(
    await writeSyncFile(
      draft as unknown as ManifestDraft,
      [{ ...section, lines: options.lineCount ?? section.lines }],
      { device: centre.identity.device, secret: options.signSecret ?? centre.identity.signSecret },
      [to.age, centre.identity.ageRecipient],
    ),
  )
}
