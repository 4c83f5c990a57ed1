import { describe, expect, it } from 'vitest'
import { draftText, takenUp } from '#shared/cases/draft.ts'
import { findQuestion } from '#shared/forms/check-answers.ts'
import { quickCard } from '#shared/forms/quick-card.ts'
import { shippedForm } from '#test/support/form-files.ts'

const form = quickCard(shippedForm('profile'))
const questionOf = (name: string) => findQuestion(form, name)?.question

describe('drafts', () => {
  it('give back every answer as it was', () => {
    const answers = {
      info_points_given: ['purpose', 'limits'],
      consent_status: 'given',
      consent_date: '2026-11-24',
      birth_date: '1994-03',
      age_stated: 32,
      phone: '+237600000042',
      family_name: "N’Ŋgono 😀 <script> '); DROP TABLE",
      origin_place: 'CM004005',
      given_names: 'refused',
    }
    const texts = Object.fromEntries(Object.entries(answers).map(([q, a]) => [q, draftText(a) ?? '']))
    expect(takenUp(questionOf, texts)).toEqual({ answers, unread: {} })
  })

  it('U14 keep what is no answer yet as it was typed, and say why', () => {
    expect(
      takenUp(questionOf, { birth_date: '31/02/2026', consent_date: '00/00/0000', phone: '6 00', age_stated: 'vingt' }),
    ).toEqual({
      answers: {},
      unread: {
        birth_date: { text: '31/02/2026', problem: 'no-such-day' },
        consent_date: { text: '00/00/0000', problem: 'year-out-of-range' },
        phone: { text: '6 00', problem: 'phone' },
        age_stated: { text: 'vingt', problem: 'integer' },
      },
    })
  })

  it('leave out what the form does not ask, and empty answers', () => {
    expect(takenUp(questionOf, { gone: 'x' })).toEqual({ answers: {}, unread: {} })
    expect([draftText(null), draftText(undefined), draftText(''), draftText([])]).toEqual([null, null, null, null])
  })
})
