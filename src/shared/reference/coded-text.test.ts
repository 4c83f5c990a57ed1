import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { occupationCode, placeCode, readCodedText, retyped, writeCodedText } from './coded-text.ts'

describe('an answer with a code and a text', () => {
  it.each([
    ['CM004005002', 'CM004005002', ''],
    ['CM004005002:Mémé', 'CM004005002', 'Mémé'],
    ['Mémé', '', 'Mémé'],
    ['Djalingo: près du puits', '', 'Djalingo: près du puits'],
    ['CM004:a:b', 'CM004', 'a:b'],
  ])('reads %s', (answer, code, text) => {
    expect(readCodedText(answer, placeCode)).toEqual({ code, text })
  })

  it('keeps a typed text a text, whatever it looks like: unknown is no answer “unknown”, 7212 no code', () => {
    for (const text of ['unknown', 'refused', '7212', 'CM004', 'CM004:x', ':x', '7212:Soudeur']) {
      expect(writeCodedText({ code: '', text })).toBe(`:${text}`)
      expect(readCodedText(`:${text}`, placeCode)).toEqual({ code: '', text })
    }
  })

  it('reads back what it wrote', () => {
    const texts = fc.oneof(fc.string(), fc.constantFrom('unknown', ':', 'CM001', '1234:', 'a:b'))
    fc.assert(
      fc.property(texts, fc.constantFrom('', 'CM004', 'CM004005002'), (text, code) => {
        expect(readCodedText(writeCodedText({ code, text }), placeCode)).toEqual({ code, text })
      }),
    )
    expect(readCodedText(writeCodedText({ code: '7212', text: 'Soudeur' }), occupationCode)).toEqual({
      code: '7212',
      text: 'Soudeur',
    })
  })

  it('keeps the code while letters are corrected, and drops it for another text', () => {
    const meme = { code: 'CM004005002', text: 'Mémé' }
    expect(retyped(meme, 'Mémée')).toEqual({ code: 'CM004005002', text: 'Mémée' })
    expect(retyped(meme, 'Kolofata')).toEqual({ code: '', text: 'Kolofata' })
    expect(retyped(meme, ' ')).toEqual({ code: '', text: '' })
    expect(retyped({ code: 'CM004005002', text: '' }, 'Moras')).toEqual({ code: '', text: 'Moras' })
  })
})
