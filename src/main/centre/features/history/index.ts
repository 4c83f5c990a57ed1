import type { historyContract, HistoryEntry } from '#shared/history/contract.ts'
import { stampMilliseconds } from '#shared/sync/stamp.ts'
import { dayMilliseconds, instantAt } from '../../desk-day.ts'
import type { CentreCalls, Handlers } from '../../feature.ts'
import type { ReferenceData } from '../../reference-data.ts'
import { rowHistory } from '../../storage/row-history.ts'
import { caseFormRows } from '../case-forms/index.ts'
import { mayReach, reachableCase } from '../cases/index.ts'
import { siteNames } from '../sync/index.ts'

/** Milliseconds to the start of 2020: no PC of the programme wrote before it; a clock that says so was not set. */
const firstYear = 1_577_836_800_000

export const historyHandlers = (reference: ReferenceData): Handlers<CentreCalls<typeof historyContract>> => ({
  'history.ofCase'({ caseId, skip, limit }, context) {
    const { store, ports } = context
    const record = reachableCase('case.read', caseId, context)
    const siteOf = siteNames(context)
    const latest = ports.clock.now() + dayMilliseconds
    const referrals = store.read<{ id: string }>('SELECT id FROM referral WHERE case_id = ?').all(caseId)
    const all = [
      ...rowHistory(store, 'case', caseId).map((e) => ({ ...e, kind: 'case' as const, row: caseId, form: null })),
      ...referrals.flatMap((r) =>
        rowHistory(store, 'referral', r.id).map((e) => ({ ...e, kind: 'referral' as const, row: r.id, form: null })),
      ),
      ...(mayReach('caseForm.read', record, context) ? caseFormRows(caseId, reference, context) : []).flatMap((row) =>
        rowHistory(store, 'case_form', row.id).map((e) => ({
          ...e,
          kind: 'case_form' as const,
          row: row.id,
          form: { form: row.form, formVersion: row.formVersion, title: row.title, isReadable: row.isReadable },
        })),
      ),
    ].toSorted((a, b) => (a.stamp < b.stamp ? 1 : a.stamp > b.stamp ? -1 : 0))
    const entries = all.slice(skip, skip + limit).map(({ stamp, device, ...entry }): HistoryEntry => {
      const at = stampMilliseconds(stamp)
      return {
        ...entry,
        at: at < firstYear || at > latest ? null : instantAt(at),
        site: siteOf(device),
        changes: entry.changes.map((c) => ({ ...c, from: plain(c.from), to: plain(c.to) })),
      }
    })
    const until = store
      .read<{ until: string | null }>(
        "SELECT max(until) AS until FROM row_base WHERE (kind = 'case' AND row = ?) OR (kind = 'referral' AND row IN (SELECT id FROM referral WHERE case_id = ?)) OR (kind = 'case_form' AND row IN (SELECT id FROM case_form WHERE case_id = ?))",
      )
      .get(caseId, caseId, caseId)?.until
    return { entries, total: all.length, archivedUntil: until == null ? null : instantAt(stampMilliseconds(until)) }
  },
})

const plain = (value: unknown) => value as HistoryEntry['changes'][number]['to']
