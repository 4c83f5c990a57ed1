import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldName } from './fold-name.ts'
import { likelySame, likeness, soundKeys, soundOf } from './name-sound.ts'

const name = fc.stringMatching(/^[A-Za-zÀ-ÿɓɗŋ' -]{1,30}$/)

describe('names by ear', () => {
  it('have one key for the spellings of French, English and Fulfulde, and of the letters of the country', () => {
    for (const [a, b] of [
      ['oumarou', 'umaru'],
      ['aissatou', 'aishatu'],
      ['haoua', 'hawa'],
      ['tchinda', 'chinda'],
      ['mbarga', 'embarga'],
      ['djibril', 'jibril'],
      ['yaya', 'yahya'],
      ['mohamadou', 'muhammad'],
      ['halima', 'halimatou'],
      ['karim', 'kareem'],
    ] as const)
      expect(soundOf(a)).toBe(soundOf(b))
    for (const [a, b] of [
      ['oumarou', 'oumoul'],
      ['ngwa', 'ngu'],
      ['issa', 'moussa'],
      ['adamou', 'amadou'],
    ] as const)
      expect(soundOf(a)).not.toBe(soundOf(b))
  })

  it('are alike in whatever order, the other way round as well, and never above one', () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        const score = likeness(a, b)
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1)
        expect(likeness(b, a)).toBeCloseTo(score, 10)
      }),
    )
    expect(likeness('Bouba Oumarou', 'Umaru Buba')).toBeGreaterThan(likelySame)
    expect(likeness('Bouba Oumarou', 'Bouba Moussa')).toBeLessThan(likelySame)
    expect(likeness('Amina', 'Aminou')).toBeLessThan(likelySame)
  })

  it('a name is like itself, whatever its accents', () => {
    fc.assert(
      fc.property(name, (a) => {
        fc.pre(/[a-zA-Z]/.test(a))
        expect(likeness(a, a.toUpperCase())).toBeCloseTo(1, 10)
      }),
    )
  })

  it('the keys of a text begin as no name does, one for each word of three letters', () => {
    const keys = soundKeys('Oumarou  BELLO, ba 12')
    expect(keys.map((key) => key.slice(1))).toEqual(['umar', 'bel'])
    expect(foldName(keys.map((key) => key.slice(0, 1)).join(''))).toBe('')
  })
})
