import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { Refusal } from '#shared/result.ts'
import type { ImportPreview, ImportReceipt } from '#shared/sync/contract.ts'
import { stampMilliseconds, stampOf } from '#shared/sync/stamp.ts'
import { mailboxStream } from '#shared/sync/stream.ts'
import type { CallContext } from '../../feature.ts'
import { instantAt } from '../../desk-day.ts'
import { applyEntry, writerNumber } from '../../storage/apply-entries.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { receiveStamp } from '../../storage/write-unit.ts'
import { changeSpan, checkFile, type CheckedFile } from './check-file.ts'
import { refuseInTraining } from './export-changes.ts'
import { entryAt } from './sync-repository.ts'

const dayMilliseconds = 86_400_000

interface Kept {
  readonly id: string
  readonly token: string
  readonly sha256: string
}

/** The last previewed file; the import checks the same bytes again, so that a swapped stick is noticed. */
export function fileImports() {
  let last: Kept | undefined
  return {
    /** Proves the file and tells what it would bring; see sync.preview. */
    async preview(input: { readonly file: string; readonly job: string }, context: CallContext): Promise<ImportPreview> {
      refuseInTraining(context)
      last = undefined
      const file = await checkFile(input.file, context, context.job(input.job))
      const id = bytesToHex(context.ports.random.bytes(12))
      last = { id, token: input.file, sha256: bytesToHex(sha256(file.bytes)) }
      context.store.write((unit) =>
        unit.audit({ action: 'sync.preview', object: file.peer.device, details: { file: file.manifest.file_id } }),
      )
      return shownPreview(id, file, context.ports.clock.now())
    },
    /** Takes the previewed file in, all or nothing; see sync.import. */
    async import(input: { readonly previewId: string; readonly job: string }, context: CallContext): Promise<ImportReceipt> {
      refuseInTraining(context)
      const chosen = last
      if (!chosen || chosen.id !== input.previewId) throw new Refusal('not-found')
      const job = context.job(input.job)
      const file = await checkFile(chosen.token, context, job)
      if (bytesToHex(sha256(file.bytes)) !== chosen.sha256) throw new Refusal('changed-meanwhile')
      context.backup('import')
      const receipt = await takeIn(file, context, job)
      last = undefined
      context.ports.log.write({ event: 'import-done', file: file.manifest.file_id })
      return receipt
    },
  }
}

function shownPreview(id: string, file: CheckedFile, now: number): ImportPreview {
  const entries = file.fresh.flatMap((f) => f.entries)
  const rows = (kind: string) => new Set(entries.filter((e) => e.header.k === kind).map((e) => e.header.r)).size
  const span = changeSpan(file)
  const off = file.manifest.created - now
  return {
    previewId: id,
    fromSite: file.peer.card.site.name,
    fileCounter: file.manifest.counter,
    createdAt: instantAt(file.manifest.created),
    people: rows('case'),
    referrals: rows('referral'),
    services: rows('service_point'),
    newChanges: entries.length,
    knownChanges: file.known,
    oldestChange: span ? instantAt(span.oldest) : null,
    newestChange: span ? instantAt(span.newest) : null,
    // a file is older than its reader; only one from the future says that a clock is wrong
    clockOffMinutes: off > dayMilliseconds ? Math.round(off / 60_000) : null,
  }
}

/** A referral that came in a mailbox belongs to a case of the same mailbox, or to one that is not here. Throws Refusal sync-suspicious. */
function assertOwnReferences(db: ReadableDb, stream: string): void {
  const stray = db
    .read('SELECT 1 FROM referral r JOIN case_record c ON c.id = r.case_id WHERE r.stream = ? AND c.stream <> ? LIMIT 1')
    .get(stream, stream)
  if (stray !== undefined) throw new Refusal('sync-suspicious')
}

async function takeIn(
  file: CheckedFile,
  { store, session, ports }: CallContext,
  job: ReturnType<CallContext['job']>,
): Promise<ImportReceipt> {
  const { manifest, peer } = file
  const total = file.fresh.reduce((n, f) => n + f.entries.length, 0)
  return store.writeLong(async (unit) => {
    const fresh = { case: new Set<string>(), referral: new Set<string>(), service_point: new Set<string>() }
    const changed = { case: new Set<string>(), referral: new Set<string>(), service_point: new Set<string>() }
    let done = 0
    for (const { record, entries } of file.fresh) {
      const first = entries[0]
      if (!first) continue
      const number = writerNumber(unit, first.writer, record)
      for (const entry of entries) {
        const effect = applyEntry(unit, entry, number)
        const kind = entry.header.k
        if ((kind === 'case' || kind === 'referral' || kind === 'service_point') && effect !== 'none') {
          if (effect === 'new') fresh[kind].add(entry.header.r)
          else if (!fresh[kind].has(entry.header.r)) changed[kind].add(entry.header.r)
        }
        // the clamp of sync.md 3.5: one clock that is years ahead drags nobody along
        const latest = stampOf(Math.max(0, Math.floor(ports.clock.now()) + dayMilliseconds), 0)
        if (entry.header.t <= latest) receiveStamp(unit, entry.header.t)
        done += 1
        job.progress(done, total)
        if (done % 100 === 0) await job.breathe()
      }
    }
    assertOwnReferences(unit, mailboxStream(peer.card.site.code, session.site.code))
    const ours = manifest.have[mailboxStream(session.site.code, peer.card.site.code)]?.[store.writer]
    const ack =
      ours === undefined ? undefined : entryAt(unit, mailboxStream(session.site.code, peer.card.site.code), store.writer, ours)
    unit.local(
      'UPDATE peer SET received_counter = max(received_counter, ?), holds = ? WHERE device = ?',
      manifest.counter,
      JSON.stringify(manifest.have),
      peer.device,
    )
    unit.local(
      "INSERT INTO file_log (file_id, direction, device, counter, sha256, at, changes, outcome) VALUES (?, 'received', ?, ?, ?, ?, ?, 'done')",
      manifest.file_id,
      peer.device,
      manifest.counter,
      bytesToHex(sha256(file.bytes)),
      unit.now,
      total,
    )
    unit.audit({ action: 'sync.import', object: peer.device, details: { file: manifest.file_id, changes: total } })
    return {
      fromSite: peer.card.site.name,
      fileCounter: manifest.counter,
      newPeople: fresh.case.size,
      changedPeople: changed.case.size,
      newReferrals: fresh.referral.size,
      changedReferrals: changed.referral.size,
      services: fresh.service_point.size + changed.service_point.size,
      theyHaveOursUntil: ack ? instantAt(stampMilliseconds(ack.stamp)) : null,
    }
  })
}
