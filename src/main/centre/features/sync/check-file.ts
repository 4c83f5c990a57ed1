import { Refusal } from '#shared/result.ts'
import { isWriterId, WriterRecord } from '#shared/sync/entry.ts'
import type { ChainPart, Manifest } from '#shared/sync/manifest.ts'
import { openSyncFile, type OpenedSyncFile } from '../../crypto/sync-file-reader.ts'
import { isSignedBy, type DeviceIdentity } from '../../crypto/device-identity.ts'
import type { CallContext, Job } from '../../feature.ts'
import type { ReceivedEntry } from '../../storage/apply-entries.ts'
import { findChain, findWriter, hashAt, secretFor, type ChainRow } from '../../storage/chains.ts'
import { isErased } from '../../storage/erase-row.ts'
import { chainStart, headText } from '../../storage/journal.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { storedJson } from '../../storage/stored-json.ts'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { isShared, mayWrite } from './audience.ts'
import { chainCheck, WaitsForErasure, type ChainCheck } from './check-line.ts'
import { LineProofs, provedChain } from './line-proofs.ts'
import { deviceIdentity } from './device.ts'
import { chainEnd } from './revoked.ts'
import type { ChainEnd } from '../../storage/cut-chain.ts'
import { importedAt } from './sync-repository.ts'
import { findKnown, type KnownDevice } from './known-devices.ts'
import { instantAt } from '../../desk-day.ts'

/**
 * What becomes of a chain's part: taken; passed over; or kept aside because two histories exist, or because all of it is beyond what is
 * believed of a revoked computer.
 */
export type ChainFate = 'take' | 'unknown-writer' | 'fork' | 'own-fork' | 'own-ahead' | 'waits' | 'revoked'

export interface CheckedChain {
  readonly part: ChainPart
  readonly record: string
  readonly device: string
  /** Where the chain of a revoked computer ends: what is beyond is kept aside. */
  readonly end: ChainEnd | undefined
  fate: ChainFate
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

/** What is to be done with entries: merged, kept beside another history, kept aside as a revoked computer's. */
export type EntryUse = 'merge' | 'fork' | 'revoked'

/** Called for every entry that is not held here, and for all of a forked part, chain by chain, in order. */
export type EntrySink = (
  chain: CheckedChain,
  entries: readonly ReceivedEntry[],
  lines: readonly string[],
  use: EntryUse,
) => void | Promise<void>

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
): Promise<CheckedFile> {
  const { ports } = context
  const identity = deviceIdentity(context)
  const size = ports.files.size(name)
  const file = await openOwn(identity, size, ports.files.pieces(name))
  try {
    return await checkOpened(file, context, job, sink, again, told)
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
): Promise<CheckedFile> {
  const { store } = context
  const db: ReadableDb = store
  const identity = deviceIdentity(context)
  const { manifest } = file
  const sender = findKnown(store, file.signer)
  if (!sender) throw new Refusal('sync-unknown-sender')
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
  const chains = manifest.chains.map((part) => placed(part, manifest, sender, context, db))
  // what the first reading found in the midst of a chain holds from its first line
  for (const [i, c] of chains.entries()) c.fate = again?.chains[i]?.fate ?? c.fate
  // what a person was shown is what is taken in
  if (again && again.digest !== file.digest) throw new Refusal('sync-suspicious')
  const proofs = again?.proofs ?? new LineProofs(lineTotal(file, chains))
  const known = await checkLines(file, chainCursor(chains, db, proofs, again !== undefined), chains, job, sink)
  if (manifest.counter <= sender.receivedCounter && chains.every((c) => c.fresh === 0 && c.fate === 'take'))
    throw new Refusal('sync-older-than-yours')
  return { manifest, sender, chains, known, proofs, digest: file.digest, toFormerKey: file.openedBy > 0 }
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
  const end = device && chainEnd(device, stream, writer)
  return end !== undefined && held >= end.seq
}

function heldSeq(db: ReadableDb, stream: string, writer: string): number {
  const known = findWriter(db, writer)
  return (known && findChain(db, stream, known.number)?.seq) ?? 0
}

/** Checks who writes where, and what is held of the chain already. Throws Refusal sync-suspicious, sync-fork. */
function placed(part: ChainPart, manifest: Manifest, sender: KnownDevice, context: CallContext, db: ReadableDb): CheckedChain {
  const { store, session } = context
  const record = manifest.writers[part.writer]
  const parsedRecord = record === undefined ? undefined : readRecord(record)
  if (record === undefined || !parsedRecord || parsedRecord.writer !== part.writer || part.to.seq < part.from - 1)
    throw new Refusal('sync-suspicious')
  if (!isShared(part.stream, sender.site, session.site.code)) throw new Refusal('sync-suspicious')
  const { device } = parsedRecord
  const own = deviceIdentity(context)
  const known = findWriter(db, part.writer)
  if (known && known.record !== '' && known.record !== record) throw new Refusal('sync-fork')
  if (part.from === 1 && part.prev !== chainStart(part.stream, record)) throw new Refusal('sync-suspicious')
  const other = device === sender.device ? sender : findKnown(store, device)
  const writes = device === own.device ? { site: session.site.code, sign: own.signPublic } : other
  if (!writes) return { part, record, device, end: undefined, fate: 'unknown-writer', fresh: 0, beyond: 0 }
  if (!mayWrite(part.stream, writes.site)) throw new Refusal('sync-suspicious')
  const { stream, writer, to, head } = part
  if (!isSignedBy(writes.sign, '', utf8ToBytes(headText(stream, writer, to.seq, to.hash, head.at)), head.sig))
    throw new Refusal('sync-suspicious')
  const chain = known && findChain(db, part.stream, known.number)
  const end = device === own.device || !other ? undefined : chainEnd(other, stream, writer)
  return { part, record, device, end, fate: fateOf(db, part, chain, device === own.device, end), fresh: 0, beyond: 0 }
}

function fateOf(
  db: ReadableDb,
  part: ChainPart,
  chain: ChainRow | undefined,
  isOwn: boolean,
  end: ChainEnd | undefined,
): ChainFate {
  const held = chain?.seq ?? 0
  if (end && held >= end.seq && part.from > end.seq) return 'revoked'
  if (part.from > held + 1) throw new Refusal('sync-missing-earlier', { from: held + 1, to: part.from - 1 })
  const meets = (seq: number, hash: string) => {
    const ours = chain && hashAt(db, chain, seq)
    return ours === undefined || ours === hash
  }
  const same = meets(part.from - 1, part.prev) && (part.to.seq > held || meets(part.to.seq, part.to.hash))
  if (!same) return isOwn ? 'own-fork' : 'fork'
  return isOwn && part.to.seq > held ? 'own-ahead' : 'take'
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
): Promise<number> {
  const total = lineTotal(file, chains)
  let done = 0
  for await (const section of file.sections()) {
    for await (const batch of section.lines) {
      if (section.type !== 1) continue
      for (let at = 0; at < batch.length;) {
        const run = cursor.run(batch, at)
        at += run.length
        const use = run.chain.fate === 'fork' || run.chain.fate === 'own-fork' ? 'fork' : 'merge'
        if (run.entries.length > 0) await sink(run.chain, run.entries, batch.slice(at - run.length, at), use)
        const { aside } = run
        if (aside.length > 0) await sink(run.chain, aside, batch.slice(at - aside.length, at), 'revoked')
      }
      done += batch.length
      job.progress(done, total)
      await job.breathe()
    }
  }
  cursor.end()
  return total - chains.reduce((n, c) => n + c.fresh, 0)
}

/** Follows the lines through the chains of the file, and proves each, or takes what was found when they were proved before. */
function chainCursor(chains: readonly CheckedChain[], db: ReadableDb, proofs: LineProofs, isProved: boolean) {
  let index = 0
  /** Lines of the chains before this one. */
  let start = 0
  let line = 0
  let check: ChainCheck | undefined
  let held = 0
  let heldHash = ''
  const begin = (chain: CheckedChain): ChainCheck => {
    const writer = findWriter(db, chain.part.writer)?.number
    const ours = writer === undefined ? undefined : findChain(db, chain.part.stream, writer)
    held = ours?.seq ?? 0
    heldHash = ours?.hash ?? ''
    if (isProved) return provedChain(chain.part, proofs, start)
    return chainCheck(
      chain.part,
      (kind, row) => (writer === undefined ? undefined : secretFor(db, kind, row, writer)),
      (kind, row) => isErased(db, kind, row, chain.part.stream),
    )
  }
  const finish = (chain: CheckedChain): void => {
    if (chain.fate !== 'waits' && !check?.isWhole()) throw new Refusal('sync-suspicious')
    check = undefined
    start += lineCount(chain)
    line = 0
    index += 1
  }
  return {
    /** Takes lines of the batch from `at` on that belong to one chain. */
    run(
      batch: readonly string[],
      at: number,
    ): {
      readonly chain: CheckedChain
      readonly length: number
      readonly entries: ReceivedEntry[]
      /** The last entries of the run that are beyond the end of a revoked computer's chain. */
      readonly aside: ReceivedEntry[]
    } {
      while (index < chains.length && lineCount(chains[index]!) === 0) {
        check = begin(chains[index]!)
        finish(chains[index]!)
      }
      const chain = chains[index]
      if (!chain) throw new Refusal('sync-suspicious')
      check ??= begin(chain)
      const length = Math.min(batch.length - at, lineCount(chain) - line)
      const entries: ReceivedEntry[] = []
      const aside: ReceivedEntry[] = []
      for (let i = at; i < at + length && chain.fate !== 'waits'; i += 1) {
        try {
          const entry = check.next(batch[i] ?? '')
          if (!isProved) proofs.keep(start + line + i - at, entry)
          if (entry.header.q === held && entry.hash !== heldHash && chain.fate !== 'unknown-writer')
            chain.fate = chain.fate === 'own-ahead' ? 'own-fork' : 'fork'
          // what ends elsewhere than the office saw it is another history: nothing of it is believed
          if (chain.end?.seq === entry.header.q && chain.end.hash !== entry.hash) chain.fate = 'revoked'
          if (chain.end && (chain.fate === 'revoked' || (chain.fate === 'take' && entry.header.q > chain.end.seq))) {
            aside.push(entry)
            continue
          }
          const isFork = chain.fate === 'fork' || chain.fate === 'own-fork'
          if (!isFork && (entry.header.q <= held || chain.fate === 'unknown-writer')) continue
          entries.push(entry)
        } catch (error) {
          // only a chain that the sender wrote itself may be left for later half read: its own signature covers the file
          if (!(error instanceof WaitsForErasure)) throw error
          chain.fate = 'waits'
          chain.fresh = 0
          entries.length = 0
        }
      }
      if (chain.fate === 'take' || chain.fate === 'own-ahead') chain.fresh += entries.length
      else if (chain.fate !== 'unknown-writer') chain.fresh = 0
      chain.beyond += aside.length
      line += length
      if (line === lineCount(chain)) finish(chain)
      return { chain, length, entries, aside }
    },
    end(): void {
      while (index < chains.length) {
        if (lineCount(chains[index]!) > 0) throw new Refusal('sync-suspicious')
        check = begin(chains[index]!)
        finish(chains[index]!)
      }
    },
  }
}

function lineCount(chain: CheckedChain): number {
  return chain.part.to.seq - chain.part.from + 1
}
