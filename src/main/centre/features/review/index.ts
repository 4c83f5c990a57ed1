import { Refusal } from '#shared/result.ts'
import type { Candidate, Conflict, reviewContract } from '#shared/review/contract.ts'
import { groupOf } from '#shared/sync/register-policy.ts'
import { stampMilliseconds } from '#shared/sync/stamp.ts'
import { instantAt } from '../../desk-day.ts'
import type { CallContext, CentreCalls, Handlers } from '../../feature.ts'
import { authorOf } from '../../storage/change-authors.ts'
import { journaledTables } from '../../storage/journaled-tables.ts'
import { differingValues, rowsToReview, type WaitingValue } from '../../storage/review.ts'
import { clockOf, registersOf, type RowClocks } from '../../storage/row-registers.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { storedJson } from '../../storage/stored-json.ts'
import { reachableCase } from '../cases/index.ts'
import { siteNames, wrongClocks } from '../sync/index.ts'

/** The conflicts that wait for a person, everywhere or in one row, oldest change first. */
function conflicts(context: CallContext, row?: string): Conflict[] {
  const { store } = context
  const waiting = differingValues(store, row)
  const byGroup = new Map<string, WaitingValue[]>()
  for (const w of waiting) {
    const key = `${w.kind}/${w.row}/${groupOf(w.kind, w.field).join('+')}`
    const known = byGroup.get(key)
    if (known) known.push(w)
    else byGroup.set(key, [w])
  }
  return [...byGroup.values()].map((group) => conflict(group, context))
}

function conflict(group: readonly WaitingValue[], context: CallContext): Conflict {
  const { store } = context
  const { kind, row, stream } = group[0]!
  const stored = store.read<Record<string, unknown>>(`SELECT * FROM ${journaledTables[kind].table} WHERE id = ?`).get(row) ?? {}
  const registers = registersOf(kind, stored)
  const clocks = storedJson<RowClocks>(String(stored['clk'] ?? '{}'))
  const fields = [...new Set(group.map((w) => w.field))].toSorted()
  const siteOf = siteNames(context)
  const isWrong = wrongClocks(context)
  const told = (writer: number, seq: number, stamp: string): Omit<Candidate, 'change' | 'values'> => {
    const author = authorOf(store, stream, writer, seq)
    return {
      by: author.name,
      site: siteOf(author.device),
      at: instantAt(stampMilliseconds(stamp)),
      clockWrong: isWrong(author.device),
    }
  }
  const clock = clockOf(clocks, registers, fields[0]!) ?? [0, 0, group[0]!.stamp]
  const shown: Candidate = {
    change: null,
    values: Object.fromEntries(fields.map((f) => [f, (registers[f] ?? null) as Candidate['values'][string]])),
    ...told(clock[0], clock[1], clock[2]),
  }
  const changes = new Map<string, WaitingValue[]>()
  for (const w of group) {
    const key = `${w.writer}/${w.seq}`
    changes.set(key, [...(changes.get(key) ?? []), w])
  }
  const others = [...changes.values()].map((list): Candidate => {
    const { writer, seq, stamp } = list[0]!
    return {
      change: { writer, seq },
      values: Object.fromEntries(list.map((w) => [w.field, w.value as Candidate['values'][string]])),
      ...told(writer, seq, stamp),
    }
  })
  return {
    kind,
    row,
    caseId: caseOf(kind, row, stored),
    title: titleOf(kind, stored, store),
    fields,
    candidates: [shown, ...others],
    whole: true,
  }
}

function caseOf(kind: string, row: string, stored: Readonly<Record<string, unknown>>): string | null {
  if (kind === 'case') return row
  if (kind === 'case_link' && typeof stored['case_a'] === 'string') return stored['case_a']
  return (kind === 'referral' || kind === 'case_form') && typeof stored['case_id'] === 'string' ? stored['case_id'] : null
}

function titleOf(kind: string, stored: Readonly<Record<string, unknown>>, db: ReadableDb): string {
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  if (kind === 'case') {
    const answers = storedJson<Record<string, unknown>>(String(stored['answers'] ?? '{}'))
    return [text(stored['number']), text(answers['family_name']), text(answers['given_names'])].filter(Boolean).join(' ')
  }
  if (kind === 'case_link') {
    const number = db.read<{ number: string }>('SELECT number FROM case_record WHERE id = ?')
    return [stored['case_a'], stored['case_b']].map((id) => number.get(id)?.number ?? '').join(', ')
  }
  if (kind === 'case_form')
    return db.read<{ number: string }>('SELECT number FROM case_record WHERE id = ?').get(stored['case_id'])?.number ?? ''
  if (kind === 'referral') return text(stored['code'])
  return text(stored['name_fr']) || text(stored['locality'])
}

export const reviewHandlers: Handlers<CentreCalls<typeof reviewContract>> = {
  'review.list': (_input, context) => conflicts(context),
  'review.ofCase'({ caseId }, context) {
    reachableCase('case.read', caseId, context)
    const rows = conflicts(context, caseId)
      .filter(({ kind, fields }) => kind === 'case' && fields.some((f) => f.startsWith('a_')))
      .map(({ fields, candidates, whole }) => ({ fields, candidates, whole }))
    // what of them is confidential is told apart where it is left out for others
    return { rows, confidential: false }
  },
  'review.decide'({ kind, row, fields, change }, { store }) {
    store.write((unit) => {
      const open = unit.read<{ field: string; writer: number; seq: number }>(
        'SELECT field, writer, seq FROM review WHERE row = ? AND kind = ?',
      )
      const waiting = open.all(row, kind)
      const named = change === null ? waiting : waiting.filter((w) => w.writer === change.writer && w.seq === change.seq)
      if (!named.some((w) => fields.includes(w.field))) throw new Refusal('not-found')
      unit.decide(
        kind,
        row,
        fields.filter((f) => waiting.some((w) => w.field === f)),
        change ?? undefined,
      )
      unit.audit({
        action: 'review.decide',
        object: row,
        details: { kind, fields: fields.length, kept: change === null ? 'shown' : 'other' },
      })
    })
    return { left: rowsToReview(store) }
  },
}
