import { describe, expect, it } from 'vitest'
import { draftAnswer } from '../cases/draft.ts'
import type { Question } from './form-definition.ts'
import { shownDate } from './partial-date.ts'
import { readTyped } from './typed-answer.ts'

const question = (type: Question['type']): Question => ({
  name: 'q',
  type,
  label: { fr: 'Q', en: 'Q' },
  required: false,
  class: 'restricted',
})

describe('a day with its time', () => {
  it.each([
    ['24/11/2026 14:30', '2026-11-24T14:30:00.000+01:00', '24/11/2026 14:30'],
    ['24/11/2026 à 9h', '2026-11-24T09:00:00.000+01:00', '24/11/2026 09:00'],
    [' 24.11.2026, 14h05 ', '2026-11-24T14:05:00.000+01:00', '24/11/2026 14:05'],
    ['24112026 at 0:00', '2026-11-24T00:00:00.000+01:00', '24/11/2026 00:00'],
  ])('%s is read as people write it', (typed, stored, shown) => {
    expect(readTyped(question('dateTime'), typed)).toEqual({ ok: true, answer: stored })
    expect(shownDate(stored)).toBe(shown)
    // as it stands in a draft: typed, or as it would have been stored
    expect(draftAnswer(question('dateTime'), typed)).toBe(stored)
    expect(draftAnswer(question('dateTime'), stored)).toBe(stored)
  })

  it.each([
    ['24/11/2026', 'no-time'],
    ['24/11/2026 25:00', 'no-time'],
    ['24/11/2026 14:75', 'no-time'],
    ['31/02/2026 14:30', 'no-such-day'],
    ['demain 14:30', 'not-a-date'],
    ['demain matin', 'not-a-date'],
  ])('U14 %s is no answer, and says why', (typed, problem) => {
    expect(readTyped(question('dateTime'), typed)).toEqual({ ok: false, problem })
    expect(draftAnswer(question('dateTime'), typed)).toBeUndefined()
  })

  it('a day alone is read and shown as before', () => {
    expect(readTyped(question('date'), '24/11/2026')).toEqual({ ok: true, answer: '2026-11-24' })
    expect(shownDate('2026-11')).toBe('11/2026')
  })
})
