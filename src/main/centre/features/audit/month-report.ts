import { bytesToHex } from '@noble/hashes/utils.js'
import { auditKindOf, auditKinds } from '#shared/audit/actions.ts'
import { monthAfter, type MonthReport, type PaperHead, type PaperVerdict } from '#shared/audit/month-report.ts'
import { instantAt } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import { auditHead } from '../../storage/audit-chain.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { deviceIdentity } from '../sync/index.ts'
import { readLine } from './audit-line.ts'
import { startOf } from './list-audit.ts'

/** What leaves the computer, and what comes to it. */
const exporting: readonly string[] = ['sync.export', 'exports.write', 'audit.takeOut', 'backups.copyOut']
const importing: readonly string[] = ['sync.import', 'directory.importCsv']

/** The figures of a month, YYYY-MM. */
function figuresOf(db: ReadableDb, month: string, offsetMinutes: number) {
  const [from, to] = [month, monthAfter(month, 1)].map((m) => startOf(`${m}-01`, db, offsetMinutes))
  const rows = db
    .read<{ seq: number; line: string }>(
      "SELECT seq, line FROM audit WHERE json_extract(line, '$.at') >= ? AND json_extract(line, '$.at') < ? ORDER BY seq",
    )
    .iterate(from ?? 0, to ?? 0)
  const kinds = new Map<string, number>()
  const confidential = { withReason: 0, without: 0 }
  let [first, last, failedSignIns, exports, imports, erasures, cuts] = [0, 0, 0, 0, 0, 0, 0]
  /** Cases for which a reason was given in the session that is being read. */
  const revealed = new Set<string>()
  for (const { seq, line } of rows) {
    const { action, object = '', details = {} } = readLine(line)
    first ||= seq
    last = seq
    const kind = auditKindOf(action)
    if (kind !== undefined) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    if (action === 'lock' || action === 'login') revealed.clear()
    if (action === 'mask.reveal') revealed.add(object)
    if (details['confidential'] === 1) confidential[revealed.has(object) ? 'withReason' : 'without'] += 1
    if (action === 'login.failed') failedSignIns += Number(details['failures'] ?? 1)
    if (exporting.includes(action)) exports += 1
    if (importing.includes(action)) imports += 1
    if (action === 'erasure.erase') erasures += 1
    if (action === 'audit.cut') cuts += 1
  }
  return {
    range: last === 0 ? null : { first, last },
    kinds: auditKinds.map((kind) => ({ kind, events: kinds.get(kind) ?? 0 })),
    confidential,
    failedSignIns,
    exports,
    imports,
    erasures,
    cuts,
  }
}

/** The report of a month; that it is printed is the newest event of the register, and the head that it bears. */
export function monthReport(month: string, context: CallContext): MonthReport {
  const { store, session, ports } = context
  const figures = store.write((unit) => {
    const read = figuresOf(unit, month, ports.clock.offsetMinutes())
    unit.audit({ action: 'month-report.prepare', details: { month } })
    return read
  })
  const head = auditHead(store)
  return {
    month,
    siteName: session.site.name,
    device: deviceIdentity(context).device,
    printedAt: instantAt(ports.clock.now()),
    head: { events: head.seq, hash: bytesToHex(head.hash) },
    ...figures,
  }
}

/** Holds a paper against hashes by the number of their event; `events`: how many there are. */
export function paperVerdict(paper: PaperHead, events: number, hashOf: (seq: number) => string | undefined): PaperVerdict {
  if (paper.events > events) return 'ends-before'
  return hashOf(paper.events)?.startsWith(paper.hash) === true ? 'fits' : 'differs'
}

/** As `paperVerdict`, for this computer's own register; `brokenAt` as `auditVerifier` found it. */
export function ownPaperVerdict(db: ReadableDb, paper: PaperHead, found: { readonly brokenAt: number | null }): PaperVerdict {
  // a hash behind the first change is worth what the change left of it
  if (found.brokenAt !== null && found.brokenAt <= paper.events) return 'differs'
  const row = db.read<{ hash: Uint8Array }>('SELECT hash FROM audit WHERE seq = ?')
  return paperVerdict(paper, auditHead(db).seq, (seq) => {
    const hash = row.get(seq)?.hash
    return hash && bytesToHex(hash)
  })
}
