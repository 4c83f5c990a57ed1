import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { isNeutral, isNeutralName, neutralPart } from './revealing-words.ts'

describe('revealing words', () => {
  it('H7 whole words only: places, trades and names that merely hold their letters stay', () => {
    const neutral = [
      'Ambam',
      'Nanga-Eboko',
      'Ambassade de France',
      'Violette',
      'Viola Ngono',
      'violon',
      'Jardin potager de Mora',
      'École de pilotage',
      'Manioc râpé',
      'Addis',
      'Charpente et menuiserie',
      'Index associé',
      'Bureau des associations',
      'Sexe : F',
      'Centre de santé',
      'Hôpital de district de Mora',
    ]
    expect(neutral.filter((text) => !isNeutral(text))).toEqual([])
  })

  it('H7 no place of the gazetteer is taken for a revealing word', () => {
    const gazetteer = readFileSync(path.resolve(import.meta.dirname, '../../../resources/reference/gazetteer.csv'), 'utf8')
    const cells = gazetteer.split(/[,\r\n]+/).filter((cell) => /\p{L}/u.test(cell))
    expect(cells.length).toBeGreaterThan(800)
    expect(cells.filter((cell) => !isNeutral(cell))).toEqual([])
  })

  it('H7 H8 association, violence and illness are seen in either language, in any spelling', () => {
    const revealing = [
      'Centre CNDDR de Mora',
      'C.N.D.D.R.',
      'Bureau DDR',
      'ICRS',
      'Appui aux ex-associés',
      'ex\u2011combattants',
      'Former combatants centre',
      'anciens associés',
      'Anciens combattants',
      'Boko Haram',
      'amba boys',
      'Ambazonie',
      'Les repentis',
      'Démobilise\u0301s',
      'demobilized persons',
      'Accueil des otages',
      'Prise en charge VBG',
      'GBV desk',
      'viol',
      'violences conjugales',
      'Survivor support',
      'survivantes',
      'rape crisis',
      'abus sexuels',
      'Dépistage VIH',
      'HIV clinic',
      'service de psychiatrie',
      'unité de santé mentale',
      'safe house',
    ]
    expect(revealing.filter((text) => isNeutral(text))).toEqual([])
  })

  it('H7 a person keeps a name that is also a word of the list, but for what is plainly no name', () => {
    for (const name of ['Amba Marie', 'Boko Jean', 'Haram Ali']) expect(`${name}: ${isNeutralName(name)}`).toBe(`${name}: true`)
    expect(isNeutralName('Ngono ex-associée')).toBe(false)
  })

  it('H7 keeps a provider’s name up to what would reveal', () => {
    expect(neutralPart('Hôpital régional de Maroua – service de psychiatrie')).toBe('Hôpital régional de Maroua')
    expect(neutralPart('Hôpital de Mora (dépistage VIH)')).toBe('Hôpital de Mora')
    expect(neutralPart('CMPJ de Nanga-Eboko')).toBe('CMPJ de Nanga-Eboko')
    expect(neutralPart('Centre régional CNDDR – Mora')).toBeUndefined()
  })
})
