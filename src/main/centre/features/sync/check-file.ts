import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { base64 } from '@scure/base'
import { Refusal } from '#shared/result.ts'
import { EntryHeader, EntryPayload } from '#shared/sync/entry.ts'
import { syncLimits, type Manifest } from '#shared/sync/manifest.ts'
import { mailboxStream, nationalStream } from '#shared/sync/stream.ts'
import { stampMilliseconds } from '#shared/sync/stamp.ts'
import { readSyncFile, type OpenedSyncFile } from '../../crypto/sealed-file.ts'
import type { CallContext, Job } from '../../feature.ts'
import type { ReceivedEntry } from '../../storage/apply-entries.ts'
import { chainStart, entryHash, noRowSecret, payloadCommitment } from '../../storage/journal.ts'
import { storedJson } from '../../storage/stored-json.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { instantAt } from '../../desk-day.ts'
import { deviceIdentity } from './device.ts'
import { collect } from './export-changes.ts'
import { entryAt, findPeer, importedAt, writerRecord, type PeerRecord } from './sync-repository.ts'

/** A whole file that may be taken in: every signature, chain and line was checked, nothing was written. */
export interface CheckedFile {
  readonly manifest: Manifest
  readonly peer: PeerRecord
  readonly bytes: Uint8Array
  /** Entries that are not held here yet, each chain in order. */
  readonly fresh: readonly { readonly record: string; readonly entries: readonly ReceivedEntry[] }[]
  readonly known: number
}

/**
 * Reads and proves a chosen file; see sync.preview. Changes nothing.
 *
 * Order: seal, layout, sender, signature, addressee, repetition, then every line of every chain (docs/formats/sync-file.md, "Reading").
 */
export async function checkFile(token: string, context: CallContext, job: Job): Promise<CheckedFile> {
  const { ports, store, session } = context
  if (ports.files.chosenSize(token) > syncLimits.fileBytesMax) throw new Refusal('sync-too-large')
  const bytes = await collect(ports.files.readChosen(token), syncLimits.fileBytesMax)
  const identity = deviceIdentity(context)
  const file = await readSyncFile(identity.ageIdentity, bytes)
  const { manifest } = file
  const peer = findPeer(store, file.signer)
  if (!peer) throw new Refusal('sync-unknown-sender')
  if (!file.signedBy(peer.card.sign)) throw new Refusal('sync-bad-signature')
  // a file signed for others and sealed again for us is not for us
  if (!manifest.to.some((t) => t.device === identity.device)) throw new Refusal('sync-not-for-you')
  if (manifest.from.site !== peer.card.site.code) throw new Refusal('sync-suspicious')
  const before = importedAt(store, manifest.file_id)
  if (before !== undefined) throw new Refusal('sync-already-imported', { at: instantAt(before) })
  const allowed = [nationalStream, mailboxStream(peer.card.site.code, session.site.code)]
  const fresh: { record: string; entries: ReceivedEntry[] }[] = []
  let known = 0
  for (const [i, part] of manifest.streams.entries()) {
    if (!allowed.includes(part.stream) || part.writer.device !== peer.device) throw new Refusal('sync-suspicious')
    const checked = await checkChain(part, await file.lines(i), store, job)
    known += checked.known
    fresh.push({ record: part.record, entries: checked.fresh })
  }
  if (manifest.counter <= peer.received_counter && fresh.every((f) => f.entries.length === 0))
    throw new Refusal('sync-older-than-yours')
  return { manifest, peer, bytes, fresh, known }
}

async function checkChain(
  part: Manifest['streams'][number],
  lines: Awaited<ReturnType<OpenedSyncFile['lines']>>,
  store: ReadableDb,
  job: Job,
): Promise<{ readonly fresh: ReceivedEntry[]; readonly known: number }> {
  const { stream, writer } = part
  const stored = writerRecord(store, writer.writer)
  if (JSON.stringify(storedRecord(part.record)) !== JSON.stringify(writer)) throw new Refusal('sync-suspicious')
  if (stored !== undefined && stored !== part.record) throw new Refusal('sync-fork')
  const held = store
    .read<{ seq: number | null }>('SELECT max(seq) AS seq FROM journal WHERE stream = ? AND writer = ?')
    .get(stream, writer.writer)
  const heldSeq = held?.seq ?? 0
  if (part.from > heldSeq + 1) throw new Refusal('sync-missing-earlier', { from: heldSeq + 1, to: part.from - 1 })
  let previous = part.from === 1 ? chainStart(part.record) : entryAt(store, stream, writer.writer, part.from - 1)?.hash
  if (!previous) throw new Refusal('sync-missing-earlier')
  const secrets = new Map<string, Uint8Array>()
  const secretOf = (kind: string, row: string): Uint8Array | undefined =>
    secrets.get(`${kind}/${row}`) ??
    store.read<{ secret: Uint8Array }>('SELECT secret FROM row_secret WHERE kind = ? AND row = ?').get(kind, row)?.secret
  const fresh: ReceivedEntry[] = []
  let seq = part.from - 1
  for (const line of lines) {
    seq += 1
    const { header, payload, headerText, payloadText, erased } = readLine(line)
    if (header.o !== 'w' && !kindsOf(stream).includes(header.k)) throw new Refusal('sync-suspicious')
    if (header.q !== seq || header.o === 'x') throw new Refusal('sync-suspicious')
    if (payload.s !== undefined) secrets.set(`${header.k}/${header.r}`, hexToBytes(payload.s))
    const secret = header.o === 'w' ? noRowSecret : secretOf(header.k, header.r)
    const proved = payloadText !== null && secret && payloadCommitment(secret, stream, writer.writer, seq, payloadText)
    const commitment = erased ?? proved
    // a payload without a given commitment must be provable, and a given one must fit it
    if (!commitment || (erased && proved && bytesToHex(erased) !== bytesToHex(proved))) throw new Refusal('sync-suspicious')
    const taken = proved ? { payload, payloadText } : { payload: {}, payloadText: null }
    const hash = entryHash(previous, stream, writer.writer, headerText, commitment)
    previous = hash
    if (seq > heldSeq) fresh.push({ stream, writer: writer.writer, header, headerText, ...taken, commitment, hash })
    else if (bytesToHex(entryAt(store, stream, writer.writer, seq)?.hash ?? noRowSecret) !== bytesToHex(hash))
      throw new Refusal('sync-fork')
    if (seq % 500 === 0) {
      job.progress(seq - part.from + 1, lines.length)
      await job.breathe()
    }
  }
  if (seq !== part.to.seq || bytesToHex(previous) !== part.to.hash) throw new Refusal('sync-suspicious')
  return { fresh, known: lines.length - fresh.length }
}

function storedRecord(text: string): unknown {
  try {
    return storedJson(text)
  } catch {
    return undefined
  }
}

/** What may travel in a stream: a directory file can never carry a person, nor a mailbox a service. */
function kindsOf(stream: string): readonly string[] {
  return stream === nationalStream ? ['organization', 'service', 'service_point'] : ['case', 'referral', 'referral_step']
}

interface ReadLine {
  readonly header: EntryHeader
  readonly payload: EntryPayload
  readonly headerText: string
  readonly payloadText: string | null
  /** The commitment that the line itself gives: its payload is withheld, erased, or a closing change. */
  readonly erased: Uint8Array | undefined
}

function readLine(line: string): ReadLine {
  const tab = line.indexOf('\t')
  try {
    const headerText = line.slice(0, tab)
    const payloadText = line.slice(tab + 1)
    const header = EntryHeader.parse(storedJson(headerText))
    if (payloadText.startsWith('~')) {
      const [commitment = '', closing] = payloadText.slice(1).split('\t')
      const erased = base64.decode(commitment)
      if (erased.length !== 32) throw new Refusal('sync-suspicious')
      const payload = closing === undefined ? {} : EntryPayload.parse(storedJson(closing))
      return { header, payload, headerText, payloadText: closing ?? null, erased }
    }
    return { header, payload: EntryPayload.parse(storedJson(payloadText)), headerText, payloadText, erased: undefined }
  } catch {
    throw new Refusal('sync-suspicious')
  }
}

/** Oldest and newest change of the fresh entries, milliseconds; undefined when there are none. */
export function changeSpan(file: CheckedFile): { readonly oldest: number; readonly newest: number } | undefined {
  const times = file.fresh.flatMap((f) => f.entries.map((e) => stampMilliseconds(e.header.t)))
  if (times.length === 0) return undefined
  return times.reduce((span, t) => ({ oldest: Math.min(span.oldest, t), newest: Math.max(span.newest, t) }), {
    oldest: Infinity,
    newest: 0,
  })
}
