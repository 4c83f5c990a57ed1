import { Refusal } from '#shared/result.ts'
import { namedSites } from '#shared/security/site.ts'
import { isWriterId, WriterRecord } from '#shared/sync/entry.ts'
import type { ChainPart, Manifest } from '#shared/sync/manifest.ts'
import { openSyncFile, type OpenedSyncFile } from '../../crypto/sync-file-reader.ts'
import { isSignedBy, type DeviceIdentity } from '../../crypto/device-identity.ts'
import type { CallContext, Job } from '../../feature.ts'
import type { Place, ReceivedEntry } from '../../storage/apply-entries.ts'
import { chainsOf, chainWith, compactedRoot } from '../../storage/branches.ts'
import { findWriter } from '../../storage/chains.ts'
import { chainStart, headText } from '../../storage/journal.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { storedJson } from '../../storage/stored-json.ts'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { isShared, mayWrite } from './audience.ts'
import { chainCursor, isFollowed, lineCount } from './chain-cursor.ts'
import { assertAdoptable, floorsOf, isLacking, snapshotStreams } from './check-snapshot.ts'
import { LineProofs } from './line-proofs.ts'
import { readSnapshotLine, type Floors, type SnapshotLine } from './snapshot-line.ts'
import { deviceIdentity } from './device.ts'
import { chainEnds, lastOf } from './revoked.ts'
import type { ChainEnd } from '../../storage/cut-chain.ts'
import { importedAt } from './sync-repository.ts'
import { findKnown, type KnownDevice } from './known-devices.ts'
import { instantAt } from '../../desk-day.ts'

/**
 * What becomes of a chain's part: taken; passed over, because nobody known wrote it, where it joins on is not held, or a row's content was
 * erased; or kept aside because all of it is beyond what is believed of a revoked computer.
 */
export type ChainFate = 'take' | 'unknown-writer' | 'apart' | 'waits' | 'revoked'

export interface CheckedChain {
  readonly part: ChainPart
  readonly record: string
  readonly device: string
  /** Where the chain of a revoked computer ends: what is beyond the last of them is kept aside. */
  readonly ends: readonly ChainEnd[] | undefined
  /** The writer's id in the record and in the hashes; a branch comes under an id of its own. */
  readonly name: string
  readonly isOwn: boolean
  /** It has a signed head of its own; else a branch in the same file proves it. */
  readonly isSigned: boolean
  fate: ChainFate
  /** Entries of it that only the snapshot stands for are not held here. */
  readonly isLacking: boolean
  /** Where the first entry that is not held joins on; undefined while none is, and for a writer of whom nothing is held. */
  place?: Place | undefined
  /** Entries that are not held yet. */
  fresh: number
  /** Entries beyond the end. */
  beyond: number
}

/** A whole file that may be taken in: every signature, chain and line was checked, nothing was written. */
export interface CheckedFile {
  readonly manifest: Manifest
  readonly sender: KnownDevice
  readonly chains: readonly CheckedChain[]
  readonly known: number
  /** What was found of each line; good for a file of this digest alone. */
  readonly proofs: LineProofs
  readonly digest: string
  /** It was sealed for a former key of this device. */
  readonly toFormerKey: boolean
}

/** What is to be done with entries: merged, or kept aside as a revoked computer's. */
export type EntryUse = 'merge' | 'revoked'

/** Called for every entry that is not held here, and for those to be kept aside, chain by chain, in order. */
export type EntrySink = (
  chain: CheckedChain,
  entries: readonly ReceivedEntry[],
  lines: readonly string[],
  use: EntryUse,
) => void | Promise<void>

/** Called for the lines of a snapshot, before any entry. */
export type SnapshotSink = (chains: readonly CheckedChain[], lines: readonly SnapshotLine[]) => void

/**
 * Reads and proves a received file that lies in the data folder; changes nothing. The sink gets every entry that is not held yet;
 * `again` is the earlier check of the same file.
 *
 * Order: seal, layout, sender, signature, addressee, repetition, prerequisites, then every line of every chain
 * (docs/formats/sync-file.md, "Reading"). Throws Refusal sync-*, cancelled.
 */
export async function checkFile(
  name: string,
  context: CallContext,
  job: Job,
  sink: EntrySink,
  again: CheckedFile | undefined,
  told: (manifest: Manifest, sender: KnownDevice) => void,
  snapshotSink: SnapshotSink,
): Promise<CheckedFile> {
  const { ports } = context
  const identity = deviceIdentity(context)
  const size = ports.files.size(name)
  const file = await openOwn(identity, size, ports.files.pieces(name))
  try {
    return await checkOpened(file, context, job, sink, again, told, snapshotSink)
  } finally {
    await file.close()
  }
}

/** A file that nothing opens may be for a key that this device destroyed: once there is such a key, that is told (E06). */
async function openOwn(identity: DeviceIdentity, size: number, pieces: AsyncIterable<Uint8Array>): Promise<OpenedSyncFile> {
  try {
    return await openSyncFile(identity.ageIdentities, size, pieces)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'sync-not-for-you' && identity.destroyed > 0)
      throw new Refusal('sync-for-old-key')
    throw error
  }
}

async function checkOpened(
  file: OpenedSyncFile,
  context: CallContext,
  job: Job,
  sink: EntrySink,
  again: CheckedFile | undefined,
  told: (manifest: Manifest, sender: KnownDevice) => void,
  snapshotSink: SnapshotSink,
): Promise<CheckedFile> {
  const { store } = context
  const db: ReadableDb = store
  const identity = deviceIdentity(context)
  const { manifest } = file
  const sender = findKnown(store, file.signer)
  if (!sender) throw unknownSender(manifest)
  if (!file.signedBy(sender.sign)) throw new Refusal('sync-bad-signature')
  told(manifest, sender)
  if (sender.status === 'revoked')
    throw new Refusal('sync-revoked-sender', { at: instantAt(sender.since), site: sender.siteName })
  // a file signed for others and sealed again for us is not for us
  if (!manifest.to.some((t) => t.device === identity.device)) throw new Refusal('sync-not-for-you')
  if (manifest.from.site !== sender.site) throw new Refusal('sync-suspicious')
  const before = importedAt(store, manifest.file_id)
  if (before !== undefined) throw new Refusal('sync-already-imported', { at: instantAt(before) })
  if (new Set(manifest.chains.map((c) => `${c.stream} ${c.writer}`)).size < manifest.chains.length)
    throw new Refusal('sync-suspicious')
  checkBase(db, manifest)
  const streams = snapshotStreams(manifest, sender, context)
  const chains = manifest.chains.map((part) => placed(part, manifest, sender, context, db, streams))
  assertAdoptable(db, chains)
  // what the first reading found in the midst of a chain holds from its first line
  for (const [i, c] of chains.entries()) c.fate = again?.chains[i]?.fate ?? c.fate
  putOffTogether(chains)
  // what a person was shown is what is taken in
  if (again && again.digest !== file.digest) throw new Refusal('sync-suspicious')
  const proofs = again?.proofs ?? new LineProofs(lineTotal(file, chains))
  // secrets that were told in entries which only the snapshot stands for
  const secrets = new Map<string, string>()
  const takeSnapshot = (lines: readonly SnapshotLine[]) => {
    for (const line of lines)
      if ('k' in line) for (const [writer, secret] of Object.entries(line.s)) secrets.set(`${writer}/${line.k}/${line.r}`, secret)
    snapshotSink(chains, lines)
  }
  const cursor = chainCursor(chains, db, proofs, again !== undefined, secrets)
  const known = await checkLines(file, cursor, chains, job, sink, takeSnapshot, floorsOf(chains, streams))
  putOffTogether(chains)
  const isNothingNew = chains.every((c) => c.fresh === 0 && c.fate === 'take' && !c.isLacking)
  if (manifest.counter <= sender.receivedCounter && isNothingNew) throw new Refusal('sync-older-than-yours')
  return { manifest, sender, chains, known, proofs, digest: file.digest, toFormerKey: file.openedBy > 0 }
}

/** Names the centre that the file claims, so that one knows whom to call; nothing proves it. */
function unknownSender({ from }: Manifest): Refusal {
  const claimed = namedSites.find((s) => s.code === from.site)
  return new Refusal('sync-unknown-sender', claimed && { site: claimed.name })
}

/** What the file joins on must be held here. Throws Refusal sync-missing-earlier. */
function checkBase(db: ReadableDb, manifest: Manifest): void {
  for (const [stream, writers] of Object.entries(manifest.base)) {
    for (const [writer, seq] of Object.entries(writers)) {
      const held = heldSeq(db, stream, writer)
      if (held < seq && !isEnded(db, stream, writer, held)) throw new Refusal('sync-missing-earlier', { from: held + 1, to: seq })
    }
  }
}

/** True for a revoked computer's chain of which all that is believed is held: its sender has not heard of it yet. */
function isEnded(db: ReadableDb, stream: string, writer: string, held: number): boolean {
  const device = findKnown(db, findWriter(db, writer)?.device ?? '')
  const ends = device && chainEnds(device, stream, findWriter(db, writer)?.name ?? writer)
  return ends !== undefined && held >= lastOf(ends)
}

/** How far any history of this writer reaches. */
function heldSeq(db: ReadableDb, stream: string, writer: string): number {
  const name = findWriter(db, writer)?.name ?? writer
  return Math.max(0, ...chainsOf(db, stream, name).map((c) => c.seq))
}

/** What only a branch proves that is put off is put off with it. */
function putOffTogether(chains: readonly CheckedChain[]): void {
  for (const c of chains.toReversed()) {
    const proofs = chains.filter((o) => o.record === c.record && isFollowed(c.part, [o.part]))
    if (!c.isSigned && proofs.length > 0 && proofs.every((o) => o.fate !== 'take' && o.fate !== 'revoked'))
      Object.assign(c, { fate: 'waits', fresh: 0 })
  }
}

/** Checks who writes where, and what is held of the chain already. Throws Refusal sync-suspicious, sync-fork. */
function placed(
  part: ChainPart,
  manifest: Manifest,
  sender: KnownDevice,
  context: CallContext,
  db: ReadableDb,
  snapshots: ReadonlySet<string>,
): CheckedChain {
  const { store, session } = context
  const record = manifest.writers[part.writer]
  const parsedRecord = record === undefined ? undefined : readRecord(record)
  if (record === undefined || !parsedRecord || part.to.seq < part.from - 1) throw new Refusal('sync-suspicious')
  if (!isShared(part.stream, sender.site, session.site.code)) throw new Refusal('sync-suspicious')
  const { device, writer: name } = parsedRecord
  const own = deviceIdentity(context)
  const under = findWriter(db, part.writer)
  if (under && under.record !== '' && under.name !== name) throw new Refusal('sync-suspicious')
  const known = findWriter(db, name)
  if (known && known.record !== '' && known.record !== record) throw new Refusal('sync-fork')
  const isOwn = device === own.device
  if (part.from === 1 && part.prev !== chainStart(part.stream, record)) throw new Refusal('sync-suspicious')
  const other = device === sender.device ? sender : findKnown(store, device)
  const writes = isOwn ? { site: session.site.code, sign: own.signPublic } : other
  const isInSnapshot = snapshots.has(part.stream) && part.writer === name
  const lacks = isInSnapshot && isLacking(db, part, name)
  const chain = { part, record, device, name, isOwn, ends: undefined, isLacking: lacks, fresh: 0, beyond: 0 }
  if (!writes) return { ...chain, isSigned: false, fate: 'unknown-writer' }
  if (!mayWrite(part.stream, writes.site)) throw new Refusal('sync-suspicious')
  const { stream, to, head } = part
  const isSigned = isSignedBy(writes.sign, '', utf8ToBytes(headText(stream, name, to.seq, to.hash, head.at)), head.sig)
  const sameWriter = manifest.chains.filter((p) => manifest.writers[p.writer] === record)
  if (!isSigned && !isFollowed(part, sameWriter)) throw new Refusal('sync-suspicious')
  const ends = isOwn || !other ? undefined : chainEnds(other, stream, name)
  // rows that a lost computer may have written after it was lost cannot be told from the others
  if (isInSnapshot && ends && part.from - 1 > lastOf(ends)) throw new Refusal('sync-suspicious')
  return { ...chain, isSigned, ends, fate: lacks ? 'take' : fateOf(db, part, name, manifest, ends && lastOf(ends)) }
}

/** Throws Refusal sync-missing-earlier when entries before the part are not held. */
function fateOf(db: ReadableDb, part: ChainPart, name: string, manifest: Manifest, end: number | undefined): ChainFate {
  const { stream, from, prev } = part
  const held = heldSeq(db, stream, name)
  if (end !== undefined && held >= end && from > end) return 'revoked'
  const joins = (p: ChainPart) => p.stream === stream && p.to.seq === from - 1 && p.to.hash === prev
  const root = compactedRoot(db, stream, name)
  // a branch that ends below what left the journal here may be another history than the one that left
  if (root && part.writer !== name && part.to.seq <= root.floor_seq) return 'apart'
  if (root && from <= root.floor_seq) return 'take'
  if (from === 1 || chainWith(db, stream, name, from - 1, prev) || manifest.chains.some(joins)) return 'take'
  if (from > held + 1) throw new Refusal('sync-missing-earlier', { from: held + 1, to: from - 1 })
  // another history, and where it parts from the one held here is not in the file
  return 'apart'
}

function readRecord(text: string): WriterRecord | undefined {
  try {
    const record = WriterRecord.safeParse(storedJson(text))
    return record.success && isWriterId(record.data.writer) ? record.data : undefined
  } catch {
    return undefined
  }
}

/** Lines of all chains; they must be those of the sections. */
function lineTotal(file: OpenedSyncFile, chains: readonly CheckedChain[]): number {
  const total = chains.reduce((n, c) => n + lineCount(c), 0)
  if (file.manifest.sections.reduce((n, s) => n + (s.type === 1 ? s.lines : 0), 0) !== total) throw new Refusal('sync-suspicious')
  return total
}

/** Reads the journal section through the cursor; returns how many entries were held already. */
async function checkLines(
  file: OpenedSyncFile,
  cursor: ReturnType<typeof chainCursor>,
  chains: readonly CheckedChain[],
  job: Job,
  sink: EntrySink,
  snapshotSink: (lines: readonly SnapshotLine[]) => void,
  floors: Floors,
): Promise<number> {
  const total = lineTotal(file, chains)
  let done = 0
  let hasJournalBegun = false
  for await (const section of file.sections()) {
    if (section.type === 2 && floors.size > 0 && hasJournalBegun) throw new Refusal('sync-suspicious')
    hasJournalBegun ||= section.type === 1
    for await (const batch of section.lines) {
      if (section.type !== 1) {
        if (floors.size > 0) snapshotSink(batch.map((line) => readSnapshotLine(line, floors)))
        await job.breathe()
        continue
      }
      for (let at = 0; at < batch.length;) {
        const run = cursor.run(batch, at)
        at += run.length
        const lines = (taken: readonly ReceivedEntry[]) => batch.slice(at - taken.length, at)
        if (run.entries.length > 0) await sink(run.chain, run.entries, lines(run.entries), 'merge')
        if (run.aside.length > 0) await sink(run.chain, run.aside, lines(run.aside), 'revoked')
      }
      done += batch.length
      job.progress(done, total)
      await job.breathe()
    }
  }
  cursor.end()
  return total - chains.reduce((n, c) => n + c.fresh, 0)
}
