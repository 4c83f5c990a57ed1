import { createTranslator } from 'use-intl/core'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { catalogues, type Text } from '#renderer/i18n/text.tsx'
import { openingHours } from './opening-hours.ts'
import {
  accessInWords,
  capacityInWords,
  costInWords,
  groupsInWords,
  languagesInWords,
  phoneInGroups,
  placeInWords,
} from './service-words.ts'

const textIn = (locale: 'fr' | 'en'): Text => {
  const translate = createTranslator({ locale, messages: catalogues[locale] })
  return (key, values) => translate(key, values)
}
const [fr, en] = [textIn('fr'), textIn('en')]
const sample = parse(readFileSync(path.resolve(import.meta.dirname, '../../../../resources/training/services.csv'), 'utf8'), {
  columns: true,
}) as Record<string, string>[]
const cells = (column: string) => [...new Set(sample.flatMap((r) => (r[column] ?? '').split(';').filter(Boolean)))]

describe('opening hours', () => {
  it('are words in both languages', () => {
    expect(openingHours('Mo-Fr 07:30-15:30', fr)).toEqual(['lundi à vendredi, 7 h 30 – 15 h 30'])
    expect(openingHours('Mo-Fr 07:30-15:30', en)).toEqual(['Monday to Friday, 7:30 – 15:30'])
    expect(openingHours('Mo-Fr 08:00-15:30, Sa 08:00-12:00', fr)).toEqual([
      'lundi à vendredi, 8 h – 15 h 30',
      'samedi, 8 h – 12 h',
    ])
    expect(openingHours('Th,Sa 08:00-12:00', fr)).toEqual(['jeudi, samedi, 8 h – 12 h'])
    expect(openingHours('24/7', en)).toEqual(['day and night, every day'])
    expect(openingHours('Mo-Su 00:00-24:00', fr)).toEqual(['tous les jours, jour et nuit'])
  })

  it('written in another way stay as they are, and none stay none', () => {
    expect(openingHours('le matin; sur rendez-vous', fr)).toEqual(['le matin; sur rendez-vous'])
    expect(openingHours('  ', fr)).toEqual([])
  })

  it('U13 of the sample directory are all words', () => {
    const written = cells('opening_hours').flatMap((h) => openingHours(h, en))
    expect(written.length).toBeGreaterThan(20)
    expect(written.filter((h) => /\b(?:Mo|Tu|We|Th|Fr|Sa|Su)\b/.test(h))).toEqual([])
  })
})

describe('a service in words', () => {
  it('U13 no code of the sample directory is shown in place of words, in either language', () => {
    const shown: Readonly<Record<string, (code: string, text: Text) => string>> = {
      target_groups: (c, text) => groupsInWords([c], text),
      languages: (c, text) => languagesInWords([c], text),
      accessibility: (c, text) => accessInWords([c], text),
      cost: costInWords,
      capacity_unit: (unit, text) => capacityInWords({ number: 2, unit }, text).replace(/^2 /, ''),
    }
    const faults = Object.entries(shown).flatMap(([column, inWords]) =>
      cells(column).flatMap((code) =>
        [fr, en].map((text) => inWords(code, text)).filter((w) => /[_/]/.test(w) || (column === 'languages' && w === code)),
      ),
    )
    expect(faults).toEqual([])
    expect(groupsInWords(['women', 'idp'], fr)).toBe('femmes, déplacés internes')
    expect(capacityInWords({ number: 1, unit: 'beds' }, fr)).toBe('1 lit')
  })

  it('what the author wrote in words stays; a public that tells what happened is not named', () => {
    expect(groupsInWords(['veuves_du_village', 'survivors'], fr)).toBe('veuves du village')
    expect(costInWords('500 FCFA', fr)).toBe('500 FCFA')
    expect(capacityInWords({ number: 3, unit: '' }, fr)).toBe('3')
  })

  it('tells a place once, and a hidden one not at all', () => {
    const place = {
      pcode: '',
      arrondissement: 'Mora',
      department: 'Mayo-Sava',
      region: 'Extrême-Nord',
      locality: 'Mora',
      hidden: false,
    }
    expect(placeInWords(place, fr)).toBe('Mora, Mayo-Sava, Extrême-Nord')
    expect(placeInWords({ ...place, hidden: true }, fr)).toBe('lieu non affiché, donné par téléphone')
  })

  it('groups a telephone number by two digits', () => {
    for (const written of ['+237 6 00 00 00 01', '600000001', '00237600000001', '+237600000001'])
      expect(phoneInGroups(written)).toBe('6\u00a000\u00a000\u00a000\u00a001')
    expect(phoneInGroups('600000001 / 222000002')).toBe('6\u00a000\u00a000\u00a000\u00a001 / 2\u00a022\u00a000\u00a000\u00a002')
    expect(phoneInGroups('8011')).toBe('8011')
  })
})
