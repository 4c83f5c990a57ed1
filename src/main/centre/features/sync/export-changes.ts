import { utf8ToBytes, bytesToHex } from '@noble/hashes/utils.js'
import { Refusal } from '#shared/result.ts'
import { closingLine, erasedLine, readPayload } from '#shared/sync/entry.ts'
import type { Manifest, Vector } from '#shared/sync/manifest.ts'
import { stampMilliseconds } from '#shared/sync/stamp.ts'
import { mailboxStream } from '#shared/sync/stream.ts'
import { signWith } from '../../crypto/device-identity.ts'
import { openSyncFile } from '../../crypto/sync-file-reader.ts'
import { packSection, writeSyncFile, type ManifestDraft } from '../../crypto/sync-file-writer.ts'
import { today } from '../../desk-day.ts'
import type { CallContext, Job } from '../../feature.ts'
import { secretFor } from '../../storage/branches.ts'
import { headerOf, lineText, type JournalLine } from '../../storage/journal-line.ts'
import { headText, noRowSecret, payloadCommitment } from '../../storage/journal.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { storedJson } from '../../storage/stored-json.ts'
import { schemaVersion, signHead } from '../../storage/write-unit.ts'
import { deviceIdentity } from './device.ts'
import { snapshotLines } from './snapshot-line.ts'
import { refreshMailbox, shareableCases, shareableReferrals, withheldRows } from './mailbox.ts'
import { chooseParts, type ChosenPart } from './choose-parts.ts'
import { heldVector, linesAfter, sharedChains, type ChainWithWriter } from './sync-repository.ts'
import { preparedAction, registerHeads } from './register-heads.ts'
import { needSpace } from '../../storage/space.ts'
import { devicesOfSite, findKnown, openedWith, sentCounter } from './known-devices.ts'

const linesAtOnce = 500

/** Exercises never leave the PC. */
export function refuseInTraining({ session }: Pick<CallContext, 'session'>): void {
  if (session.mode === 'training') throw new Refusal('training-no-exchange')
}

/** What would go to a peer; see sync.exportPreview. */
export function exportPreview(device: string, { store, session, ports }: CallContext) {
  const peer = findKnown(store, device)
  if (peer?.status !== 'active') throw new Refusal('not-found')
  const { ids, withheld } = shareableCases(store, session.site.code, today(ports.clock))
  const referrals = ids.reduce((n, id) => n + shareableReferrals(store, id).length, 0)
  const services = store.read<{ n: number }>('SELECT count(*) AS n FROM service_point').get()?.n ?? 0
  return { people: ids.length, withheld: peer.site === session.site.code ? 0 : withheld, referrals, services }
}

/** True when a file came from that centre, taken in or not. */
function heardFrom(db: ReadableDb, site: string): boolean {
  return db.read("SELECT 1 FROM file_log WHERE site = ? AND direction = 'received' LIMIT 1").get(site) !== undefined
}

interface Prepared {
  readonly counter: number
  readonly people: number
  readonly referrals: number
  readonly parts: readonly ChosenPart[]
  readonly base: Vector
  readonly reached: Vector
  readonly have: Vector
  readonly tips: Manifest['tips']
  readonly audit: Manifest['audit']
  readonly more: boolean
  readonly partNumber: number
  readonly snapshot: readonly string[]
}

/**
 * First transaction: the mailbox is brought up to date, our chains' heads are signed, the file gets its number.
 *
 * It is committed before the file is written: a file that lies on a stick never holds an entry that this database does not.
 */
function prepare(site: string, context: CallContext): Prepared {
  const { store, session, ports } = context
  const identity = deviceIdentity(context)
  const own = session.site.code
  return store.write((unit) => {
    const counts = own === site ? { people: 0, referrals: 0 } : refreshMailbox(unit, own, site, today(ports.clock))
    const now = unit.now
    signHead(unit, (stream, writer, seq, hash) => ({
      at: now,
      sig: signWith(identity.signSecret, '', utf8ToBytes(headText(stream, writer, seq, hash, now))),
    }))
    const chains = sharedChains(unit, own, site)
    const chosen = chooseParts(unit, chains, devicesOfSite(unit, site), site)
    // a file without a change still tells what is held here: it is the receipt, or asks again for what is missing
    if (chains.every((c) => c.seq === 0) && !heardFrom(unit, site)) throw new Refusal('nothing-to-send')
    const counter = unit.next(sentCounter(site))
    unit.audit({ action: preparedAction, details: { site, counter } })
    return { counter, ...counts, ...chosen, ...heldVector(unit, own, site), audit: registerHeads(unit, site) }
  })
}

/** Writes a sealed file for one centre; see sync.export. */
export async function exportChanges(
  input: { readonly device: string; readonly file: string; readonly job: string; readonly note: string },
  context: CallContext,
) {
  const { store, session, ports, job } = context
  refuseInTraining(context)
  const peer = findKnown(store, input.device)
  if (peer?.status !== 'active') throw new Refusal('not-found')
  const running = job(input.job)
  const identity = deviceIdentity(context)
  const own = session.site.code
  const readers = devicesOfSite(store, peer.site)
  const ready = prepare(peer.site, context)
  await running.breathe()
  const total = ready.parts.reduce((n, p) => n + p.to - p.from + 1, 0)
  const tally = lineTally()
  const section = await packSection(1, journalChunks(ready.parts, own, peer.site, store, tally, running, total))
  const snapshot =
    ready.snapshot.length === 0 ? undefined : await packSection(2, snapshotChunks(ready.snapshot, own, peer.site, store, running))
  const sections = snapshot ? [snapshot, section] : [section]
  needSpace(
    ports.files,
    sections.reduce((n, s) => n + s.enc, 0),
    input.file,
  )
  const fileId = bytesToHex(ports.random.bytes(16))
  const draft: ManifestDraft = {
    file_id: fileId,
    counter: ready.counter,
    from: { device: identity.device, site: own, writer: store.writer },
    reads: identity.ageRecipient,
    heard: Object.fromEntries(readers.filter((d) => d.receivedCounter > 0).map((d) => [d.device, d.receivedCounter])),
    to: readers.map((d) => ({ device: d.device })),
    profile: snapshot ? 'snapshot' : 'incremental',
    ...(snapshot ? { snapshot: [...ready.snapshot] } : {}),
    part: { n: ready.partNumber, more: ready.more },
    created: Math.max(0, Math.floor(ports.clock.now())),
    app: ports.appVersion,
    schema: schemaVersion,
    writers: Object.fromEntries(ready.parts.map((p) => [p.chain.writer_id, p.chain.record])),
    chains: ready.parts.map((p) => ({
      stream: p.chain.stream,
      writer: p.chain.writer_id,
      from: p.from,
      prev: p.prev,
      to: { seq: p.to, hash: p.toHash },
      head: p.head,
    })),
    base: ready.base,
    have: ready.have,
    tips: ready.tips,
    audit: ready.audit,
    want: [],
    counts: tally.counts,
    span: tally.span(),
    note: input.note,
  }
  const recipients = [...readers.flatMap(openedWith), identity.ageRecipient]
  const sealed = await writeSyncFile(draft, sections, { device: identity.device, secret: identity.signSecret }, recipients)
  const bytes = await ports.files.writeChosen(input.file, breathing(sealed, running), async (written, size) => {
    // what lies on the stick is opened again to its end before anything is remembered
    const back = await openSyncFile(identity.ageIdentities, size, written)
    try {
      if (back.manifest.file_id !== fileId || !back.signedBy(identity.signPublic)) throw new Refusal('file-unreadable')
      for await (const s of back.sections()) for await (const _lines of s.lines) await running.breathe()
    } finally {
      await back.close()
    }
  })
  store.write((unit) => {
    unit.local(
      "INSERT INTO file_log (file_id, direction, device, site, counter, at, changes, outcome, details) VALUES (?, 'sent', ?, ?, ?, ?, ?, 'done', ?)",
      fileId,
      peer.device,
      peer.site,
      ready.counter,
      unit.now,
      total,
      JSON.stringify({ more: ready.more, part: ready.partNumber, upTo: upTo(ready) }),
    )
    unit.audit({
      action: 'sync.export',
      object: peer.device,
      details: { file: fileId, people: ready.people, referrals: ready.referrals, bytes },
    })
  })
  running.progress(total, total)
  ports.log.write({ event: 'export-done', file: fileId })
  return {
    fileName: ports.files.chosenName(input.file),
    bytes,
    counter: ready.counter,
    people: ready.people,
    referrals: ready.referrals,
    changes: total,
    more: ready.more,
  }
}

/** What the reader holds once it has taken this part in; the next part of a series joins on there. */
function upTo({ parts, reached }: Prepared): Vector {
  const vector: Record<string, Record<string, number>> = Object.fromEntries(
    Object.entries(reached).map(([stream, writers]) => [stream, { ...writers }]),
  )
  for (const p of parts) (vector[p.chain.stream] ??= {})[p.chain.writer_id] = p.to
  return vector
}

async function* breathing(pieces: AsyncIterable<Uint8Array>, job: Job): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    await job.breathe()
    yield piece
  }
}

/** Kind -> inserted, updated, erased; and the span of time. */
function lineTally() {
  const counts: Record<string, [number, number, number]> = {}
  let oldest = Number.POSITIVE_INFINITY
  let newest = 0
  return {
    counts,
    add(line: JournalLine): void {
      const at = stampMilliseconds(line.stamp)
      oldest = Math.min(oldest, at)
      newest = Math.max(newest, at)
      if (line.row === '') return
      const count = (counts[line.kind] ??= [0, 0, 0])
      count[line.op === 'i' ? 0 : line.op === 'u' ? 1 : 2] += 1
    },
    span: (): [number, number] | null => (newest === 0 ? null : [oldest, newest]),
  }
}

/** True for what this centre hands to another one in a file for it. */
function isHandedOver(stream: string, own: string, site: string): boolean {
  return site !== own && stream === mailboxStream(own, site)
}

async function* snapshotChunks(
  streams: readonly string[],
  own: string,
  site: string,
  db: ReadableDb,
  job: Job,
): AsyncGenerator<{ readonly text: string; readonly lines: number }> {
  for (const stream of streams) {
    let lines: string[] = []
    for (const line of snapshotLines(db, stream, isHandedOver(stream, own, site) ? withheldRows(db, stream) : new Set())) {
      lines.push(line)
      if (lines.length < linesAtOnce) continue
      yield { text: lines.join('\n'), lines: lines.length }
      lines = []
      await job.breathe()
    }
    if (lines.length > 0) yield { text: lines.join('\n'), lines: lines.length }
  }
}

async function* journalChunks(
  parts: readonly ChosenPart[],
  own: string,
  site: string,
  db: ReadableDb,
  tally: ReturnType<typeof lineTally>,
  job: Job,
  total: number,
): AsyncGenerator<{ readonly text: string; readonly lines: number }> {
  let done = 0
  for (const part of parts) {
    // whoever of our PCs wrote a mailbox: another centre gets nothing of who took the agreement back (H5)
    const withheld = isHandedOver(part.chain.stream, own, site) ? withheldRows(db, part.chain.stream) : new Set<string>()
    for (let seq = part.from - 1; seq < part.to;) {
      const lines = linesAfter(db, part.chain.number, seq, part.to, linesAtOnce)
      if (lines.length === 0) throw new Refusal('database-damaged')
      for (const line of lines) tally.add(line)
      yield { text: lines.map((l) => lineOf(l, part.chain, withheld, db)).join('\n'), lines: lines.length }
      seq = lines.at(-1)!.seq
      done += lines.length
      job.progress(done, total)
      await job.breathe()
    }
  }
}

/** A journal line as it travels: withheld and erased content is replaced by its commitment; only a closing change of a withheld row goes. */
function lineOf(line: JournalLine, chain: ChainWithWriter, withheld: ReadonlySet<string>, db: ReadableDb): string {
  if (line.payload === null || !withheld.has(line.row)) return lineText(line)
  const header = headerOf(line)
  const secret = secretFor(db, line.kind, line.row, chain.writer) ?? noRowSecret
  const commitment = payloadCommitment(secret, chain.stream, chain.name, line.seq, line.payload)
  const fields = Object.keys(readPayload(storedJson(line.payload))?.p ?? {})
  const closing = fields.every((f) => f === 'status' || f === 'origin_id') && fields.includes('origin_id')
  return closing ? closingLine(header, commitment, line.payload) : erasedLine(header, commitment)
}

/** The bytes of a small file, at most `bytesMax`. Throws Refusal sync-too-large beyond. */
export async function collect(pieces: AsyncIterable<Uint8Array>, bytesMax: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const piece of pieces) {
    length += piece.length
    if (length > bytesMax) throw new Refusal('sync-too-large')
    parts.push(piece.slice())
  }
  return new Uint8Array(Buffer.concat(parts))
}
