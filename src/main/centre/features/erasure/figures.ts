import { hash } from 'node:crypto'
import { ageGroup } from '#shared/cases/age-group.ts'
import { regionStream } from '#shared/sync/stream.ts'

import type { WriteUnit } from '../../storage/store.ts'
import { ageOf, answerRegisters, figureNumber, textAnswer, type CaseRecord } from '../cases/index.ts'
import { referralsOfCase } from '../referrals/index.ts'

/** Months that a case was open, in steps of a quarter of a year. */
function monthsOpen(from: string, to: string): number {
  const months = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))
  return Math.max(0, Math.round((months(to) - months(from)) / 3)) * 3
}

/** The first day of a day's year: nothing finer stays. */
const yearOf = (day: string) => `${day.slice(0, 4)}-01-01`

/**
 * What indicators count of a case, as a case without number, name, day or place, and of its referrals (docs/adr/0036-anonymise.md).
 *
 * The ids are the same at every PC of the centre, so that two that anonymise the same case make one. In the transaction that erases it.
 */
export function insertFigures(unit: WriteUnit, record: CaseRecord, site: string): void {
  const stream = regionStream(site)
  const { answers } = record
  const closed = textAnswer(answers, 'close_date')
  const idOf = (row: string) => `f${hash('sha256', `psrl1/figures\n${row}`).slice(0, 20)}`
  const id = idOf(record.id)
  const age = ageOf(answers, record.registered_on)
  unit.insert('case', {
    id,
    stream,
    fields: {
      number: figureNumber,
      status: 'closed',
      registered_on: yearOf(record.registered_on),
      form_version: record.form_version,
      ...answerRegisters({
        consent_status: 'given',
        consent_statistics: 'yes',
        sex: textAnswer(answers, 'sex') || null,
        age_group: age === undefined ? null : ageGroup(age),
        close_year: closed.slice(0, 4),
        close_reason: textAnswer(answers, 'close_reason') || null,
        months_open: monthsOpen(record.registered_on, closed),
      }),
    },
  })
  for (const r of referralsOfCase(unit, record.id)) {
    unit.insert('referral', {
      id: idOf(r.id),
      stream,
      fields: {
        case_id: id,
        need: r.need,
        priority: r.priority,
        status: r.status,
        created_on: yearOf(r.created_on),
        issued_on: r.issued_on === null ? null : yearOf(r.issued_on),
      },
    })
  }
}
