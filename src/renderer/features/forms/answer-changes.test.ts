import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Answer } from '#shared/forms/form-definition.ts'
import { withChange, type AnswerChange } from './answer-changes.ts'

const typing = (path: string, texts: readonly string[]) =>
  texts.map((now, n) => ({ path, before: texts[n - 1] ?? null, typed: true, now }))

describe('changes that can be taken back', () => {
  it('a text that grows key by key is one change, and goes back to what stood there before', () => {
    const steps = [...typing('family_name', ['N', 'Ng', 'Ngo']), { path: 'sex', before: null, typed: false, now: 'F' }]
    const all = steps.reduce<readonly AnswerChange[]>((list, { now, ...c }) => withChange(list, c, now), [])
    expect(all).toEqual([
      { path: 'family_name', before: null, typed: true },
      { path: 'sex', before: null, typed: false },
    ])
  })

  it('taking back every change leaves the answers as they were, whatever was answered', () => {
    const path = fc.constantFrom('a', 'b', 'c')
    const given = fc.oneof(
      fc.constant(null),
      fc.constantFrom('x', 'unknown', 'refused'),
      fc.integer(),
      fc.array(fc.constantFrom('p', 'q')),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(path, given, fc.boolean()), { maxLength: 60 }), (steps) => {
        const answers = new Map<string, Answer>()
        let changes: readonly AnswerChange[] = []
        for (const [at, now, typed] of steps) {
          changes = withChange(changes, { path: at, before: answers.get(at) ?? null, typed }, now)
          answers.set(at, now)
        }
        for (const { path: at, before } of changes.toReversed()) answers.set(at, before)
        expect([...answers.values()].every((a) => a === null)).toBe(true)
      }),
    )
  })
})
