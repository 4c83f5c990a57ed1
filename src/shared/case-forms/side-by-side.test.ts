import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compileForm } from '../forms/compile-form.ts'
import type { Answers } from '../forms/form-definition.ts'
import { FormPack } from '../forms/form-pack.ts'
import { sideBySide, type MeasureRow, type Round } from './side-by-side.ts'

const shipped = (name: string) => compileForm(FormPack.parse(JSON.parse(readFileSync(`resources/forms/${name}.json`, 'utf8'))))
const profileForm = shipped('profile')
const visits = shipped('follow-up')
const hungry = { rcsi_less_preferred: 7, rcsi_borrow: 3, rcsi_portion: 2, rcsi_adults: 1, rcsi_meals: 2 }
const lessHungry = { fu_rcsi_less_preferred: 2, fu_rcsi_borrow: 0, fu_rcsi_portion: 1, fu_rcsi_adults: 0, fu_rcsi_meals: 0 }
const profile = (answers: Answers): Round => ({ form: profileForm, answers, on: '2026-03-02' })
const visit = (answers: Answers, on = '2026-06-02'): Round => ({
  form: visits,
  answers: { fu_date: on, fu_round: 'm3', fu_seen: 'yes', fu_mode: 'centre', age_years: 30, ...answers },
  on,
})
const row = (rows: readonly MeasureRow[], name: string) => rows.find((r) => r.name === name)
const told = (rows: readonly MeasureRow[], name: string) => row(rows, name)?.cells.map((c) => c && (c.choice?.['fr'] ?? c.answer))

describe('the profile and the visits beside each other', () => {
  it('says of each question that was asked again how it was at first and at each visit, scores with their difference', () => {
    const rows = sideBySide(profile({ birth_date: '1996', age_years: 30, ...hungry, accept_family: '2' }), [
      visit({ ...lessHungry, fu_accept_family: '4' }),
      visit({ fu_accept_family: '5' }, '2026-09-02'),
    ])
    expect(told(rows, 'fu_rcsi')).toEqual([20, 3, null])
    expect(row(rows, 'fu_rcsi')?.cells[1]?.change).toBe(-17)
    expect(told(rows, 'fu_accept_family')).toHaveLength(3)
    expect(told(rows, 'fu_accept_family')?.every((words) => typeof words === 'string' && words.length > 1)).toBe(true)
    expect(new Set(told(rows, 'fu_accept_family')).size).toBe(3)
  })

  it('has no row for what no visit asked again or answered, nor for when and how it was', () => {
    const rows = sideBySide(profile({ birth_date: '1996', age_years: 30, ...hungry }), [
      visit({ fu_income_change: 'up', fu_note: 'va mieux', fu_next_step: 'continue' }),
    ])
    expect(rows.map((r) => r.name)).toEqual(['fu_income_change'])
    expect(told(rows, 'fu_income_change')?.[0]).toBeNull()
    expect(sideBySide(profile({ ...hungry }), [])).toEqual([])
  })
})
