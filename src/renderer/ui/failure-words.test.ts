import { createTranslator } from 'use-intl'
import { describe, expect, it } from 'vitest'
import { catalogues, type Text } from '#renderer/i18n/text.tsx'
import type { Failure } from '#shared/result.ts'
import { failureWords } from './failure-words.ts'

const textIn = (locale: 'fr' | 'en'): Text => {
  const translate = createTranslator({ locale, messages: catalogues[locale] })
  return (key, values) => translate(key as never, values as never)
}
const what = (failure: Failure, language: 'fr' | 'en' = 'en') =>
  failureWords(failure, textIn(language)).what.replaceAll(/[\u00a0\u202f]/g, ' ')

describe('an error in words', () => {
  it('E02 says how much of the file was copied', () => {
    const details = { copiedBytes: 41_300_000, wholeBytes: 97_000_000 }
    expect(what({ code: 'sync-incomplete', details })).toContain('41.3 MB of 97 MB')
    expect(what({ code: 'sync-incomplete', details }, 'fr')).toContain('41,3 Mo sur 97 Mo')
    expect(what({ code: 'sync-incomplete', details: { copiedBytes: 3000 } })).toBe(what({ code: 'sync-incomplete' }))
  })

  it('E03 says where it is damaged, E12 what is missing, E13 when it was taken in, E21 E22 how much space is missing', () => {
    expect(what({ code: 'sync-damaged', details: { percent: 63 } })).toContain('63')
    expect(what({ code: 'sync-missing-earlier', details: { from: 812, to: 1040 } })).toMatch(/812.*1,?040/)
    expect(what({ code: 'sync-already-imported', details: { at: '2026-11-12T10:00:00.000Z' } })).toContain('12/11/2026')
    expect(what({ code: 'disk-full', details: { neededBytes: 1_200_000_000, freeBytes: 400_000 } }, 'fr')).toMatch(
      /1 200 Mo.*400 ko/,
    )
  })
})
