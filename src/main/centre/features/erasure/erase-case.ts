import { Refusal } from '#shared/result.ts'
import type { Certificate, ErasureGround } from '#shared/erasure/contract.ts'
import { mayBeCounted } from '#shared/cases/consent.ts'
import { mayDo } from '#shared/permissions.ts'
import { parseStream } from '#shared/sync/stream.ts'
import { today } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import { inboxFile } from '../../storage/leftovers.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { findCase, originName, timeEnded, type CaseRecord } from '../cases/index.ts'
import { findCertificate } from './certificates.ts'
import { insertFigures } from './figures.ts'
import { whatHangs, type HangingRow } from './what-hangs.ts'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const randomLetters = 6

/** A case that this centre may erase. Copies belong to the centre that sent them: only it may write into their stream. */
function ownCase(db: ReadableDb, site: string, caseId: string): CaseRecord {
  const record = findCase(db, site, caseId)
  if (!record) throw new Refusal('not-found')
  if (record.origin_site !== null) throw new Refusal('read-only-copy')
  return record
}

const receiverOf = (row: HangingRow): string[] => {
  const stream = parseStream(row.stream)
  return stream?.kind === 'mailbox' ? [stream.to] : []
}

/** What would go; see erasure.preview. */
export function erasurePreview(caseId: string, { store, session, ports }: CallContext) {
  const record = ownCase(store, session.site.code, caseId)
  const rows = whatHangs(store, caseId, session.site.code)
  return {
    caseNumber: record.number,
    referrals: rows.filter((r) => r.kind === 'referral' && receiverOf(r).length === 0).length,
    forms: rows.filter((r) => r.kind === 'case_form').length,
    sites: [...new Set(rows.flatMap(receiverOf))].map((site) => originName(site) ?? site),
    timeEnded: timeEnded(record, today(ports.clock)),
    maybeFigures: mayBeCounted(record.answers),
  }
}

/** Erases a case with all that hangs on it in one transaction; see erasure.erase. */
export function eraseCase(
  {
    caseId,
    ground,
    caseNumber,
    keepFigures,
  }: {
    readonly caseId: string
    readonly ground: ErasureGround
    readonly caseNumber: string
    readonly keepFigures: boolean
  },
  context: CallContext,
): Certificate {
  const { store, session, ports } = context
  const site = session.site.code
  const record = ownCase(store, site, caseId)
  if (caseNumber.trim().toUpperCase() !== record.number) throw new Refusal('bad-input', { field: 'caseNumber' })
  const day = today(ports.clock)
  if (ground === 'retention-ended' && !timeEnded(record, day)) throw new Refusal('bad-input', { field: 'ground' })
  if (keepFigures && !(ground === 'retention-ended' && mayBeCounted(record.answers)))
    throw new Refusal('bad-input', { field: 'keepFigures' })
  const letters = Array.from(ports.random.bytes(randomLetters), (b) => alphabet[b % 32]).join('')
  const certificate = `${site}-${day.slice(2, 4)}-${letters}`
  const role = session.roles.find((r) => mayDo([r], 'erasure.decide'))
  store.write((unit) => {
    const rows = whatHangs(unit, caseId, site)
    const reached: Record<string, readonly [string, number]> = {}
    if (keepFigures) insertFigures(unit, record, site)
    // what hangs on a row goes before it
    for (const { kind, id, stream } of rows.toReversed())
      reached[stream] = [store.writer, unit.erase(kind, id, stream, { certificate, ground })]
    unit.local(
      'INSERT INTO erasure (certificate, case_number, ground, at, by_name, by_role, reached) VALUES (?, ?, ?, ?, ?, ?, ?)',
      certificate,
      keepFigures ? '' : record.number,
      ground,
      unit.now,
      session.userName,
      role ?? '',
      JSON.stringify(reached),
    )
    unit.audit({
      action: 'erasure.erase',
      object: caseId,
      details: { certificate, ground, rows: rows.length, figures: keepFigures ? 1 : 0 },
    })
  })
  store.scrub()
  // a file that was being looked at may hold the person too; it can be chosen again
  ports.files.remove(inboxFile)
  return findCertificate(context, certificate)
}
