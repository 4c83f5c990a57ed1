import { Refusal } from '#shared/result.ts'
import type { ImportReceipt } from '#shared/sync/contract.ts'
import { stampMilliseconds, stampOfClock, type Stamp } from '#shared/sync/stamp.ts'
import { mailboxStream, nationalStream } from '#shared/sync/stream.ts'
import type { CallContext, Job } from '../../feature.ts'
import { dayMilliseconds, instantAt } from '../../desk-day.ts'
import { applyEntries } from '../../storage/apply-entries.ts'
import { chainWith } from '../../storage/branches.ts'
import { findChain, findWriter, type ChainRow } from '../../storage/chains.ts'
import type { JournaledKind } from '../../storage/journaled-tables.ts'
import type { RowEffect } from '../../storage/merge-row.ts'
import type { ReadableDb, WriteUnit } from '../../storage/store.ts'
import { ownText } from '../../storage/stored-json.ts'
import { receiveStamp } from '../../storage/write-unit.ts'
import { renewed } from './centre-status.ts'
import { deviceIdentity } from './device.ts'
import { noteTold } from './known-devices.ts'
import { renewLostKey } from './renew-own-key.ts'
import { recoverChanges, recoverOwn } from './recover-own.ts'
import { mayWrite } from './audience.ts'
import { checkFile, type CheckedChain, type CheckedFile } from './check-file.ts'
import { rowsToReview } from '../../storage/review.ts'
import { eraseLinksOfCopies, eraseOverlooked } from './mailbox.ts'
import { keepAside } from '../../storage/keep-aside.ts'
import { endsApart, goesOnElsewhere } from './histories.ts'
import { noteRegisterHead } from './register-heads.ts'
import { cutRevoked } from './revoked.ts'
import { snapshotTaker } from './take-snapshot.ts'
import { stampAt } from './sync-repository.ts'

/** Rows that an import brought or changed, of the kinds that its receipt tells of. */
function rowTally() {
  const fresh = { case: new Set<string>(), referral: new Set<string>(), service_point: new Set<string>() }
  const changed = { case: new Set<string>(), referral: new Set<string>(), service_point: new Set<string>() }
  return {
    note(kind: JournaledKind, row: string, what: RowEffect): void {
      if (kind !== 'case' && kind !== 'referral' && kind !== 'service_point') return
      if (what === 'new') fresh[kind].add(ownText(row))
      else if (what === 'changed' && !fresh[kind].has(row)) changed[kind].add(ownText(row))
    },
    fresh: (kind: keyof typeof fresh) => fresh[kind].size,
    changed: (kind: keyof typeof changed) => changed[kind].size,
  }
}

/** A referral that came in a mailbox belongs to a case of the same mailbox, or to one that is not here. Throws Refusal sync-suspicious. */
function assertOwnReferences(db: ReadableDb, streams: ReadonlySet<string>): void {
  for (const stream of streams) {
    if (!stream.startsWith('mbx:')) continue
    const stray = db
      .read('SELECT 1 FROM referral r JOIN case_record c ON c.id = r.case_id WHERE r.stream = ? AND c.stream <> ? LIMIT 1')
      .get(stream, stream)
    if (stray !== undefined) throw new Refusal('sync-suspicious')
  }
}

/**
 * Takes a checked file in: journal, rows, waiting values, vectors and the file's record in one transaction (sync.md 3.6).
 *
 * Throws Refusal sync-*, cancelled, disk-full; then nothing was changed.
 */
export async function takeIn(name: string, before: CheckedFile, context: CallContext, job: Job): Promise<ImportReceipt> {
  const { store, session, ports } = context
  const { manifest, sender } = before
  const renewal = goesOnElsewhere(store, before.chains, manifest, store.writer)
  if (renewal) store.renewWriter(renewal)
  return store.writeLong(async (unit) => {
    const apply = applyEntries(unit, ports.merged)
    const rows = rowTally()
    const snapshot = snapshotTaker(unit, apply, rows.note)
    const reached = new Map<CheckedChain, ChainRow>()
    // the clamp of sync.md 3.5: one clock that is years ahead drags nobody along
    const latest = stampOfClock(ports.clock.now() + dayMilliseconds)
    let received: Stamp | undefined
    let changes = 0
    let aside = 0
    const file = await checkFile(
      name,
      context,
      job,
      (checked, entries, lines, use) => {
        const { part, device, record, name, place } = checked
        if (use === 'revoked') aside += keepAside(unit, part, entries, lines)
        if (use !== 'merge') return
        if (entries.length === 0) return
        snapshot.begin(before.chains)
        const chain =
          reached.get(checked) ?? (place ? apply.place(place, entries[0]!.hash) : apply.chain(part.stream, name, device, record))
        reached.set(checked, chain)
        apply.take({ chain, entries }, rows.note)
        changes += entries.length
        for (const e of entries)
          if (e.header.t <= latest && (received === undefined || e.header.t > received)) received = e.header.t
      },
      before,
      () => undefined,
      (chains, lines) => {
        snapshot.begin(chains)
        snapshot.take(lines)
      },
    )
    snapshot.begin(file.chains)
    for (const { part, name, fate, isSigned, ends = [] } of file.chains) {
      if (fate !== 'take') continue
      for (const head of [...ends, ...(isSigned ? [{ ...part.to, ...part.head }] : [])]) {
        const chain = chainWith(unit, part.stream, name, head.seq, head.hash)
        if (chain) apply.signed(chain, head)
      }
    }
    apply.finish()
    // the file may have told of a computer that was reported lost
    aside += cutRevoked(unit)
    if (snapshot.newest() > (received ?? '') && snapshot.newest() <= latest) received = snapshot.newest() as Stamp
    if (received !== undefined) receiveStamp(unit, received)
    // a copy on another PC lost nothing: its rows are at the PC that it was copied from
    const renewedFor = renewed(context)?.reason
    if (renewedFor !== undefined && renewedFor !== 'clone') {
      recoverOwn(unit, session.site.code)
      recoverChanges(unit, session.site.code, apply.ranges())
    }
    // files of other PCs of this centre alone bring erasures, or copies, of its own cases
    if (file.chains.some((c) => c.part.stream !== nationalStream && mayWrite(c.part.stream, session.site.code)))
      eraseOverlooked(unit, session.site.code, store.writer)
    eraseLinksOfCopies(unit, session.site.code)
    const isNewKey = renewLostKey(unit, ports.random)
    assertOwnReferences(unit, new Set(file.chains.map((c) => c.part.stream)))
    const fileNumber = noteFile(unit, before, changes, deviceIdentity(context).device)
    const registerFault = noteRegisterHead(unit, manifest, sender.device)
    // what a snapshot replaced cannot be put back
    for (const { chain, from, head } of snapshot.isTaken() ? [] : apply.ranges())
      unit.local(
        'INSERT INTO import_range (file, chain, from_seq, to_seq, head) VALUES (?, ?, ?, ?, ?)',
        fileNumber,
        chain.number,
        from,
        chain.seq,
        JSON.stringify(head),
      )
    unit.audit({
      action: 'sync.import',
      object: sender.device,
      details: {
        file: manifest.file_id,
        changes,
        ...(isNewKey ? { newKey: 1 } : {}),
        ...(registerFault === null ? {} : { register: registerFault }),
      },
    })
    return {
      importId: fileNumber,
      fromSite: sender.siteName,
      fileCounter: manifest.counter,
      newPeople: rows.fresh('case'),
      changedPeople: rows.changed('case'),
      newReferrals: rows.fresh('referral'),
      changedReferrals: rows.changed('referral'),
      services: rows.fresh('service_point') + rows.changed('service_point'),
      toReview: rowsToReview(unit),
      twoHistories: file.chains.some((c) => c.place?.isBranch === true),
      setAside: aside,
      toFormerKey: file.toFormerKey,
      registerFault,
      theyHaveOursUntil: acknowledged(unit, before, session.site.code, store.writer),
    }
  })
}

function noteFile(unit: WriteUnit, { manifest, sender, chains }: CheckedFile, changes: number, own: string): number {
  // only the newest file tells what its sender holds: an older one that comes late must not lower it
  noteTold(unit, sender, manifest, own)
  unit.local(
    'UPDATE peer SET holds = ?, apart = ?, received_counter = ?, clock_off = ? WHERE device = ? AND received_counter < ?',
    JSON.stringify(manifest.have),
    JSON.stringify(endsApart(unit, manifest, chains)),
    manifest.counter,
    manifest.created - unit.now,
    sender.device,
    manifest.counter,
  )
  unit.local(
    "INSERT INTO file_log (file_id, direction, device, site, counter, at, changes, outcome, details) VALUES (?, 'received', ?, ?, ?, ?, ?, 'done', ?)",
    manifest.file_id,
    sender.device,
    sender.site,
    manifest.counter,
    unit.now,
    changes,
    JSON.stringify({ more: manifest.part.more }),
  )
  return unit.read<{ id: number }>('SELECT max(id) AS id FROM file_log').get()?.id ?? 0
}

/** Until when the sender holds our changes in the mailbox to it, or null when it did not say. */
function acknowledged(db: ReadableDb, { manifest, sender }: CheckedFile, ownSite: string, ownWriter: string): string | null {
  const stream = mailboxStream(ownSite, sender.site)
  const seq = manifest.have[stream]?.[ownWriter]
  const writer = findWriter(db, ownWriter)
  const chain = writer && findChain(db, stream, writer.number)
  const stamp = seq !== undefined && chain ? stampAt(db, chain.number, seq) : undefined
  return stamp === undefined ? null : instantAt(stampMilliseconds(stamp))
}
