import { bytesToHex } from '@noble/hashes/utils.js'
import { Refusal, type ErrorCode } from '#shared/result.ts'
import type { ImportPreview, ImportReceipt } from '#shared/sync/contract.ts'
import { syncLimits } from '#shared/sync/manifest.ts'
import { stampMilliseconds } from '#shared/sync/stamp.ts'
import type { CallContext, Job } from '../../feature.ts'
import type { Clock } from '../../ports.ts'
import type { Manifest } from '#shared/sync/manifest.ts'
import { schemaVersion } from '../../storage/write-unit.ts'
import { ownText } from '../../storage/stored-json.ts'
import { endsApart, goesOnElsewhere } from './histories.ts'
import { inboxFile } from '../../storage/leftovers.ts'
import type { WriteUnit } from '../../storage/store.ts'
import { dayMilliseconds, instantAt } from '../../desk-day.ts'
import { checkFile, type CheckedFile, type EntrySink, type SnapshotSink } from './check-file.ts'
import { adoptedStreams } from './check-snapshot.ts'
import { refuseInTraining } from './export-changes.ts'
import { needSpace } from '../../storage/space.ts'
import { deviceIdentity } from './device.ts'
import { noteTold, type KnownDevice } from './known-devices.ts'
import { importBytes } from './space.ts'
import { takeIn } from './take-in.ts'

interface Kept {
  readonly id: string
  readonly file: CheckedFile
}

/** The last previewed file: a copy in the data folder, so that a stick is read once and may be pulled out. A start removes it. */
export function fileImports() {
  let last: Kept | undefined
  return {
    /** Proves the file and tells what it would bring; see sync.preview. */
    async preview(input: { readonly file: string; readonly job: string }, context: CallContext): Promise<ImportPreview> {
      refuseInTraining(context)
      const { ports, store } = context
      last = undefined
      const job = limitedJob(context.job(input.job), ports.clock)
      const seen: Seen = {}
      const own = deviceIdentity(context).device
      context.whenRefused((unit, code) => noteRefusal(unit, seen, code, own, ports.clock.now()))
      try {
        // before the disk is filled with it
        const size = ports.files.chosenSize(input.file)
        if (size > syncLimits.fileBytesMax) throw new Refusal('sync-too-large')
        needSpace(ports.files, size)
        await ports.files.copyChosen(input.file, inboxFile, (done, total) => job.progress(done, total))
        await job.breathe()
        const tally = entryTally()
        const file = await checkFile(
          inboxFile,
          context,
          job,
          tally.sink,
          undefined,
          (manifest, sender) => {
            Object.assign(seen, { manifest, sender })
          },
          tally.snapshotSink,
        )
        const id = bytesToHex(ports.random.bytes(12))
        last = { id, file }
        store.write((unit) =>
          unit.audit({ action: 'sync.preview', object: file.sender.device, details: { file: file.manifest.file_id } }),
        )
        return shownPreview(id, file, tally, ports.clock.now())
      } catch (error) {
        ports.files.remove(inboxFile)
        // they hold more of us than we do: nothing more may be written under our old name, and our next file asks for everything again
        if (error instanceof Refusal && error.code === 'sync-missing-earlier' && seen.manifest && seen.sender) {
          const { manifest, sender } = seen
          const renewal = goesOnElsewhere(store, [], manifest, store.writer)
          if (renewal) {
            const apart = JSON.stringify(endsApart(store, manifest, []))
            store.renewWriter(renewal, (unit) => unit.local('UPDATE peer SET apart = ? WHERE device = ?', apart, sender.device))
          }
        }
        throw error
      }
    },
    /** Takes the previewed file in, all or nothing; see sync.import. */
    async import(input: { readonly previewId: string; readonly job: string }, context: CallContext): Promise<ImportReceipt> {
      refuseInTraining(context)
      const chosen = last
      if (!chosen || chosen.id !== input.previewId) throw new Refusal('not-found')
      const job = limitedJob(context.job(input.job), context.ports.clock)
      const { files } = context.ports
      needSpace(files, importBytes(context.store, files.size(inboxFile)))
      context.backup('import')
      const receipt = await takeIn(inboxFile, chosen.file, context, job)
      last = undefined
      context.ports.files.remove(inboxFile)
      context.store.scrub()
      context.ports.log.write({ event: 'import-done', file: chosen.file.manifest.file_id })
      return receipt
    },
  }
}

/** A job that stops by itself: a file made to be slow must not hold a desk for ever. Throws Refusal sync-too-slow, cancelled. */
function limitedJob(job: Job, clock: Clock): Job {
  const end = clock.steady() + syncLimits.readMillisecondsMax
  return {
    progress: (done, total) => job.progress(done, total),
    async breathe() {
      await job.breathe()
      if (clock.steady() > end) throw new Refusal('sync-too-slow')
    },
  }
}

/** What is known of a file when it is refused. */
interface Seen {
  readonly sender?: KnownDevice
  readonly manifest?: Manifest
}

/** Of files that are proved but bring nothing; one that was taken in before says only what its sender once was. */
const tellsAllTheSame: ReadonlySet<ErrorCode> = new Set(['sync-older-than-yours', 'sync-missing-earlier'])

/** What was refused, and why, stays on the page of exchanges. */
function noteRefusal(unit: WriteUnit, { sender, manifest }: Seen, code: ErrorCode, own: string, now: number): void {
  if (code === 'cancelled' || code === 'locked') return
  if (sender && manifest && tellsAllTheSame.has(code)) noteTold(unit, sender, manifest, own)
  unit.local(
    "INSERT INTO file_log (file_id, direction, device, site, counter, at, changes, outcome) VALUES (?, 'received', ?, ?, ?, ?, 0, ?)",
    manifest?.file_id ?? '',
    sender?.device ?? '',
    sender?.site ?? '',
    manifest?.counter ?? 0,
    now,
    code,
  )
}

/** Kinds of which a preview tells how many rows come. */
const shownKinds = ['case', 'referral', 'service_point'] as const

/** Counts what is new in a file: rows by kind, entries, oldest and newest change. */
function entryTally() {
  const rows = new Map<string, Set<string>>(shownKinds.map((kind) => [kind, new Set()]))
  // stamps sort as text
  let oldest = ''
  let newest = ''
  let entries = 0
  let newer = 0
  const sink: EntrySink = (_chain, batch, _lines, use) => {
    if (use !== 'merge') return
    for (const { header } of batch) {
      entries += 1
      if (header.sv > schemaVersion) newer += 1
      if (header.t > newest) newest = header.t
      if (oldest === '' || header.t < oldest) oldest = header.t
      const ofKind = rows.get(header.k)
      if (ofKind && !ofKind.has(header.r)) ofKind.add(ownText(header.r))
    }
  }
  const snapshotSink: SnapshotSink = (chains, lines) => {
    const adopted = adoptedStreams(chains)
    for (const line of lines) {
      if (!('k' in line) || !adopted.has(line.stream)) continue
      entries += 1
      rows.get(line.k)?.add(ownText(line.r))
    }
  }
  return {
    sink,
    snapshotSink,
    rowsOf: (kind: (typeof shownKinds)[number]) => rows.get(kind)?.size ?? 0,
    entries: () => entries,
    newer: () => newer,
    span: () => (newest === '' ? null : { oldest: stampMilliseconds(oldest), newest: stampMilliseconds(newest) }),
  }
}

function shownPreview(id: string, file: CheckedFile, tally: ReturnType<typeof entryTally>, now: number): ImportPreview {
  const { manifest, sender, chains } = file
  const span = tally.span()
  const off = manifest.created - now
  const count = (fate: string) => chains.filter((c) => c.fate === fate).length
  return {
    previewId: id,
    fromSite: sender.siteName,
    fileCounter: manifest.counter,
    createdAt: instantAt(manifest.created),
    people: tally.rowsOf('case'),
    referrals: tally.rowsOf('referral'),
    services: tally.rowsOf('service_point'),
    newChanges: tally.entries(),
    knownChanges: file.known,
    oldestChange: span ? instantAt(span.oldest) : null,
    newestChange: span ? instantAt(span.newest) : null,
    // a file is older than its reader; only one from the future says that a clock is wrong
    clockOffMinutes: off > dayMilliseconds ? Math.round(off / 60_000) : null,
    note: manifest.note,
    unknownWriters: count('unknown-writer'),
    twoHistories: chains.filter((c) => c.place?.isBranch === true).length,
    apart: count('apart'),
    waiting: count('waits'),
    fromNewer: tally.newer(),
    setAside: chains.reduce((n, c) => n + c.beyond, 0),
    toFormerKey: file.toFormerKey,
    ownAhead: chains.some((c) => c.isOwn && c.fresh > 0),
    more: manifest.part.more,
  }
}
