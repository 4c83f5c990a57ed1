import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { shownCost } from './cost.ts'
import { shownHours } from './opening-hours.ts'

/** With plain spaces, for reading. */
const plain = ({ fr, en }: { readonly fr: string; readonly en: string }) => [fr, en].map((t) => t.replace(/[\u00a0\u202f]/g, ' '))

describe('opening hours', () => {
  it.each([
    ['Mo-Fr 07:30-15:30', 'du lundi au vendredi, de 7 h 30 à 15 h 30', 'Monday to Friday, 7:30 am to 3:30 pm'],
    ['Th,Sa 08:00-12:00', 'jeudi et samedi, de 8 h à 12 h', 'Thursday and Saturday, 8 am to noon'],
    [
      'Mo-Fr 08:00-15:30, Sa 08:00-12:00',
      'du lundi au vendredi, de 8 h à 15 h 30 ; samedi, de 8 h à 12 h',
      'Monday to Friday, 8 am to 3:30 pm; Saturday, 8 am to noon',
    ],
    ['24/7', 'tous les jours, jour et nuit', 'every day, day and night'],
    ['Mo-Su 00:00-24:00', 'tous les jours, jour et nuit', 'every day, day and night'],
    ['Mo-Su 09:00-17:00', 'tous les jours, de 9 h à 17 h', 'every day, 9 am to 5 pm'],
    ['le matin, sauf jeudi', 'le matin, sauf jeudi', 'le matin, sauf jeudi'],
    ['', '', ''],
  ])('%s is said as people say it', (stored, fr, en) => expect(plain(shownHours(stored))).toEqual([fr, en]))

  it('every spelling of the sample directory is understood', () => {
    const csv = readFileSync(path.resolve(import.meta.dirname, '../../../resources/training/services.csv'), 'utf8')
    const found = csv.match(/(?:(?:Mo|Tu|We|Th|Fr|Sa|Su)[-,\w]* \d\d:\d\d-\d\d:\d\d(?:, \w\w \d\d:\d\d-\d\d:\d\d)?|24\/7)/g) ?? []
    expect(found.length).toBeGreaterThan(80)
    expect(found.filter((hours) => shownHours(hours).fr === hours)).toEqual([])
  })
})

describe('cost', () => {
  it.each([
    ['free', 'gratuit', 'free'],
    ['0', 'gratuit', 'free'],
    ['fee', 'payant : demandez le prix avant', 'there is a charge: ask the price first'],
    ['paid', 'payant : demandez le prix avant', 'there is a charge: ask the price first'],
    ['membership', 'pour les membres : demandez la cotisation', 'for members: ask about the membership fee'],
    ['subsidised', 'petite participation : demandez combien', 'small contribution: ask how much'],
    ['25000', '25 000 FCFA', '25 000 FCFA'],
    ['toString', 'demandez avant', 'ask first'],
  ])('%s is said in plain words', (stored, fr, en) => expect(plain(shownCost(stored))).toEqual([fr, en]))
})
