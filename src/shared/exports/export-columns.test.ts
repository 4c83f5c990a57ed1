import fc from 'fast-check'
import { parse } from 'csv-parse/sync'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { FormPack } from '../forms/form-pack.ts'
import { csvLine, exportColumns, exportRow, leastAlike, whyKept, withoutRare, type ExportRow } from './export-columns.ts'

const profile = FormPack.parse(
  JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../../resources/forms/profile.json'), 'utf8')),
)

describe('rows without names', () => {
  it('H8 H10 no column tells a past, an origin, a place, a day, what was typed, or anything confidential', () => {
    const rows = new Map(profile.survey.map((row) => [row.name, row]))
    const columns = exportColumns(profile)
    expect(columns.length).toBeGreaterThan(30)
    for (const { name } of columns) {
      const row = rows.get(name)!
      expect(['public', 'restricted']).toContain(row.sensitivity)
      expect(['date', 'dateTime', 'image', 'file', 'hidden']).not.toContain(row.type)
      expect([undefined, 'occupation']).toContain(row.widget)
      if (row.type === 'text') expect(row.widget).toBe('occupation')
      expect(name).not.toMatch(/programme|group_code|screening|nationality|origin|_name|phone|^birth_|_place|contact/)
    }
  })

  const alike = fc.record({
    centre: fc.constantFrom('MOR', 'BUE', 'BAM'),
    sex: fc.constantFrom('female', 'male', ''),
    ageGroup: fc.constantFrom('18-24', '25-35', '36-59', '60+'),
  })

  it('H10 whoever leaves is like four others at least, and nobody leaves twice', () => {
    fc.assert(
      fc.property(fc.array(alike, { maxLength: 60 }), (people) => {
        const rows: ExportRow[] = people.map((a, i) => ({ alike: a, cells: [i] }))
        const out = withoutRare(rows)
        const classes = Map.groupBy(out, (row) => JSON.stringify(row.alike))
        for (const members of classes.values()) expect(members.length).toBeGreaterThanOrEqual(leastAlike)
        const left = out.map((row) => Number(row.cells[0]))
        expect(new Set(left).size).toBe(left.length)
        for (const row of out) {
          const was = people[Number(row.cells[0])]!
          for (const key of ['centre', 'sex', 'ageGroup'] as const) expect(['', was[key]]).toContain(row.alike[key])
        }
        expect(people.length - out.length).toBeLessThan(leastAlike)
      }),
    )
  })

  it('the answers of a repeat are one column of codes, whose order tells nothing; a typed trade does not leave', () => {
    const columns = exportColumns(profile)
    const answers = {
      sex: 'F',
      'skills[k2].skills_skill': '7212:soudeur',
      'skills[k1].skills_skill': '5211:bayam-sellam',
      'skills[k3].skills_skill': 'répare les postes radio',
      'skills[k4].skills_skill': 'griot',
      trade_wanted: 'Soudeur',
      household_size: 23,
    }
    const row = exportRow(columns, answers, 'MOR', 30)
    const cell = (name: string) => row.cells[columns.findIndex((c) => c.name === name)]
    expect(cell('skills_skill')).toBe('5211 7212')
    expect(cell('trade_wanted')).toBeNull()
    expect(cell('household_size')).toBe(10)
    expect(row.alike).toEqual({ centre: 'MOR', sex: 'F', ageGroup: '25-35' })
  })

  it('H27 H45 a child, an unknown age and whoever does not agree to be counted stay', () => {
    const agreed = { consent_status: 'given', consent_statistics: 'yes' }
    expect(whyKept(agreed, 18)).toBeUndefined()
    expect(whyKept(agreed, 17)).toBe('minor')
    expect(whyKept(agreed, undefined)).toBe('minor')
    expect(whyKept({ ...agreed, consent_statistics: 'no' }, 30)).toBe('not-counted')
    expect(whyKept({ ...agreed, consent_status: 'refused' }, 30)).toBe('not-counted')
  })

  it('any text comes back from CSV as it was, and none begins like a formula', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('=1+1', '+2', '-3', '@x', '\t=1')), { minLength: 1 }),
        (cells) => {
          const [back] = parse(csvLine(cells), { relax_column_count: true }) as string[][]
          expect(back).toHaveLength(cells.length)
          for (const [i, cell] of (back ?? []).entries()) {
            expect(cell).not.toMatch(/^[=+\-@\t\r]/)
            const given = cells[i]!
            expect(cell).toBe(/^[=+\-@\t\r]/.test(given) ? `'${given}` : given)
          }
        },
      ),
    )
  })
})
