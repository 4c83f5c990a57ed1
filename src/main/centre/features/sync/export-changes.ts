import { bytesToHex } from '@noble/hashes/utils.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { base64 } from '@scure/base'
import { Refusal } from '#shared/result.ts'
import { closingLine, entryLine, erasedLine, EntryPayload, WriterRecord, type EntryHeader } from '#shared/sync/entry.ts'
import { mailboxStream, nationalStream } from '#shared/sync/stream.ts'
import { readSyncFile, writeSyncFile, type Section } from '../../crypto/sealed-file.ts'
import { today } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import { storedJson } from '../../storage/stored-json.ts'
import { deviceIdentity } from './device.ts'
import { refreshMailbox, shareableCases, shareableReferrals, withheldRows } from './mailbox.ts'
import { chainOf, findPeer, heldVector, writerRecord, type JournalLine } from './sync-repository.ts'

/** Exercises never leave the PC. */
export function refuseInTraining({ session }: Pick<CallContext, 'session'>): void {
  if (session.mode === 'training') throw new Refusal('training-no-exchange')
}

/** What would go to a peer; see sync.exportPreview. */
export function exportPreview(device: string, { store, session, ports }: CallContext) {
  if (!findPeer(store, device)) throw new Refusal('not-found')
  const { ids, withheld } = shareableCases(store, session.site.code, today(ports.clock))
  const referrals = ids.reduce((n, id) => n + shareableReferrals(store, id).length, 0)
  const services = store.read<{ n: number }>('SELECT count(*) AS n FROM service_point').get()?.n ?? 0
  return { people: ids.length, withheld, referrals, services }
}

/** Writes a sealed file for one centre; see sync.export. Nothing is remembered unless the file lies there whole. */
export async function exportChanges(
  input: { readonly device: string; readonly file: string; readonly job: string },
  context: CallContext,
) {
  const { store, session, ports, job } = context
  refuseInTraining(context)
  const peer = findPeer(store, input.device)
  if (!peer) throw new Refusal('not-found')
  const running = job(input.job)
  const identity = deviceIdentity(context)
  const site = session.site.code
  return store.writeLong(async (unit) => {
    const counts = refreshMailbox(unit, site, peer.card.site.code, today(ports.clock))
    await running.breathe()
    const record = writerRecord(unit, store.writer) ?? ''
    const streams: Parameters<typeof writeSyncFile>[0]['streams'] = []
    const sections: Section[] = []
    for (const stream of [nationalStream, mailboxStream(site, peer.card.site.code)]) {
      const chain = chainOf(unit, stream, store.writer)
      const last = chain.at(-1)
      if (!last) continue
      streams.push({
        stream,
        writer: WriterRecord.parse(storedJson(record)),
        record,
        from: 1,
        to: { seq: last.seq, hash: bytesToHex(last.hash) },
      })
      const withheld = withheldRows(unit, stream)
      sections.push({ count: chain.length, lines: chain.map((l) => lineOf(l, withheld)).join('\n') })
    }
    if (streams.length === 0) throw new Refusal('nothing-to-send')
    const changes = sections.reduce((n, s) => n + s.count, 0)
    running.progress(0, changes)
    const counter = peer.sent_counter + 1
    const fileId = bytesToHex(ports.random.bytes(16))
    const sealed = await writeSyncFile(
      {
        file_id: fileId,
        counter,
        from: { device: identity.device, site, writer: store.writer },
        to: [{ device: peer.device }],
        profile: 'incremental',
        created: unit.now,
        app: ports.appVersion,
        schema: 1,
        streams,
        have: heldVector(unit, mailboxStream(peer.card.site.code, site)),
      },
      sections,
      { device: identity.device, secret: identity.signSecret },
      [peer.card.age, identity.ageRecipient],
    )
    await running.breathe()
    async function* pieces() {
      yield sealed
    }
    const bytes = await ports.files.writeChosen(input.file, pieces(), async (written) => {
      // what lies on the stick is opened again to its end before anything is remembered
      const back = await readSyncFile(identity.ageIdentity, await collect(written, sealed.length))
      if (back.manifest.file_id !== fileId || !back.signedBy(identity.signPublic)) throw new Refusal('file-unreadable')
      for (const i of sections.keys()) await back.lines(i)
    })
    unit.local('UPDATE peer SET sent_counter = ? WHERE device = ?', counter, peer.device)
    unit.local(
      "INSERT INTO file_log (file_id, direction, device, counter, sha256, at, changes, outcome) VALUES (?, 'sent', ?, ?, ?, ?, ?, 'done')",
      fileId,
      peer.device,
      counter,
      bytesToHex(sha256(sealed)),
      unit.now,
      changes,
    )
    unit.audit({
      action: 'sync.export',
      object: peer.device,
      details: { file: fileId, people: counts.people, referrals: counts.referrals, bytes },
    })
    running.progress(changes, changes)
    ports.log.write({ event: 'export-done', file: fileId })
    return { fileName: ports.files.chosenName(input.file), bytes, counter, ...counts }
  })
}

/** A journal line as it travels: withheld and erased content is replaced by its commitment; only a closing change of a withheld row goes. */
function lineOf(line: JournalLine, withheld: ReadonlySet<string>): string {
  if (line.payload === null) return erasedLine(line.header, base64.encode(line.commitment))
  if (!withheld.has(storedJson<EntryHeader>(line.header).r)) return entryLine(line.header, line.payload)
  const fields = Object.keys(EntryPayload.parse(storedJson(line.payload)).p ?? {})
  const closing = fields.every((f) => f === 'status' || f === 'origin_id') && fields.includes('origin_id')
  const commitment = base64.encode(line.commitment)
  return closing ? closingLine(line.header, commitment, line.payload) : erasedLine(line.header, commitment)
}

/** The bytes of a file, at most `bytesMax`. Throws Refusal sync-too-large beyond. */
export async function collect(pieces: AsyncIterable<Uint8Array>, bytesMax: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const piece of pieces) {
    length += piece.length
    if (length > bytesMax) throw new Refusal('sync-too-large')
    parts.push(piece.slice())
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
