import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { cardText, newDeviceIdentity, type DeviceIdentity } from '#main/centre/crypto/device-identity.ts'
import { writeSyncFile, type ManifestDraft, type Section } from '#main/centre/crypto/sealed-file.ts'
import { chainStart, entryHash, noRowSecret, payloadCommitment } from '#main/centre/storage/journal.ts'
import { namedSites } from '#shared/security/site.ts'
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
  const identity = await newDeviceIdentity(letter.repeat(16), seededRandom(seed))
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
  /** The row's secret, hex. */
  readonly secret?: string
  /** The line from its parts, for a line that should not be. */
  readonly line?: (header: string, payload: string, commitment: Uint8Array) => string
}

export const rowSecret = '11'.repeat(16)

export interface ForgedChain {
  readonly stream: ManifestDraft['streams'][number]
  readonly section: Section
}

/** A chain that holds together whatever its entries say; the lines before `from` are counted, not sent. */
export function forgedChain(centre: OutsideCentre, stream: string, entries: readonly ForgedEntry[], from = 1): ForgedChain {
  const record = JSON.stringify(centre.record)
  const { writer } = centre.record
  let hash = chainStart(record)
  const lines = entries.map((e, i) => {
    const q = e.q ?? i + 1
    const o = e.o ?? 'i'
    const header = JSON.stringify({ q, t: e.t ?? `0mib4k2a0-${String(i).padStart(2, '0')}`, a: 'u1', k: e.k, r: e.r, o, sv: 1 })
    const secret = e.secret ?? rowSecret
    const whole = o === 'i' ? { p: e.p, s: secret } : { p: e.p }
    const payload = e.payload ?? payloadText(whole as Parameters<typeof payloadText>[0])
    const commitment = payloadCommitment(o === 'w' ? noRowSecret : hexToBytes(secret), stream, writer, q, payload)
    hash = entryHash(hash, stream, writer, header, commitment)
    return e.line ? e.line(header, payload, commitment) : entryLine(header, payload)
  })
  const sent = lines.slice(from - 1)
  return {
    stream: { stream, writer: centre.record, record, from, to: { seq: entries.length, hash: bytesToHex(hash) } },
    section: { lines: sent.join('\n'), count: sent.length },
  }
}

let files = 0

/** A file of chains for a device, signed and sealed; `changes` overrides what the manifest says, `with` who signs and who can open. */
export async function forgedFile(
  centre: OutsideCentre,
  to: { readonly device: string; readonly age: string },
  chains: readonly ForgedChain[],
  changes: Readonly<Record<string, unknown>> = {},
  signWith: Uint8Array = centre.identity.signSecret,
): Promise<Uint8Array> {
  files += 1
  const draft = {
    file_id: files.toString(16).padStart(32, '0'),
    counter: files,
    from: { device: centre.identity.device, site: centre.site, writer: centre.record.writer },
    to: [{ device: to.device }],
    profile: 'incremental' as const,
    created: Date.UTC(2026, 10, 24, 7),
    app: 'outside',
    schema: 1,
    streams: chains.map((c) => c.stream),
    have: {},
    ...changes,
  }
  return writeSyncFile(
    draft as ManifestDraft,
    chains.map((c) => c.section),
    { device: centre.identity.device, secret: signWith },
    [to.age, centre.identity.ageRecipient],
  )
}
