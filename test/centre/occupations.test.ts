import fs from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { loadReferenceData } from '#main/centre/reference-data.ts'
import { isNeutral } from '#shared/referrals/revealing-words.ts'
import { repositoryShipped } from '../support/fake-ports.ts'

const { occupations } = loadReferenceData(repositoryShipped)
const queries: readonly { query: string; code: string }[] = parse(
  fs.readFileSync(path.resolve(import.meta.dirname, 'occupation-queries.csv'), 'utf8'),
  { columns: true },
)
const rows: readonly { code: string; name_fr: string; name_en: string; words: string }[] = parse(
  repositoryShipped.text('reference/occupations.csv'),
  { columns: true },
)
const codes = (text: string, limit = 3) => occupations.search(text, limit).map((f) => f.occupation.code)

describe('occupations', () => {
  it('every labelled trade is among the first three, in French, English and Pidgin', () => {
    expect(queries.length).toBeGreaterThanOrEqual(80)
    expect(queries.filter((q) => !codes(q.query).includes(q.code)).map((q) => `${q.query}: ${codes(q.query).join(' ')}`)).toEqual(
      [],
    )
  })

  it('most of them are the very first', () => {
    const first = queries.filter((q) => codes(q.query)[0] === q.code)
    expect(first.length / queries.length).toBeGreaterThan(0.9)
  })

  it('every word of the list finds its own unit group among the first three', () => {
    const words = rows.flatMap((r) =>
      r.words
        .split(';')
        .filter(Boolean)
        .map((word) => ({ word, code: r.code })),
    )
    expect(words.length).toBeGreaterThan(250)
    expect(words.filter((w) => !codes(w.word).includes(w.code))).toEqual([])
  })

  it('holds the 436 unit groups of ISCO-08, each named in both languages, and no word twice', () => {
    expect(rows.length).toBe(436)
    expect(new Set(rows.map((r) => r.code)).size).toBe(436)
    expect(rows.filter((r) => !/^\d{4}$/.test(r.code) || r.name_fr === '' || r.name_en === '')).toEqual([])
    const words = rows.flatMap((r) => r.words.split(';').filter(Boolean))
    expect(words.filter((w, i) => words.indexOf(w) !== i)).toEqual([])
  })

  it('H7 no title and no word of a trade is revealing', () => {
    const all = rows.flatMap((r) => [r.name_fr, r.name_en, ...r.words.split(';')])
    expect(all.filter((text) => !isNeutral(text))).toEqual([])
  })

  it('tells by which word a group was found, each group once, in the same order every time', () => {
    expect(occupations.search('bendskin', 3)[0]).toMatchObject({ word: 'bendskin', occupation: { code: '8321' } })
    expect(occupations.search('oxycoupeurs', 1)[0]).toMatchObject({ word: '', occupation: { code: '7212' } })
    const vendors = codes('vend', 20)
    expect(vendors.length).toBeGreaterThan(5)
    expect(new Set(vendors).size).toBe(vendors.length)
    expect(codes('vend', 20)).toEqual(vendors)
  })

  it('finds nothing for what is no trade', () => {
    expect(['', ' ', '!?', 'de la', 'zzyzx'].map((text) => codes(text))).toEqual([[], [], [], [], []])
  })
})
